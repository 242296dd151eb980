/** By these the operator's own objects in the sandbox would be recognised, wherever they showed. */
export const OPERATOR_SIGNS = [
  '4155550999',
  '415-555-0999',
  '0f0e0d0c-0b0a-4908-8706-0504030201',
  'Operator hotline',
  'Operator carrier',
  'Operator receptionist',
];

export const OPERATOR_NUMBER = '+14155550999';
