/** What keeps definitions from being read, in words that name the author's file, line and column. */
import type { Location, Message } from 'esbuild';
import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.ts';
import type { SourcePosition } from '../../source/position.ts';
import { type ProjectCode, projectDiagnostic } from '../codes.ts';

interface Wording {
  readonly code: ProjectCode;
  readonly pattern: RegExp;
  readonly message: (match: readonly string[]) => string;
  readonly why: string;
  readonly fix: (match: readonly string[]) => string;
}

const WORDINGS: readonly Wording[] = [
  {
    code: 'C832',
    pattern: /^Could not resolve "(.+)"/,
    message: ([, path = '']) => `Cannot find \`${path}\`.`,
    why: 'The import leads to no file and to no installed package.',
    fix: ([, path = '']) =>
      path.startsWith('.')
        ? 'Check the path; it is relative to this file and ends in `.ts`.'
        : `Install it with \`npm install ${path
            .split('/')
            .slice(0, path.startsWith('@') ? 2 : 1)
            .join('/')}\`, or check its name.`,
  },
  {
    code: 'C833',
    pattern:
      /^(?:No matching export in "(?:package:)?(.+)" for import "(.+)"|Import "(.+)" will always be undefined because (?:there is no matching export in|the file) "(?:package:)?(.+?)")/,
    message: ([, module, name, other, from]) => `\`${module ?? from ?? ''}\` exports no \`${name ?? other ?? ''}\`.`,
    why: 'What is imported under that name would be undefined.',
    fix: () => 'Import a name that the module exports, or export it there.',
  },
  {
    code: 'C832',
    pattern: /^Cannot load the package: ([^]*)/,
    message: ([, reason = '']) => `An imported package cannot be loaded: ${reason}`,
    why: 'Importing it fails, also outside of dashwright.',
    fix: () => 'Install the package again, or one of its versions that runs on this Node.',
  },
  {
    code: 'C839',
    pattern: /^Cannot read file "(.+)": ([^]+)/,
    message: ([, file = '', reason = '']) => `\`${file}\` cannot be read: ${reason}.`,
    why: 'The system refuses to open it, so what it defines would be left out.',
    fix: () => 'Give yourself the right to read it.',
  },
];

const SYNTAX: Wording = {
  code: 'C831',
  pattern: /([^]*)/,
  message: ([text = '']) => sentence(text),
  why: 'The file cannot be read as TypeScript, so nothing in it is known.',
  fix: () => 'Mend the file at this place; `tsc --noEmit` says more.',
};

/** A message of the bundler as a diagnostic. Warnings are passed on only where they mean that nothing can work. */
export function bundlingFault(
  { text, location, notes }: Message,
  severity: Severity,
  lineShift: number,
): readonly Diagnostic[] {
  const wording = WORDINGS.find(({ pattern }) => pattern.test(text)) ?? (severity === 'error' ? SYNTAX : undefined);
  if (!wording) return [];
  const match: readonly string[] = wording.pattern.exec(text) ?? [];
  const place = [location, ...notes.map((note) => note.location)].find((place) => place && !isOurs(place));
  return [
    projectDiagnostic(wording.code, {
      message: wording.message(match),
      why: wording.why,
      fix: wording.fix(match),
      ...(place ? { position: positionOf(place, lineShift) } : {}),
    }),
  ];
}

/** The list of the definition files, which the bundler begins with, is no file of the author's. */
function isOurs({ file }: Location): boolean {
  return file.startsWith('entry:');
}

/** The bundler counts columns in bytes of UTF-8, from 0. */
function positionOf({ file, line, column, lineText }: Location, lineShift: number): SourcePosition {
  const before = Buffer.from(lineText).subarray(0, column).toString();
  return { file, line: line - lineShift, column: before.length + 1 };
}

/** The first line of a message is a sentence; what follows shows something as it is. */
function sentence(text: string): string {
  const [, first = '', rest = ''] = /^([^\n]*)([^]*)$/.exec(text) ?? [];
  return `${first}${/[.!?:]$/.test(first) ? '' : '.'}${rest}`;
}

/**
 * What a definition threw.
 *
 * @param file the file that was being evaluated
 * @param isAuthors whether a file of a stack frame is one of the project's
 */
export function thrownFault(thrown: unknown, file: string, isAuthors: (file: string) => boolean): Diagnostic {
  const position = thrown instanceof Error ? firstFrame(thrown.stack ?? '', isAuthors) : undefined;
  const message = thrown instanceof Error ? thrown.message || thrown.name : `threw ${describe(thrown)}`;
  return projectDiagnostic('C834', {
    message: sentence(message),
    why: `\`${position?.file ?? file}\` threw ${thrown instanceof Error ? `this ${thrown.name}` : 'it'} while it was read, so nothing of it can be built.`,
    fix:
      thrown instanceof Error
        ? 'Mend what the message names, at this place.'
        : 'Throw an Error, which says where it comes from, and mend its cause.',
    position: position ?? { file, line: 1, column: 1 },
  });
}

/** A definition whose top-level `await` is never answered. */
export function unsettledFault(file: string): Diagnostic {
  return projectDiagnostic('C838', {
    message: `\`${file}\` never finishes.`,
    why: 'It awaits a promise that nothing is going to settle.',
    fix: 'Await only what ends by itself, or leave the `await` out.',
    position: { file, line: 1, column: 1 },
  });
}

const FRAME = /^\s+at (?:.*\()?([^()]+):(\d+):(\d+)\)?$/gm;

function firstFrame(stack: string, isAuthors: (file: string) => boolean): SourcePosition | undefined {
  for (const [, file = '', line, column] of stack.matchAll(FRAME)) {
    if (isAuthors(file)) return { file, line: Number(line), column: Number(column) };
  }
  return undefined;
}

function describe(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : String(value);
}
