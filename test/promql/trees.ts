/** Random trees and random texts for the property tests. */
import type {
  DurationOperand,
  DurationValue,
  Expr,
  Matcher,
  Text,
  VectorMatching,
  VectorSelector,
} from 'dashwright/promql';
import { aggregations, functions } from 'dashwright/promql';
import * as fc from 'fast-check';

const name = fc.constantFrom('up', 'a:b', 'sum', 'by', 'offset', 'http.requests', 'é 世', 'bool', 'inf', 'a"b', 'step');
const label = fc.constantFrom('job', 'le', 'by', 'on', 'inf', 'without', 'a b', 'ü', 'x.y', '__name__');
const contents = fc.oneof(
  fc.constantFrom('', 'x', '$1', '.*', 'a|b', '\n', '"', "'", '\\', '`', '\udcff', '😀', '\u00a0', '\u0007'),
  fc.string({ unit: 'grapheme' }),
);

const variable = fc.record({
  type: fc.constant('GrafanaVariable' as const),
  name: fc.constantFrom('x', '__rate_interval', 'node1'),
  syntax: fc.constant('braces' as const),
});

const template: fc.Arbitrary<Text> = fc
  .tuple(fc.constantFrom('', 'a', 'total_'), variable, fc.constantFrom('', '_b', '9'))
  .map(([before, middle, after]) => ({
    type: 'Template' as const,
    parts: [before, middle, after].filter((part) => part !== ''),
  }));

function text(plain: fc.Arbitrary<string>, variables: boolean): fc.Arbitrary<Text> {
  return variables
    ? fc.oneof({ weight: 4, arbitrary: plain.filter(hasNoVariable) }, { weight: 1, arbitrary: template })
    : plain;
}

function hasNoVariable(value: string): boolean {
  return !value.includes('$') && !value.includes('[[');
}

const wellFormed = (value: string): boolean => !value.includes('\ufffd') && !/(?![\udc80-\udcff])\p{Cs}/u.test(value);

function matcher(variables: boolean): fc.Arbitrary<Matcher> {
  const value = text(contents.filter(wellFormed), variables);
  const exact = fc.record({
    type: fc.constant('Matcher' as const),
    name: text(label, variables),
    op: fc.constantFrom('=' as const, '!=' as const),
    value,
  });
  const pattern = fc.record({
    type: fc.constant('Matcher' as const),
    name: text(label, variables),
    op: fc.constantFrom('=~' as const, '!~' as const),
    value: text(fc.constantFrom('.*', 'a|b', '(?i)x+', '', String.raw`\d{2}`), variables),
  });
  return fc.oneof(exact, pattern);
}

const plainDuration = fc
  .integer({ min: 1, max: 4e10 })
  .map((milliseconds) => ({ type: 'Duration' as const, milliseconds }));

const durationExpression: fc.Arbitrary<DurationValue> = fc
  .letrec<{ value: DurationOperand; expr: DurationOperand }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'duration' },
      plainDuration,
      fc.integer({ min: 1, max: 1000 }).map((value) => ({ type: 'NumberLiteral' as const, value })),
      fc
        .constantFrom('step' as const, 'range' as const)
        .map((op) => ({ type: 'DurationExpr' as const, op, operands: [] })),
      tie('expr'),
    ),
    expr: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'duration' },
      fc
        .tuple(
          fc.constantFrom(
            '+' as const,
            '-' as const,
            '*' as const,
            '/' as const,
            '%' as const,
            '^' as const,
            'min_of' as const,
            'max_of' as const,
          ),
          tie('value'),
          tie('value'),
        )
        .map(([op, left, right]) => ({ type: 'DurationExpr' as const, op, operands: [left, right] })),
      plainDuration.map((operand) => ({ type: 'DurationExpr' as const, op: '+' as const, operands: [operand] })),
      tie('expr').map((operand) => ({ type: 'DurationExpr' as const, op: '-' as const, operands: [operand] })),
    ),
  }))
  .expr.filter((value): value is DurationValue => value.type === 'DurationExpr');

function duration(variables: boolean): fc.Arbitrary<DurationValue> {
  const templateDuration = fc
    .tuple(fc.constantFrom('', '5'), variable, fc.constantFrom('', 'm'))
    .map(([before, middle, after]) => ({
      type: 'TemplateDuration' as const,
      text: { type: 'Template' as const, parts: [before, middle, after].filter((part) => part !== '') },
    }));
  return fc.oneof(
    { weight: 5, arbitrary: plainDuration },
    { weight: 1, arbitrary: durationExpression },
    { weight: variables ? 1 : 0, arbitrary: templateDuration },
  );
}

/** Prometheus' lexer lets no subquery start with a range that has no number in it. */
function hasLiteral(value: DurationValue): boolean {
  return /"(?:Duration|NumberLiteral|TemplateDuration)"/.test(JSON.stringify(value));
}

const at = fc.oneof(
  fc.constantFrom('start' as const, 'end' as const),
  fc.integer({ min: -1e12, max: 1e13 }).map((milliseconds) => ({ milliseconds })),
);

