/** What the author said is no fault: in the configuration, or by a comment beside the line. */
import { codeEntry } from '../analysis/codes.ts';
import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import { findNamedCode, type NamedCode } from '../diagnostics/code-table.ts';
import type { SourcePosition } from '../source/position.ts';
import type { SuppressionConfig } from './config.ts';
import { pathMatches } from '../diagnostics/path-pattern.ts';

/** A suppression, wherever it was written. */
interface Suppression {
  readonly code: string;
  readonly reason: string;
  readonly where: readonly string[];
  readonly position?: SourcePosition;
  readonly covers: (diagnostic: Diagnostic) => boolean;
  /** It is for files that are no definitions of this project, such as those that are linted. */
  readonly isForOthers?: boolean;
}

/** Text of a project's files by their paths. */
export type Sources = ReadonlyMap<string, string>;

export interface Loudness {
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  readonly suppressions?: readonly SuppressionConfig[];
  readonly configPosition?: SourcePosition;
}

/**
 * Applies severities and suppressions, and reports those that name an unknown code, give no reason or suppress
 * nothing.
 *
 * @param diagnostics of all rooms
 * @param sources where comments are looked for
 * @param codes all that a build can report
 * @param otherCodes of other commands: naming them means nothing here
 */
export function applyLoudness(
  diagnostics: readonly Diagnostic[],
  { severities = {}, suppressions = [], configPosition }: Loudness,
  sources: Sources,
  codes: readonly NamedCode[],
  otherCodes: readonly NamedCode[],
): readonly Diagnostic[] {
  const find = (text: string): NamedCode | undefined => findNamedCode(codes, text);
  const isOwn = (text: string): boolean => find(text) !== undefined || !findNamedCode(otherCodes, text);
  const all = [...suppressions.map((one) => configured(one, configPosition, sources)), ...comments(sources)];
  const used = new Set<Suppression>();
  const kept = diagnostics.filter((diagnostic) => {
    const suppression = all.find(
      (one) => one.reason.trim() !== '' && find(one.code)?.code === diagnostic.code && one.covers(diagnostic),
    );
    if (suppression) used.add(suppression);
    return suppression === undefined;
  });
  const unknown = Object.keys(severities).filter((code) => find(code) === undefined && isOwn(code));
  return [
    ...kept,
    ...all
      .filter((one) => !used.has(one) && isOwn(one.code))
      .flatMap((one) => judged(one, find(one.code) !== undefined) ?? []),
    ...unknown.map((code) =>
      unknownCode(code, 'severities', { where: [], ...(configPosition ? { position: configPosition } : {}) }),
    ),
  ].flatMap((diagnostic) => withSeverity(diagnostic, severities));
}

function withSeverity(
  diagnostic: Diagnostic,
  severities: Readonly<Record<string, Severity | 'off'>>,
): readonly Diagnostic[] {
  const severity = severities[diagnostic.code] ?? severities[diagnostic.name] ?? diagnostic.severity;
  if (severity === 'off') return [];
  return [severity === diagnostic.severity ? diagnostic : { ...diagnostic, severity }];
}

function configured(
  { code, reason, files, where }: SuppressionConfig,
  position: SourcePosition | undefined,
  sources: Sources,
): Suppression {
  return {
    code,
    reason,
    isForOthers: files !== undefined && ![...sources.keys()].some((file) => pathMatches(files, file)),
    where: ['suppressions of the configuration'],
    ...(position ? { position } : {}),
    covers: (diagnostic) => {
      if (files !== undefined && !(diagnostic.position && pathMatches(files, diagnostic.position.file))) return false;
      return where === undefined || diagnostic.where.join(' › ').includes(where);
    },
  };
}

const COMMENT =
  /\/\/\s*dashwright:\s*(disable|disable-file)\s*=\s*([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?:reason:\s*(.*?))?\s*$/;

/**
 * `// dashwright: disable=Q203 reason: …` covers its own line, or the next one where it stands alone;
 * `disable-file` covers the file.
 */
function comments(sources: Sources): readonly Suppression[] {
  return [...sources].flatMap(([file, text]) => {
    if (!text.includes('dashwright:')) return [];
    const lines = text.split('\n');
    return lines.flatMap((line, index) => {
      const match = COMMENT.exec(line);
      if (!match) return [];
      const [, verb, codes = '', reason = ''] = match;
      const alone = line.trimStart().startsWith('//');
      const covered = alone ? nextCodeLine(lines, index) : index + 1;
      return codes.split(',').map((code) => ({
        code: code.trim(),
        reason,
        where: [],
        position: { file, line: index + 1, column: match.index + 1 },
        covers: ({ position }: Diagnostic) =>
          position?.file === file && (verb === 'disable-file' || position.line === covered),
      }));
    });
  });
}

/** Several comments may stand above one line. */
function nextCodeLine(lines: readonly string[], index: number): number {
  let next = index + 1;
  while (lines[next]?.trimStart().startsWith('//')) next += 1;
  return next + 1;
}

/** What is wrong with a suppression that was not used. */
function judged(suppression: Suppression, known: boolean): Diagnostic | undefined {
  const { code, reason, where, position, isForOthers } = suppression;
  const place = { where, ...(position ? { position } : {}) };
  if (!known) return unknownCode(code, 'A suppression', place);
  if (reason.trim() === '') {
    return {
      ...entry('C802'),
      ...place,
      message: `The suppression of ${code} gives no reason.`,
      why: 'Without a reason nobody can tell whether it still holds, so it does not count.',
      fix: 'Say why the fault is none here: `reason: …`.',
    };
  }
  if (isForOthers) return undefined;
  return {
    ...entry('C801'),
    ...place,
    message: `The suppression of ${code} suppresses nothing.`,
    why: `No ${code} is found here (any more).`,
    fix: 'Delete the suppression.',
  };
}

function unknownCode(code: string, what: string, place: Pick<Diagnostic, 'where' | 'position'>): Diagnostic {
  return {
    ...entry('C803'),
    ...place,
    message: `${what === 'severities' ? 'The severities of the configuration name' : `${what} names`} "${code}", which is no code and no name of one.`,
    why: 'It has no effect.',
    fix: 'Take a code or name from `dashwright explain`, which lists them all.',
  };
}

function entry(code: 'C801' | 'C802' | 'C803'): Pick<Diagnostic, 'code' | 'name' | 'severity'> {
  const { name, severity } = codeEntry(code);
  return { code, name, severity };
}
