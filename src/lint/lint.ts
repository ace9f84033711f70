/** From files to diagnostics. */
import { analyseProject } from '../analysis/analyse.ts';
import { findCode } from '../analysis/codes.ts';
import type { Settings } from '../analysis/settings.ts';
import { createWorld } from '../analysis/world.ts';
import type { WorldOptions } from '../analysis/world.ts';
import { findNamedCode, type NamedCode } from '../diagnostics/code-table.ts';
import { sortDiagnostics } from '../diagnostics/order.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Catalogue } from '../metrics/model.ts';
import { readFiles, readLintedFile } from './files.ts';
import type { LintedFile } from './files.ts';
import { exprsOf } from './exprs.ts';
import { fixFile } from './fix.ts';
import type { RefusedFix } from './fix.ts';
import type { PlacedDiagnostic } from './placed.ts';
import { subjectsOf } from './subjects.ts';
import type { ConfiguredSuppression } from './suppression/configured.ts';
import { ownCode, suppress } from './suppression/suppress.ts';

export interface LintOptions {
  /** Closes the world: what it does not name does not exist. Without it, metrics can be anything. */
  readonly catalogue?: Catalogue;
  /** Uses the catalogue for what it names, and lets everything else be anything. */
  readonly open?: boolean;
  readonly server?: WorldOptions['server'];
  readonly settings?: Settings;
  readonly suppressions?: readonly ConfiguredSuppression[];
  /** Codes of other commands: settings and suppressions may name them, and that means nothing here. */
  readonly otherCodes?: readonly NamedCode[];
}

export interface LintResult {
  readonly diagnostics: readonly Diagnostic[];
  /** How many were suppressed. */
  readonly suppressed: number;
  readonly files: number;
  /** Expressions of rules, panels, variables and annotations. */
  readonly expressions: number;
  /** Files of folders that hold neither rules nor dashboards. */
  readonly skipped: readonly string[];
}

interface FixedFile {
  readonly path: string;
  readonly text: string;
  readonly applied: number;
}

export interface FixResult extends LintResult {
  /** Files whose text has changed; nothing has been written. */
  readonly fixed: readonly FixedFile[];
  readonly refused: readonly RefusedFix[];
}

/**
 * Says what is wrong with rules and dashboards in files.
 *
 * All files are one project: recording rules of one are metrics for the others.
 *
 * @throws LintPathError when a path does not exist or cannot be read
 */
export function lintFiles(paths: readonly string[], options: LintOptions = {}): LintResult {
  const { files, skipped } = readFiles(paths);
  return resultOf(files, skipped, judge(files, options), options);
}

/** A repair can uncover another one; that this never ends is a fault of a check, not of the file. */
const ROUNDS = 10;

/**
 * Lints, and repairs in memory what has a mechanical repair, until nothing is left to repair.
 *
 * @returns the diagnostics that are left, and the new texts
 * @throws LintPathError when a path does not exist or cannot be read
 */
export function lintAndFix(paths: readonly string[], options: LintOptions = {}): FixResult {
  const { files: originals, skipped } = readFiles(paths);
  const applied = new Map<string, number>();
  let files = originals;
  let judged = judge(files, options);
  let refused: readonly RefusedFix[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const fixes = files.map((file) => ({
      file,
      ...fixFile(
        file,
        judged.placed.filter((one) => one.file === file.source),
      ),
    }));
    refused = fixes.flatMap((fix) => fix.refused);
    if (fixes.every((fix) => fix.applied.length === 0)) break;
    for (const { file, applied: repairs } of fixes) {
      applied.set(file.source.path, (applied.get(file.source.path) ?? 0) + repairs.length);
    }
    files = fixes.map(({ file, text }) =>
      text === file.source.text ? file : readLintedFile({ ...file.source, text }),
    );
    judged = judge(files, options);
  }
  const fixed = files
    .filter((file, index) => file.source.text !== originals[index]?.source.text)
    .map(({ source: { path, text } }) => ({ path, text, applied: applied.get(path) ?? 0 }));
  return { ...resultOf(files, skipped, judged, options), fixed, refused };
}

interface Judged {
  /** What was not suppressed, with the file and expression that it is about. */
  readonly placed: readonly PlacedDiagnostic[];
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressed: number;
}

function judge(
  files: readonly LintedFile[],
  { catalogue, open, server, settings = {}, suppressions = [], otherCodes = [] }: LintOptions,
): Judged {
  const { project, records, exprAt } = subjectsOf(files);
  const world = createWorld({
    ...(catalogue === undefined ? {} : { catalogue }),
    ...(server === undefined ? {} : { server }),
    closed: catalogue !== undefined && open !== true,
    rules: records,
  });
  const byPath = new Map(files.map((file) => [file.source.path, file]));
  const analysed = analyseProject(project, world, { settings: ofTheAnalysis(settings, otherCodes) });
  const placed: PlacedDiagnostic[] = files.flatMap(({ source, diagnostics }) =>
    diagnostics.map((diagnostic) => ({ diagnostic, file: source })),
  );
  const elsewhere: Diagnostic[] = [];
  for (const diagnostic of analysed) {
    const { position } = diagnostic;
    const file = position && byPath.get(position.file)?.source;
    const expr = position && exprAt(position);
    if (file === undefined) elsewhere.push(diagnostic);
    else placed.push({ diagnostic, file, ...(expr === undefined ? {} : { expr }) });
  }
  const own = suppressions.filter(({ code }) => ownCode(code) !== undefined || !findNamedCode(otherCodes, code));
  const { kept, extra, suppressed } = suppress(placed, files, own);
  const diagnostics = [...kept.map(({ diagnostic }) => diagnostic), ...extra, ...elsewhere];
  return { placed: kept, diagnostics, suppressed };
}

/** The settings without the codes that others report than the analysis. Those that nobody reports stay. */
function ofTheAnalysis(settings: Settings, otherCodes: readonly NamedCode[]): Settings {
  const severities = Object.entries(settings.severities ?? {}).filter(
    ([code]) => findCode(code) !== undefined || !(ownCode(code) ?? findNamedCode(otherCodes, code)),
  );
  return { ...settings, severities: Object.fromEntries(severities) };
}

function resultOf(
  files: readonly LintedFile[],
  skipped: readonly string[],
  { diagnostics, suppressed }: Judged,
  { settings }: LintOptions,
): LintResult {
  return {
    diagnostics: sortDiagnostics(diagnostics.flatMap((diagnostic) => withSeverity(diagnostic, settings) ?? [])),
    suppressed,
    files: files.length,
    expressions: files.reduce((count, file) => count + exprsOf(file).length, 0),
    skipped,
  };
}

/** The severity that the settings give, for the codes that this room reports itself. */
function withSeverity(diagnostic: Diagnostic, settings: Settings | undefined): Diagnostic | undefined {
  const severity = settings?.severities?.[diagnostic.code] ?? settings?.severities?.[diagnostic.name];
  if (severity === 'off') return undefined;
  return severity === undefined ? diagnostic : { ...diagnostic, severity };
}
