/*
 * The words of the contracts that stand for themselves: who may do what, and what can be chosen from. An entry of its own: the frame and the lists need
 * these, and none of the classes that check what is sent.
 */
export * from './access/permissions';
export * from './access/roles';
export * from './phone-numbers/phone-number-choices';
export * from './providers/provider-cards';
