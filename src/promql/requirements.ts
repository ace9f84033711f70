import type { Requirement } from './ast.ts';
import type { AggregationSignature } from './aggregations.ts';
import type { FunctionSignature } from './functions.ts';
import { isAtLeast, type Feature, type ParseOptions } from './options.ts';

/**
 * Syntax that not every Prometheus since 2.42 knows, or that needs a flag.
 *
 * Source: the changelog of Prometheus and prometheus.io/docs/prometheus/latest/feature_flags.
 */
export const syntaxRequirements = {
  utf8Names: { what: 'a quoted name', since: '3.0' },
  numberAsDuration: { what: 'a number in place of a duration', since: '3.0' },
  durationAsNumber: { what: 'a duration in place of a number', since: '3.0' },
  underscores: { what: 'a number with underscores', since: '2.54' },
  durationExpression: {
    what: 'arithmetic on durations',
    since: '3.4',
    feature: 'promql-duration-expr',
  },
  anchored: {
    what: 'the anchored modifier',
    since: '3.7',
    feature: 'promql-extended-range-selectors',
  },
  smoothed: {
    what: 'the smoothed modifier',
    since: '3.7',
    feature: 'promql-extended-range-selectors',
  },
  fill: { what: 'the fill modifiers', since: '3.10', feature: 'promql-binop-fill-modifiers' },
  trim: { what: 'the trim operators', since: '3.10' },
} as const satisfies Record<string, Requirement>;

export type SyntaxRequirement = keyof typeof syntaxRequirements;

const experimentalFeature: Feature = 'promql-experimental-functions';

/** What a function needs, whatever the server. */
export function functionRequirement(signature: FunctionSignature): Requirement | undefined {
  return requirementOf(`the ${signature.name}() function`, signature);
}

/** What an aggregation needs, whatever the server. */
export function aggregationRequirement(signature: AggregationSignature): Requirement | undefined {
  return requirementOf(`the ${signature.op}() aggregation`, signature);
}

function requirementOf(
  what: string,
  { since, experimental }: { readonly since?: string; readonly experimental: boolean },
): Requirement | undefined {
  if (since === undefined && !experimental) return undefined;
  return {
    what,
    ...(since !== undefined && { since }),
    ...(experimental && { feature: experimentalFeature }),
  };
}

/**
 * Whether a server lacks something.
 *
 * @param requirement what is needed
 * @param options the server's version and features, as given to `parse`
 */
export function isMissing(requirement: Requirement, options: ParseOptions): boolean {
  const { version, features } = options;
  const { since, feature } = requirement;
  if (version !== undefined && since !== undefined && !isAtLeast(version, since)) return true;
  return feature !== undefined && !(features ?? []).some((enabled) => enabled === feature);
}