function modifiers(variables: boolean): fc.Arbitrary<Pick<VectorSelector, 'offset' | 'at'>> {
  const negative = plainDuration.map((value) => ({ ...value, milliseconds: -value.milliseconds }));
  return fc.record(
    {
      offset: fc.oneof(duration(variables), negative),
      at: at.map((value) => ({ type: 'AtModifier' as const, at: value })),
    },
    { requiredKeys: [] },
  );
}

function selector(variables: boolean): fc.Arbitrary<VectorSelector> {
  const matchers = fc.array(matcher(variables), { maxLength: 3 });
  const extended = fc.option(fc.constantFrom('anchored' as const, 'smoothed' as const), { nil: undefined, freq: 5 });
  const named = fc.tuple(text(name, variables), matchers);
  const nameless = fc.tuple(
    fc.constant(undefined),
    matchers.map((list) => [{ type: 'Matcher' as const, name: 'job', op: '=' as const, value: 'x' }, ...list]),
  );
  return fc.tuple(fc.oneof(named, nameless), modifiers(variables), extended).map(([[metric, list], extra, kind]) => ({
    type: 'VectorSelector' as const,
    ...(metric !== undefined && { name: metric }),
    matchers: list,
    ...extra,
    ...(kind !== undefined && { extended: kind }),
  }));
}

const finite = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((value) => value + 0);
const number: fc.Arbitrary<Expr> = fc.oneof(
  finite.map((value) => ({ type: 'NumberLiteral' as const, value })),
  fc
    .constantFrom('NaN' as const, '+Inf' as const, '-Inf' as const)
    .map((value) => ({ type: 'NumberLiteral' as const, value })),
  fc
    .integer({ min: -1e9, max: 1e9 })
    .map((value) => ({ type: 'NumberLiteral' as const, value: value + 0, duration: true as const })),
);

const labels = fc.array(label, { maxLength: 3 });

const matching: fc.Arbitrary<VectorMatching> = fc
  .tuple(
    fc.constantFrom('on' as const, 'ignoring' as const),
    labels,
    fc.option(fc.constantFrom('left' as const, 'right' as const), { nil: undefined }),
    labels,
  )
  .map(([mode, list, group, include]) => {
    const included = include.filter((one) => mode === 'ignoring' || !list.includes(one));
    return {
      mode,
      labels: list,
      ...(group !== undefined && { group, ...(included.length > 0 && { include: included }) }),
    };
  });

const arithmetic = fc.constantFrom(
  '+' as const,
  '-' as const,
  '*' as const,
  '/' as const,
  '%' as const,
  '^' as const,
  'atan2' as const,
);
const comparison = fc.constantFrom(
  '==' as const,
  '!=' as const,
  '>' as const,
  '<' as const,
  '>=' as const,
  '<=' as const,
);
const set = fc.constantFrom('and' as const, 'or' as const, 'unless' as const);

/** fast-check takes a type here, no interface. */
type Kinds = {
  vector: Expr;
  scalar: Expr;
  matrix: Expr;
  any: Expr;
};

