/** Reads a text as if it stood in a file of that name. */
import { readLintedFile } from '../../src/lint/files.ts';
import type { LintedFile } from '../../src/lint/files.ts';
import { positionOf } from '../../src/lint/text/source-text.ts';
import type { SourceText } from '../../src/lint/text/source-text.ts';

export function readYaml(text: string): LintedFile {
  return readLintedFile({ type: 'file', path: 'file.yaml', text });
}

export function readJson(value: unknown): LintedFile {
  return readJsonText(JSON.stringify(value, null, 2));
}

export function readJsonText(text: string): LintedFile {
  return readLintedFile({ type: 'file', path: 'file.json', text });
}

/** `line:column text` of a text found in a file. */
export function at(source: SourceText | undefined): string {
  if (source === undefined) return 'nothing';
  const { line, column } = positionOf(source);
  return `${line}:${column} ${source.text}`;
}

/** Code, place and message of each diagnostic. */
export function faults(file: LintedFile): readonly string[] {
  return file.diagnostics.map(
    ({ code, position, message }) => `${code} ${position?.line}:${position?.column} ${message}`,
  );
}

export function expressions(file: LintedFile): readonly string[] {
  return [
    ...file.groups.flatMap(({ rules }) => rules.map(({ expr }) => at(expr))),
    ...file.dashboards.flatMap(({ panels, variables, annotations }) => [
      ...panels.flatMap(({ queries }) => queries.map(({ expr }) => at(expr))),
      ...variables.flatMap(({ query }) => (query === undefined ? [] : [at(query)])),
      ...annotations.map(({ query }) => at(query.expr)),
    ]),
  ];
}
