/** Every check, in the order of the codes. A new check is one import and one line. */
import type { Check } from '../check.ts';
import { rateNeedsCounter } from './q203-rate-needs-counter.ts';
import { quantileWithoutLe } from './q221-quantile-without-le.ts';

export const CHECKS: readonly Check[] = [
  rateNeedsCounter, //
  quantileWithoutLe,
];
