/**
 * The parser against expressions that nobody here wrote: Prometheus' own tests, and public rules and panels.
 *
 * They are no part of the project; where the folder is missing, these checks say that they did not run.
 */
import { existsSync, readFileSync } from 'node:fs';
import { equal, format, parse, parseTolerant, print, PromqlSyntaxError } from 'dashwright/promql';
import { describe, expect, test } from 'vitest';

const folder = '../shared/corpora';
const found = existsSync(folder);

function rows(file: string): unknown {
  return JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
}

if (!found) console.warn(`${folder} is missing: the parser was NOT held against public expressions`);

/** Why a query that should be accepted is not, or does not come back from its printed form. */
function fault(query: string, variables = false): string | undefined {
  try {
    const tree = parse(query, { variables });
    for (const text of [print(tree), format(tree)]) {
      if (!equal(parse(text, { variables }), tree)) return `${query} comes back different from ${text}`;
    }
    if (parseTolerant(query, { variables }).problems.length > 0) return `${query} has problems when read tolerantly`;
    return undefined;
  } catch (error) {
    return `${query}: ${String(error)}`;
  }
}

/** Prometheus' type of a node to ours; there is no node for brackets. */
function hasType(query: string, astType: string): boolean {
  const tree = parse(query);
  return astType === 'ParenExpr' ? tree.parens !== undefined : tree.type === astType && tree.parens === undefined;
}

interface Accepted {
  readonly input: string;
  readonly astType?: string;
}

interface Refused {
  readonly input: string;
  readonly errContains: readonly string[];
  readonly invalidUtf8?: boolean;
}

interface Public {
  readonly kind: string;
  readonly expr: string;
  readonly exprExpanded?: string;
}

describe.skipIf(!found)("Prometheus' own tests", () => {
  test.each(['prom-accept.json', 'prom-accept-extra.json'])('everything in %s is accepted', (file) => {
    const inputs = rows(file) as readonly Accepted[];
    expect(inputs.length).toBeGreaterThan(0);
    expect(inputs.map(({ input }) => fault(input)).filter((one) => one !== undefined)).toEqual([]);
    const typed = inputs.filter(({ astType }) => astType !== undefined);
    expect(typed.filter(({ input, astType }) => !hasType(input, astType ?? '')).map(({ input }) => input)).toEqual([]);
  });

  test('everything in prom-reject.json is refused, in the words of Prometheus', () => {
    const inputs = rows('prom-reject.json') as readonly Refused[];
    expect(inputs.length).toBeGreaterThan(0);
    for (const { input, errContains, invalidUtf8 } of inputs) {
      const text = invalidUtf8 ? Buffer.from(input, 'latin1').toString('utf8') : input;
      const error = refusal(text);
      expect(error.message).toContain(errContains[0]);
      const all = error.problems.map(({ message }) => message).join('\n');
      for (const part of errContains) expect(all).toContain(part);
      expect(parseTolerant(text).problems).not.toEqual([]);
    }
  });

  test('every expression of the promqltest data is accepted', () => {
    const inputs = rows('promqltest-exprs.json') as readonly { readonly expr: string }[];
    expect(inputs.length).toBeGreaterThan(1000);
    expect(inputs.map(({ expr }) => fault(expr)).filter((one) => one !== undefined)).toEqual([]);
  });
});

function refusal(text: string): PromqlSyntaxError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof PromqlSyntaxError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe.skipIf(!found)('public rules and panels', () => {
  const inputs = found ? (rows('mixins-exprs.json') as readonly Public[]) : [];

  /** A template of jsonnet that was never filled in: `%(matchers)s`. */
  const broken = (query: string): boolean => query.includes('%(');

  test('are accepted, panels with their Grafana variables', () => {
    expect(inputs.length).toBeGreaterThan(4000);
    const faults = inputs.filter(({ expr }) => !broken(expr)).map(({ kind, expr }) => fault(expr, kind === 'panel'));
    expect(faults.filter((one) => one !== undefined)).toEqual([]);
  });

  test('are accepted when their variables are filled in', () => {
    const expanded = inputs.map(({ exprExpanded }) => exprExpanded).filter((query) => query !== undefined);
    expect(expanded.length).toBeGreaterThan(1000);
    expect(
      expanded
        .filter((query) => !broken(query))
        .map((query) => fault(query))
        .filter((one) => one !== undefined),
    ).toEqual([]);
  });

  test('the one that is broken is refused', () => {
    for (const { expr } of inputs.filter((row) => broken(row.expr)))
      expect(() => parse(expr)).toThrow(PromqlSyntaxError);
  });
});
