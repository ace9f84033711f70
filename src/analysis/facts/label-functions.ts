/** What `absent()`, `label_replace()`, `label_join()` and `info()` do to labels. */
import type { Call, Expr, Matcher } from '../../promql/ast.ts';
import { ANY_VALUE, oneOfValues, uniteValues } from './label-values.ts';
import {
  IMPOSSIBLE,
  impossible,
  labelFact,
  METRIC_NAME,
  POSSIBLE,
  uniteFacts,
  withFacts,
  type LabelFact,
  type LabelSet,
} from './labels.ts';
import { expandReplacement, referencesOf } from './regex.ts';
import { plainText } from './selector.ts';

/** The string of an argument, where it is written out. */
export function stringArgument(node: Call, index: number): string | undefined {
  const arg = node.args[index];
  return arg?.type === 'StringLiteral' ? plainText(arg.value) : undefined;
}

/** absent() copies the labels that its selector compares with `=`, each name only once. */
export function absentLabels(argument: Expr, node: Call): LabelSet {
  const named = new Map<string, LabelFact>();
  const dropped = impossible({ text: `${node.func}() keeps only labels that its selector compares with \`=\``, node });
  const selector = argument.type === 'MatrixSelector' ? argument.selector : argument;
  if (selector.type === 'VectorSelector') {
    for (const matcher of selector.matchers) {
      const name = plainText(matcher.name);
      if (name === undefined || name === METRIC_NAME) continue;
      named.set(name, matcher.op === '=' && !named.has(name) ? setBy(matcher, node) : dropped);
    }
  }
  return { named, rest: dropped };
}

function setBy(matcher: Matcher, node: Call): LabelFact {
  const value = plainText(matcher.value);
  if (value === undefined) return POSSIBLE;
  return value === ''
    ? IMPOSSIBLE
    : { presence: 'guaranteed', values: oneOfValues([value]), reason: { text: `${node.func}() copies it`, node } };
}

/** More known values than this are not tried one by one. */
const FEW = 64;

export function replacedLabels(labels: LabelSet, node: Call): LabelSet {
  const [destination, replacement, source, pattern] = [1, 2, 3, 4].map((index) => stringArgument(node, index));
  if (destination === undefined) return { named: new Map(), rest: POSSIBLE };
  const before = labelFact(labels, destination);
  if (replacement === undefined || source === undefined || pattern === undefined) {
    return withFacts(labels, [[destination, uniteFacts(POSSIBLE, before)]]);
  }
  const from = labelFact(labels, source);
  return withFacts(labels, [[destination, replacedFact(before, from, pattern, replacement, node)]]);
}

function replacedFact(before: LabelFact, from: LabelFact, pattern: string, replacement: string, node: Call): LabelFact {
  const inputs = knownInputs(from);
  if (!inputs) return openReplacement(before, pattern, replacement, node);
  let result: LabelFact | undefined;
  const reason = { text: `label_replace() sets it`, node };
  for (const input of inputs) {
    const value = expandReplacement(pattern, replacement, input);
    const fact: LabelFact =
      value === undefined
        ? before
        : value === ''
          ? impossible({ text: 'label_replace() writes the empty value, which removes it', node })
          : { presence: 'guaranteed', values: oneOfValues([value]), reason };
    result = result ? uniteFacts(result, fact) : fact;
  }
  return result ?? before;
}

/** All values of a label, the empty one for its absence, where they are known. */
function knownInputs({ presence, values }: LabelFact): readonly string[] | undefined {
  if (presence === 'impossible') return [''];
  if (!values.oneOf || values.oneOf.length > FEW) return undefined;
  return presence === 'guaranteed' ? values.oneOf : [...values.oneOf, ''];
}

function openReplacement(before: LabelFact, pattern: string, replacement: string, node: Call): LabelFact {
  const references = referencesOf(replacement);
  const literal = replacement.replaceAll(/\$(?:\{\w+\}|\w+)/g, '') !== '';
  const reason = { text: `label_replace() sets it`, node };
  const written: LabelFact = {
    presence: literal ? 'guaranteed' : 'possible',
    values: references.length === 0 && literal ? oneOfValues([replacement.replaceAll('$$', '$')]) : ANY_VALUE,
    reason,
  };
  const matchesAll = pattern === '.*' || pattern === '(.*)';
  if (matchesAll) return references.length === 0 && !literal ? impossible(reason) : written;
  const joined = uniteFacts(written, before);
  return before.presence === 'guaranteed' && literal ? { ...joined, presence: 'guaranteed' } : joined;
}

export function joinedLabels(labels: LabelSet, node: Call): LabelSet {
  const destination = stringArgument(node, 1);
  const separator = stringArgument(node, 2);
  if (destination === undefined) return { named: new Map(), rest: POSSIBLE };
  const names = node.args.slice(3).map((_arg, index) => stringArgument(node, index + 3));
  const parts = names.map((name) => (name === undefined ? POSSIBLE : labelFact(labels, name)));
  const reason = { text: 'label_join() sets it', node };
  if (
    parts.length > 0 &&
    parts.every(({ presence }) => presence === 'impossible') &&
    (separator === '' || parts.length === 1)
  ) {
    return withFacts(labels, [
      [destination, impossible({ text: 'label_join() joins labels that are not there', node })],
    ]);
  }
  const filled =
    parts.some(({ presence }) => presence === 'guaranteed') ||
    (parts.length > 1 && separator !== undefined && separator !== '');
  const only = parts.length === 1 ? parts[0] : undefined;
  const fact: LabelFact = only
    ? { presence: only.presence, values: only.values, reason }
    : { presence: filled ? 'guaranteed' : 'possible', values: ANY_VALUE, reason };
  return withFacts(labels, [[destination, fact]]);
}

/** info() adds the data labels of info metrics: those its second argument names, or all. */
export function infoLabels(labels: LabelSet, node: Call): LabelSet {
  const selector = node.args[1];
  const reason = { text: 'info() can add it', node };
  const added: LabelFact = { presence: 'possible', values: ANY_VALUE, reason };
  const wanted =
    selector?.type === 'VectorSelector'
      ? selector.matchers.flatMap(({ name }) => (typeof name === 'string' && name !== METRIC_NAME ? [name] : []))
      : [];
  if (wanted.length > 0)
    return withFacts(
      labels,
      wanted.map((name) => [name, widened(labelFact(labels, name), added)]),
    );
  const named = new Map(
    [...labels.named].map(([name, fact]) => [name, name === METRIC_NAME ? fact : widened(fact, added)]),
  );
  return { named, rest: added };
}

/** A label that is there is not overwritten by an info metric. */
function widened(fact: LabelFact, added: LabelFact): LabelFact {
  if (fact.presence === 'impossible') return added;
  return { ...fact, values: uniteValues(fact.values, ANY_VALUE) };
}
