import type { Matcher, VectorSelector } from '../../promql/ast.ts';
import { print } from '../../promql/print.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { intersectValues, isNone } from '../facts/label-values.ts';
import { labelFact, METRIC_NAME, POSSIBLE, type LabelFact } from '../facts/labels.ts';
import { literalsOf } from '../facts/regex.ts';
import { matcherText, matcherValues, selectedName } from '../facts/selector.ts';
import { seriesSource } from '../facts/series-source.ts';
import { fruitless } from '../known-values.ts';
import { list } from '../wording.ts';

/** A matcher without Grafana variables: what it lets through can be told. */
interface PlainMatcher extends Matcher {
  readonly name: string;
  readonly value: string;
}

export const contradictingMatchers: Check = defineCheck({
  code: 'Q322',
  nodes: {
    VectorSelector(node, query) {
      const plain = plainMatchers(node);
      const labels = new Set(plain.map(({ name }) => name));
      if (labels.size === plain.length) return undefined;
      return [...labels].flatMap((label) => {
        const matchers = plain.filter(({ name }) => name === label);
        if (matchers.length < 2) return [];
        const alone = contradiction(matchers, POSSIBLE);
        const catalogued = alone ? undefined : catalogueFact(matchers, node, query);
        const found = alone ?? (catalogued && contradiction(matchers, catalogued));
        // one that lets nothing through by itself is no contradiction, and other checks speak of it
        if (!found || found.length < 2 || found.some((matcher) => fruitless(matcher, node, query))) return [];
        return [describe(node, found, catalogued)];
      });
    },
  },
});

/** The matchers that can be judged, a name written in quotes among others being one of them. */
function plainMatchers({ name, nameSpan, matchers }: VectorSelector): readonly PlainMatcher[] {
  const named: Matcher[] =
    name === undefined
      ? []
      : [{ type: 'Matcher', name: METRIC_NAME, op: '=', value: name, ...(nameSpan ? { span: nameSpan } : {}) }];
  return [...named, ...matchers].filter(
    (matcher): matcher is PlainMatcher => typeof matcher.name === 'string' && typeof matcher.value === 'string',
  );
}

/** What the catalogue says of the label, where it says that the series have it. */
function catalogueFact(
  [first]: readonly PlainMatcher[],
  selector: VectorSelector,
  { world }: Query,
): LabelFact | undefined {
  const name = selectedName(selector);
  const known = name === undefined ? undefined : world.series(name);
  if (!first || !known || known.recorded) return undefined;
  const fact = labelFact(seriesSource(known, world).labels, first.name);
  return fact.presence === 'impossible' ? undefined : fact;
}

/** As few of the matchers as it takes to let nothing through; `undefined` where together they may let something. */
function contradiction(matchers: readonly PlainMatcher[], label: LabelFact): readonly PlainMatcher[] | undefined {
  if (!letNothingThrough(matchers, label)) return undefined;
  let needed = matchers;
  for (const matcher of matchers.toReversed()) {
    const fewer = needed.filter((one) => one !== matcher);
    if (letNothingThrough(fewer, label)) needed = fewer;
  }
  return needed;
}

function letNothingThrough(matchers: readonly PlainMatcher[], label: LabelFact): boolean {
  let { values } = label;
  let absent = label.presence !== 'guaranteed';
  for (const { op, value } of matchers) {
    const passing = matcherValues(op, value);
    values = intersectValues(values, passing.values);
    absent &&= passing.passesAbsent;
  }
  return !absent && isNone(values);
}

function describe(node: VectorSelector, matchers: readonly PlainMatcher[], fact: LabelFact | undefined): Finding {
  const { name, span } = matchers.at(-1)!;
  const all = matchers.length === 2 ? 'both' : 'all of';
  const known = fact?.values.oneOf;
  const values = known ? `The values that it can have there are ${list(known)}. ` : '';
  const missing = matchers.some(letsOnlyAbsentThrough) ? ' A missing label counts as an empty one.' : '';
  return {
    node,
    span,
    message: `No ${name === METRIC_NAME ? 'metric name' : `value of \`${name}\``} passes ${all} ${list(matchers.map(matcherText))}.`,
    why: `${values}A series has to pass every matcher, so the selector selects nothing.${missing}`,
    fix: fixOf(name, matchers, fact !== undefined),
  };
}

function letsOnlyAbsentThrough({ op, value }: PlainMatcher): boolean {
  const { values, passesAbsent } = matcherValues(op, value);
  return passesAbsent && isNone(values);
}

/** Two values of one label are mostly meant as a choice. */
function fixOf(name: string, matchers: readonly PlainMatcher[], byCatalogue: boolean): string {
  // nothing is wrong with the matchers where the catalogue only lacks the values that pass them
  if (byCatalogue)
    return `If all of them are meant, add the values of \`${name}\` that pass them to the catalogue; otherwise leave out the one that is not meant.`;
  const wanted = matchers.flatMap(({ op, value }) => {
    if (op === '=') return [value];
    return (op === '=~' && literalsOf(value)) || [''];
  });
  const plain = wanted.every((value) => value !== '' && literalsOf(value)?.[0] === value);
  if (!plain) return 'Leave out the one that is not meant.';
  const values = [...new Set(wanted)];
  const choice =
    name === METRIC_NAME
      ? values.map((one) => print({ type: 'VectorSelector', name: one, matchers: [] })).join(' or ')
      : print({ type: 'VectorSelector', matchers: [{ type: 'Matcher', name, op: '=~', value: values.join('|') }] });
  return `For series with any of these values write \`${choice}\`, otherwise leave out the one that is not meant.`;
}
