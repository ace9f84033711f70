/** The PromQL language as a library of its own: `dashwright/promql`. */
export type * from './ast.ts';
export { aggregations, type AggregationSignature } from './aggregations.ts';
export { DurationError, parseDuration, printDuration } from './duration.ts';
export { equal } from './equal.ts';
export { PromqlSyntaxError, type PromqlProblem } from './errors.ts';
export {
  functions,
  type FunctionSignature,
  type LabelEffect,
  type SampleNeed,
  type SampleResult,
  type UnitEffect,
} from './functions.ts';
export { format } from './format.ts';
export type { Feature, ParseOptions } from './options.ts';
export { parse, parseTolerant, type TolerantResult } from './parse.ts';
export { print } from './print.ts';
export { regexMatches, regexProblem } from './regex.ts';
export { valueType } from './types.ts';
export { children, transform, visit, walk, type Visitor, withChildren } from './walk.ts';
