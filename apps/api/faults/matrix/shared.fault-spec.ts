import { describeMatrix, Matrix } from '../support/matrix';
import { SHARED_OPERATIONS } from '../support/operations';

describeMatrix(await Matrix.plan(SHARED_OPERATIONS));