/** Well-typed trees of every kind of node, such as `parse` gives. */
export function trees(options: { readonly variables: boolean }): fc.Arbitrary<Expr> {
  const { variables } = options;
  return fc.letrec<Kinds>((tie) => {
    const string = text(contents.filter(wellFormed), variables).map((value): Expr => ({
      type: 'StringLiteral',
      value,
    }));
    const argument: Record<string, fc.Arbitrary<Expr>> = {
      vector: tie('vector'),
      scalar: tie('scalar'),
      matrix: tie('matrix'),
      string,
    };
    const callable = [...functions.values()].filter(
      ({ returns, name: func }) => returns === 'vector' && func !== 'info',
    );
    const call = fc.tuple(fc.constantFrom(...callable), fc.nat({ max: 2 })).chain(([signature, more]) => {
      const count =
        signature.variadic === 0
          ? signature.args.length
          : Math.max(
              signature.args.length - 1 + (signature.variadic < 0 ? more : Math.min(more, signature.variadic)),
              0,
            );
      const types = Array.from(
        { length: count },
        (_, i) => signature.args[Math.min(i, signature.args.length - 1)] ?? 'vector',
      );
      return fc
        .tuple(...types.map((type) => argument[type] ?? string))
        .map((args): Expr => ({ type: 'Call', func: signature.name, args }));
    });
    const aggregation = fc
      .tuple(
        fc.constantFrom(...aggregations.values()),
        tie('vector'),
        tie('scalar'),
        string,
        fc.option(fc.tuple(fc.constantFrom('by' as const, 'without' as const), labels), { nil: undefined }),
      )
      .map(([signature, expr, scalar, word, grouping]): Expr => ({
        type: 'AggregateExpr',
        op: signature.op,
        ...(signature.param !== undefined && { param: signature.param === 'string' ? word : scalar }),
        expr,
        ...(grouping && { grouping: { mode: grouping[0], labels: grouping[1] } }),
      }));
    const binary = fc
      .oneof(
        fc.tuple(arithmetic, tie('vector'), tie('any'), fc.constant(undefined)),
        fc.tuple(comparison, tie('any'), tie('vector'), fc.constantFrom(true as const, undefined)),
      )
      .map(([op, lhs, rhs, bool]): Expr => ({ type: 'BinaryExpr', op, lhs, rhs, ...(bool && { bool }) }));
    const matched = fc
      .tuple(fc.oneof(arithmetic, comparison), tie('vector'), tie('vector'), matching)
      .map(([op, lhs, rhs, how]): Expr => ({ type: 'BinaryExpr', op, lhs, rhs, matching: how }));
    const ofSets = fc
      .tuple(set, tie('vector'), tie('vector'))
      .map(([op, lhs, rhs]): Expr => ({ type: 'BinaryExpr', op, lhs, rhs }));
    const sign = fc.constantFrom('+' as const, '-' as const);
    return {
      vector: fc.oneof(
        { maxDepth: 5 },
        selector(variables),
        call,
        aggregation,
        binary,
        matched,
        ofSets,
        fc.tuple(sign, tie('vector')).map(([op, expr]): Expr => ({ type: 'UnaryExpr', op, expr })),
      ),
      scalar: fc.oneof(
        { maxDepth: 5 },
        number,
        fc.constant<Expr>({ type: 'Call', func: 'time', args: [] }),
        tie('vector').map((arg): Expr => ({ type: 'Call', func: 'scalar', args: [arg] })),
        fc
          .tuple(arithmetic, tie('scalar'), tie('scalar'))
          .map(([op, lhs, rhs]): Expr => ({ type: 'BinaryExpr', op, lhs, rhs })),
        fc.tuple(sign, tie('scalar')).map(([op, expr]): Expr => ({ type: 'UnaryExpr', op, expr })),
      ),
      matrix: fc.oneof(
        { maxDepth: 5 },
        fc
          .tuple(selector(variables), duration(variables))
          .map(([one, range]): Expr => ({ type: 'MatrixSelector', selector: one, range })),
        fc
          .tuple(
            tie('vector'),
            duration(variables).filter(hasLiteral),
            fc.option(duration(variables), { nil: undefined }),
            modifiers(variables),
          )
          .map(([expr, range, step, extra]): Expr => ({
            type: 'SubqueryExpr',
            expr,
            range,
            ...(step && { step }),
            ...extra,
          })),
      ),
      any: fc.oneof({ maxDepth: 5 }, tie('vector'), tie('scalar')),
    };
  }).any;
}

/** Pieces of PromQL and of what is nearly PromQL. */
const scraps = [
  'foo',
  'a:b',
  '1',
  '0x1f',
  '0755',
  '5m',
  '1h30m',
  '.5',
  '5.',
  '1e3',
  '1_0',
  'NaN',
  'Inf',
  '"s"',
  "'t'",
  '`r`',
  '"',

  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '[5m]',
  '[1h:5m]',
  '[5m:]',
  '{a="b"}',
  '{a=~"x.*"}',
  '{}',
  'offset 5m',
  'offset -1m',

  '@ 10',
  '@ start()',
  'by (a)',
  'without',
  'on (a)',
  'ignoring (b)',
  'group_left',
  'group_right (c)',
  'bool',
  'fill(0)',

  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  '==',
  '!=',
  '>',
  '<=',
  '</',
  'and',
  'or',
  'unless',
  'atan2',
  '=',
  '=~',
  '!',
  ',',
  ':',
  ';',

  'sum',
  'topk',
  'rate',
  'time()',
  'sum(',
  'rate(',
  'label_replace(',
  'step()',
  'min_of(',
  'start',
  'anchored',
  '#c\n',

  '$x',
  '${x:regex}',
  '[[x]]',
  '$',
  '\\',
  '\u00a0',
  'é',
  '😀',
  '\ud800',
  '\ufffd',
  '\u0000',
  '{a="\\xff"}',
  '{__name__="x"}',
];

/** Texts that are rarely PromQL: scraps in any order, and any characters at all. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...scraps), { maxLength: 12 }).map((parts) => parts.join(' ')),
  fc.array(fc.constantFrom(...scraps), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...Array.from('abz019_.:"\'`\\$#@!~=<>()[]{}eExXmhs+-*/^%, \n')) }),
);

/** A text with a few scraps put in, taken out or exchanged. */
export function mutated(original: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const change = fc.record({ at: fc.nat(), remove: fc.nat({ max: 3 }), insert: fc.constantFrom('', ...scraps) });
  return fc.tuple(original, fc.array(change, { minLength: 1, maxLength: 3 })).map(([start, changes]) =>
    changes.reduce((current, { at: position, remove, insert }) => {
      const index = position % (current.length + 1);
      return current.slice(0, index) + insert + current.slice(index + remove);
    }, start),
  );
}
