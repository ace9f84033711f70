import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import * as promql from 'dashwright/promql';
import { describe, expect, test } from 'vitest';

interface Example {
  readonly heading: string;
  readonly code: string;
}

function examples(markdown: string): readonly Example[] {
  let heading = '';
  const found: Example[] = [];
  for (const [, title, code] of markdown.matchAll(/^#+ (.+)$|^```js\n([\s\S]*?)^```$/gm)) {
    if (title !== undefined) heading = title;
    if (code !== undefined) found.push({ heading, code });
  }
  return found;
}

/** An import becomes a look-up, and `value; // → expected` a check. */
function executable(code: string): string {
  return code
    .replace(/^import \{([^}]*)\} from 'dashwright\/promql';$/gm, 'const {$1} = promql;')
    .replace(/^( *)(.+); \/\/ → (.+)$/gm, '$1check($2, $3);');
}

const found = examples(readFileSync(new URL('../../docs/promql.md', import.meta.url), 'utf8'));

describe('docs/promql.md', () => {
  test('has examples', () => {
    expect(found.length).toBeGreaterThan(5);
  });

  test.each(found.map(({ heading, code }) => [heading, code]))('%s', (_heading, code) => {
    let checks = 0;
    const check = (actual: unknown, expected: unknown): void => {
      checks += 1;
      expect(actual).toEqual(expected);
    };
    const run = compileFunction(executable(code), ['promql', 'check']) as (
      library: typeof promql,
      check: (actual: unknown, expected: unknown) => void,
    ) => void;
    run(promql, check);
    expect(checks).toBe(code.split('// → ').length - 1);
  });
});
