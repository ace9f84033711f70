import { isDeepStrictEqual } from 'node:util';
import {
  equal,
  type Expr,
  format,
  parse,
  parseTolerant,
  print,
  PromqlSyntaxError,
  valueType,
  walk,
} from 'dashwright/promql';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText, mutated, trees } from './trees.ts';

const runs = { numRuns: 1000, seed: 20_260_821 };

/** The tree, or the refusal; anything else that is thrown fails the test. */
function attempt(text: string, variables: boolean): Expr | PromqlSyntaxError {
  try {
    return parse(text, { variables });
  } catch (error) {
    if (error instanceof PromqlSyntaxError) return error;
    throw error;
  }
}

function isInside({ start, end }: PromqlSyntaxError, text: string): boolean {
  return 0 <= start && start <= end && end <= text.length;
}

/** From print, and from JSON. */
function comesBack(tree: Expr, variables: boolean): boolean {
  const typed = variables || valueType(tree) !== undefined;
  return (
    typed && equal(parse(print(tree), { variables }), tree) && isDeepStrictEqual(JSON.parse(JSON.stringify(tree)), tree)
  );
}

describe.each([{ variables: false }, { variables: true }])('with $variables as variables', ({ variables }) => {
  test('a tree survives print and parse', () => {
    fc.assert(
      fc.property(trees({ variables }), (tree) => {
        const text = print(tree);
        const again = parse(text, { variables });
        expect(equal(again, tree) || text).toBe(true);
        expect(print(again)).toBe(text);
      }),
      runs,
    );
  });

  test('a tree survives format and parse', () => {
    fc.assert(
      fc.property(trees({ variables }), (tree) => {
        expect(equal(parse(format(tree), { variables }), tree)).toBe(true);
      }),
      runs,
    );
  });

  test('no bracket can be left out', () => {
    fc.assert(
      fc.property(trees({ variables }), (tree) => {
        const text = print(tree);
        const brackets: { start: number; end: number }[] = [];
        walk(parse(text, { variables }), (node) => {
          if (node.parens) brackets.push(node.parens);
        });
        for (const { start, end } of brackets) {
          const without = `${text.slice(0, start)} ${text.slice(start + 1, end - 1)} ${text.slice(end)}`;
          const other = attempt(without, variables);
          expect(other instanceof PromqlSyntaxError || !equal(other, tree) || text).toBe(true);
        }
      }),
      { ...runs, numRuns: 300 },
    );
  });

  test.each([
    ['any text', anyText],
    ['a query with a few changes', mutated(trees({ variables }).map(print))],
  ])('%s is accepted or refused, and nothing else', (_what, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const result = attempt(text, variables);
        const { problems } = parseTolerant(text, { variables });
        const right = result instanceof PromqlSyntaxError ? isInside(result, text) : comesBack(result, variables);
        expect(right || text).toBe(true);
        expect(problems.length > 0).toBe(result instanceof PromqlSyntaxError);
      }),
      runs,
    );
  });
});
