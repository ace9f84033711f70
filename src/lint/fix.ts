/**
 * Applies the mechanical repairs of diagnostics to a file. Only the characters that a repair replaces change;
 * the result is read again, and a repair after which anything else in the file reads differently is refused.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { readLintedFile } from './files.ts';
import type { LintedFile } from './files.ts';
import { exprsOf } from './exprs.ts';
import type { PlacedDiagnostic } from './placed.ts';
import { applyEdits, editOf } from './text/edit.ts';
import type { FileEdit, TextEdit } from './text/edit.ts';
import type { ScalarText, SourceText } from './text/source-text.ts';
import type { TreeNode } from './tree/node.ts';

export interface RefusedFix {
  readonly diagnostic: Diagnostic;
  readonly why: string;
}

export interface FixedText {
  readonly text: string;
  readonly applied: readonly Diagnostic[];
  readonly refused: readonly RefusedFix[];
}

interface Repair extends FileEdit {
  readonly diagnostic: Diagnostic;
}

/**
 * Repairs what can be repaired at once: of repairs that overlap, the first; the others are left for the next
 * round, when the file has been linted again.
 */
export function fixFile(file: LintedFile, placed: readonly PlacedDiagnostic[]): FixedText {
  const refused: RefusedFix[] = [];
  const repairs: Repair[] = [];
  for (const { diagnostic, expr } of placed) {
    const { replacement } = diagnostic;
    if (replacement === undefined || expr === undefined) continue;
    const edit = editOf(expr, replacement.span, replacement.text);
    if ('refusal' in edit) refused.push({ diagnostic, why: edit.refusal });
    else if (!repairs.some(({ span }) => overlap(span, edit.span))) repairs.push({ ...edit, diagnostic });
  }
  const sound = readsAsIntended(file, repairs) ? repairs : soundRepairs(file, repairs, refused);
  return {
    text: applyEdits(file.source.text, sound),
    applied: sound.map(({ diagnostic }) => diagnostic),
    refused,
  };
}

function overlap(a: TextEdit['span'], b: TextEdit['span']): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** The repairs that leave the file sound, each tried on top of those before it. */
function soundRepairs(file: LintedFile, repairs: readonly Repair[], refused: RefusedFix[]): readonly Repair[] {
  const sound: Repair[] = [];
  for (const repair of repairs) {
    if (readsAsIntended(file, [...sound, repair])) sound.push(repair);
    else {
      const why = 'Written here, the new text would change how the YAML or JSON around it is read.';
      refused.push({ diagnostic: repair.diagnostic, why });
    }
  }
  return sound;
}

/** Whether the repaired file, read again, differs in nothing but the repaired expressions. */
function readsAsIntended(file: LintedFile, repairs: readonly Repair[]): boolean {
  const edits = new Map<ScalarText, TextEdit[]>();
  for (const { scalar, ...edit } of repairs.flatMap(({ levels }) => levels)) {
    edits.set(scalar, [...(edits.get(scalar) ?? []), edit]);
  }
  const intended = (text: SourceText): string =>
    text.type === 'file' ? text.text : applyEdits(text.text, edits.get(text) ?? []);
  const after = readLintedFile({ ...file.source, text: applyEdits(file.source.text, repairs) });
  const exprsBefore = exprsOf(file);
  const exprsAfter = exprsOf(after);
  return (
    after.documents.length === file.documents.length &&
    file.documents.every((document, index) => equal(document, after.documents[index], intended)) &&
    exprsBefore.length === exprsAfter.length &&
    exprsBefore.every((expr, index) => intended(expr) === exprsAfter[index]?.text)
  );
}

function equal(
  before: TreeNode | undefined,
  after: TreeNode | undefined,
  intended: (text: ScalarText) => string,
): boolean {
  if (before === undefined || after === undefined) return before === after;
  if (before.type === 'scalar') {
    return (
      after.type === 'scalar' && typeof before.value === typeof after.value && intended(before.text) === after.text.text
    );
  }
  if (before.type === 'list') {
    return (
      after.type === 'list' &&
      after.items.length === before.items.length &&
      before.items.every((item, index) => equal(item, after.items[index], intended))
    );
  }
  return (
    after.type === 'map' &&
    after.entries.size === before.entries.size &&
    [...before.entries].every(([key, { value }]) => equal(value, after.entries.get(key)?.value, intended))
  );
}
