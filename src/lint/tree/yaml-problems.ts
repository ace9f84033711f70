/** What is wrong with a YAML text, for people: the YAML library speaks of its grammar. */
import { visit } from 'yaml';
import type { Document, YAMLParseError } from 'yaml';

interface YamlProblem {
  readonly message: string;
  /** What to do, where the mistake is a usual one. */
  readonly fix?: string;
  /** Offsets in the text. */
  readonly span: { readonly start: number; readonly end: number };
}

interface Wording {
  readonly code: YAMLParseError['code'];
  readonly pattern: RegExp;
  readonly message: (match: readonly string[]) => string;
  readonly fix: string;
}

const WORDINGS: readonly Wording[] = [
  {
    code: 'TAB_AS_INDENT',
    pattern: /^/,
    message: () => 'a tab stands in the indentation',
    fix: 'Indent with spaces: YAML allows no tabs there.',
  },
  {
    code: 'BLOCK_AS_IMPLICIT_KEY',
    pattern: /^/,
    message: () => 'this value is followed by a colon, as if it were a key',
    fix: 'Put a text with a colon and a space in it in quotes. If a key was meant, indent it like its neighbours.',
  },
  {
    code: 'MISSING_CHAR',
    pattern: /^Missing closing ['"]quote/,
    message: () => 'this text has no closing quote',
    fix: 'Close the quotes.',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    pattern: /at node end$/,
    message: () => 'after the end of a value comes more text',
    fix: 'Put the whole text in quotes, or on lines of its own below `|`.',
  },
  {
    code: 'BAD_DQ_ESCAPE',
    pattern: /^Invalid escape sequence (.+)/,
    message: ([, escape = '']) => `${escape} is no escape that YAML knows in double quotes`,
    fix: 'Write the backslash twice, or use single quotes.',
  },
  {
    code: 'BAD_SCALAR_START',
    pattern: /(\S)$/,
    message: ([, character = '']) => `a text without quotes cannot begin with ${character}`,
    fix: 'Put it in quotes.',
  },
  {
    code: 'BAD_INDENT',
    pattern: /^All mapping items/,
    message: () => 'the keys of one mapping begin at different columns',
    fix: 'Indent them alike.',
  },
  {
    code: 'MISSING_CHAR',
    pattern: /^Sequence item without -/,
    message: () => 'a line among the items of a list is no item',
    fix: 'Begin it with `- `, or indent it like the keys of the item above.',
  },
  {
    code: 'MULTILINE_IMPLICIT_KEY',
    pattern: /^/,
    message: () => 'a line has no colon after its key',
    fix: 'Write a colon and a space after it; indent a text that only goes on.',
  },
];

/** The first problem of a document, if it has any: those after it are mostly what it leads to. */
export function yamlProblem(document: Document.Parsed): YamlProblem | undefined {
  const [error] = document.errors;
  if (error === undefined) return undefined;
  const [start, end] = error.code === 'MISSING_CHAR' ? openText(document, error) : error.pos;
  const span = { start, end };
  const wording = WORDINGS.find(({ code, pattern }) => code === error.code && pattern.test(error.message));
  if (wording === undefined) return { message: error.message.split('\n')[0] ?? error.message, span };
  return { message: wording.message(wording.pattern.exec(error.message) ?? []), fix: wording.fix, span };
}

/** A text without its closing quote reaches to the end of the file: its beginning says more. */
function openText(document: Document.Parsed, { pos }: YAMLParseError): readonly [start: number, end: number] {
  let open = pos;
  visit(document, {
    Scalar: (_key, { type, range }) => {
      if (type?.startsWith('QUOTE_') === true && range?.[1] === pos[0]) open = [range[0], range[0] + 1];
    },
  });
  return open;
}
