import type { Requirement } from './ast.ts';
import type { AggregationSignature } from './aggregations.ts';
import type { FunctionSignature } from './functions.ts';
import { type Feature, isAtLeast, latestVersion, type ParseOptions } from './options.ts';

/** Since when Prometheus knows something, and how long it was hidden behind a flag. */
export interface Availability {
  readonly what: string;
  readonly since?: string;
  readonly feature?: Feature;
  /** The first version that needs no flag any more. */
  readonly stableSince?: string;
}

const durationExpression = { feature: 'promql-duration-expr', stableSince: '3.14' } as const;
const extendedRange = { since: '3.7', feature: 'promql-extended-range-selectors' } as const;

/** Syntax that not every Prometheus since 2.42 knows, or that needs a flag. */
export type Syntax =
  | 'utf8Names'
  | 'numberAsDuration'
  | 'durationAsNumber'
  | 'underscores'
  | 'zeroDuration'
  | 'signedDuration'
  | 'durationArithmetic'
  | 'durationStep'
  | 'durationRange'
  | 'durationExtremes'
  | 'anchored'
  | 'smoothed'
  | 'fill'
  | 'trim';

/**
 * Since when each of them is known.
 *
 * Source: the changelog of Prometheus and prometheus.io/docs/prometheus/latest/feature_flags.
 */
export const syntaxAvailability: Readonly<Record<Syntax, Availability>> = {
  utf8Names: { what: 'a quoted name', since: '2.55', feature: 'utf8-names', stableSince: '3.0' },
  numberAsDuration: { what: 'a number in place of a duration', since: '2.54' },
  durationAsNumber: { what: 'a duration in place of a number', since: '2.54' },
  underscores: { what: 'a number with underscores', since: '2.54' },
  zeroDuration: { what: 'a duration of zero', since: '3.4' },
  signedDuration: { what: 'a sign in front of a duration', since: '3.4' },
  durationArithmetic: { what: 'arithmetic on durations', since: '3.4', ...durationExpression },
  durationStep: { what: 'step() as a duration', since: '3.6', ...durationExpression },
  durationRange: { what: 'range() as a duration', since: '3.12', ...durationExpression },
  durationExtremes: {
    what: 'min_of() and max_of() of durations',
    since: '3.13',
    ...durationExpression,
  },
  anchored: { what: 'the anchored modifier', ...extendedRange },
  smoothed: { what: 'the smoothed modifier', ...extendedRange },
  fill: { what: 'the fill modifiers', since: '3.10', feature: 'promql-binop-fill-modifiers' },
  trim: { what: 'the trim operators', since: '3.11' },
};

/** Since when a function is known. */
export function functionAvailability(signature: FunctionSignature): Availability {
  return availabilityOf(`the ${signature.name}() function`, signature);
}

/** Since when an aggregation is known. */
export function aggregationAvailability(signature: AggregationSignature): Availability {
  return availabilityOf(`the ${signature.op}() aggregation`, signature);
}

interface Introduction {
  readonly since?: string;
  readonly experimental: boolean;
  readonly stableSince?: string;
}

function availabilityOf(what: string, { since, experimental, stableSince }: Introduction): Availability {
  const flagged = experimental || stableSince !== undefined;
  return {
    what,
    ...(since !== undefined && { since }),
    ...(flagged && { feature: 'promql-experimental-functions' }),
    ...(stableSince !== undefined && { stableSince }),
  };
}

/**
 * What a server lacks.
 *
 * @param availability since when Prometheus has it
 * @param options the server's version and features, as given to `parse`
 * @returns undefined when the server has it
 */
export function missing(
  { what, since, feature, stableSince }: Availability,
  { version = latestVersion, features }: ParseOptions,
): Requirement | undefined {
  const hidden = feature !== undefined && !(stableSince !== undefined && isAtLeast(version, stableSince));
  const tooOld = since !== undefined && !isAtLeast(version, since);
  const switchedOff = hidden && !(features ?? []).includes(feature);
  if (!tooOld && !switchedOff) return undefined;
  return Object.freeze({ what, ...(since !== undefined && { since }), ...(hidden && { feature }) });
}
