import { describeMatrix, Matrix } from '../support/matrix';
import { operationsOf } from '../support/operations';

describeMatrix(await Matrix.plan(operationsOf('vonage'), { sameStepsAs: 'telnyx' }));
