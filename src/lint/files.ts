/** Finds the files to lint: those named, and below a folder all that have a name of YAML or JSON. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileDiagnostic } from './codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { whyUnreadable } from '../diagnostics/system-refusal.ts';
import type { LintedDashboard, LintedGroup } from './model.ts';
import { otherUse, PROGRAM } from './other-files.ts';
import { readText } from './readers/documents.ts';
import type { Found } from './readers/reading.ts';
import { ruleFaults } from './readers/rule-faults.ts';
import type { FileText } from './text/source-text.ts';
import type { Comment, TreeNode } from './tree/node.ts';

const LINTED_NAME = /\.(json|ya?ml|rules|rule)$/i;

/** A path on the command line cannot be read: the user's mistake, not a fault of the file's contents. */
export class LintPathError extends Error {
  override readonly name = 'LintPathError';
}

/** A file with all that was found in it. */
export interface LintedFile {
  readonly source: FileText;
  readonly groups: readonly LintedGroup[];
  readonly dashboards: readonly LintedDashboard[];
  /** The documents as they stand, for comparing two readings. */
  readonly documents: readonly TreeNode[];
  readonly comments: readonly Comment[];
  /** What is wrong with the file itself: its syntax or its shape. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface FilesToLint {
  readonly files: readonly LintedFile[];
  /** YAML and JSON files below a folder that hold neither rules nor dashboards. */
  readonly skipped: readonly string[];
}

/**
 * Reads files and folders.
 *
 * A file of a folder that holds neither rules nor dashboards is skipped, even one whose syntax is broken where
 * nothing in its text hints at rules or a dashboard; a file that was named itself is then a diagnostic.
 *
 * @throws LintPathError when a path does not exist or cannot be read
 */
export function readFiles(paths: readonly string[]): FilesToLint {
  const files: LintedFile[] = [];
  const skipped: string[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    const named = !isFolder(path);
    if (named && PROGRAM.test(path)) {
      throw new LintPathError(
        `"${path}" cannot be linted: it is a program, not YAML or JSON. The definitions of a project are checked with \`dashwright check\`.`,
      );
    }
    for (const file of named ? [path] : filesBelow(path)) {
      if (seen.has(file)) continue;
      seen.add(file);
      const linted = readLintedFile({ type: 'file', path: file, text: readUtf8(file) });
      const isEmpty = linted.groups.length === 0 && linted.dashboards.length === 0;
      if (!isEmpty || (!named && linted.diagnostics.length > 0 && looksLintable(linted.source.text)))
        files.push(linted);
      else if (named) files.push(withNothingFound(linted));
      else skipped.push(file);
    }
  }
  return { files, skipped };
}

/** Reads one file's text. */
export function readLintedFile(source: FileText): LintedFile {
  const found: Found = { groups: [], dashboards: [], comments: [], diagnostics: [] };
  const documents = readText(found, source, source.path);
  return { source, documents, ...found, diagnostics: [...found.diagnostics, ...ruleFaults(found.groups)] };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw unreadable(path, error);
  }
}

function filesBelow(folder: string): readonly string[] {
  const files: string[] = [];
  const visit = (path: string): void => {
    const entries = readdirSync(path, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const inside = join(path, entry.name);
      if (entry.isDirectory()) visit(inside);
      else if (LINTED_NAME.test(entry.name) && (entry.isFile() || (entry.isSymbolicLink() && isFile(inside))))
        files.push(inside);
    }
  };
  try {
    visit(folder);
  } catch (error) {
    throw unreadable(folder, error);
  }
  return files;
}

/** A ConfigMap's files are mounted as symbolic links; one that leads nowhere is left out. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function readUtf8(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): LintPathError {
  const { path: inside = path } = error as NodeJS.ErrnoException;
  const { why, fix } = whyUnreadable(error, resolve(inside));
  return new LintPathError(`"${path}" cannot be linted: ${why}. ${fix}`);
}

/** A broken file of a folder is worth a word only where it seems to be a rule file or a dashboard. */
function looksLintable(text: string): boolean {
  return /(?:^|[{,])\s*-?\s*"?(groups|expr|panels|elements)"?\s*:/m.test(text);
}

function withNothingFound(file: LintedFile): LintedFile {
  const use = otherUse(file.source);
  if (file.diagnostics.length > 0 && use === undefined) return file;
  const diagnostic = fileDiagnostic('C825', {
    message: 'The file holds neither Prometheus rules nor a Grafana dashboard.',
    why:
      'Rule files (`groups:`), PrometheusRule resources, ConfigMaps with rules or dashboards, and dashboards in ' +
      "Grafana's classic and version 2 JSON, bare or wrapped, are what is read.",
    fix: use ?? 'Name another file, or a folder: in folders, other files are skipped.',
    within: file.source,
    span: { start: 0, end: 0 },
  });
  return { ...file, diagnostics: [diagnostic] };
}
