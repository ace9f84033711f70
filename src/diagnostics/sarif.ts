import type { Diagnostic, Severity } from './diagnostic.ts';
import { sortDiagnostics } from './order.ts';
import type { SourcePosition } from '../source/position.ts';

/** SARIF's names of the levels (SARIF 2.1.0, 3.27.10). */
const LEVEL: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

export interface SarifOptions {
  /** Version of dashwright. */
  readonly toolVersion: string;
  /** Address of the page of a code, where there is one on the web. */
  readonly helpUri?: (code: string) => string | undefined;
}

/**
 * Diagnostics as a SARIF 2.1.0 log, which code scanning services read.
 * Format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(diagnostics: readonly Diagnostic[], options: SarifOptions): string {
  const sorted = sortDiagnostics(diagnostics);
  const rules = rulesOf(sorted, options);
  const ruleIndex = new Map(rules.map(({ id }, index) => [id, index]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'dashwright', version: options.toolVersion, rules } },
        columnKind: 'utf16CodeUnits',
        results: sorted.map((diagnostic) => result(diagnostic, ruleIndex.get(diagnostic.code) ?? -1)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

interface Rule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly helpUri?: string;
}

function rulesOf(diagnostics: readonly Diagnostic[], { helpUri }: SarifOptions): readonly Rule[] {
  const names = new Map(diagnostics.map(({ code, name }) => [code, name]));
  return [...names]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, name]) => {
      const uri = helpUri?.(code);
      const words = name.replaceAll('-', ' ');
      return { id: code, name, shortDescription: { text: words }, ...(uri === undefined ? {} : { helpUri: uri }) };
    });
}

function result(diagnostic: Diagnostic, ruleIndex: number): object {
  const { code, severity, message, why, fix, position, where, promql, related } = diagnostic;
  const text = [message, promql && `promql: ${promql.text}`, `why: ${why}`, `fix: ${fix}`];
  const location = {
    ...(position ? physical(position) : {}),
    ...(where.length > 0 ? { logicalLocations: [{ fullyQualifiedName: where.join(' › ') }] } : {}),
  };
  const relatedLocations = (related ?? []).flatMap((note, id) =>
    note.position ? [{ id, message: { text: note.message }, ...physical(note.position) }] : [],
  );
  return {
    ruleId: code,
    ruleIndex,
    level: LEVEL[severity],
    message: { text: text.filter((line) => line !== undefined).join('\n') },
    ...(Object.keys(location).length > 0 ? { locations: [location] } : {}),
    ...(relatedLocations.length > 0 ? { relatedLocations } : {}),
  };
}

function physical({ file, line, column }: SourcePosition): object {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return {
    physicalLocation: {
      artifactLocation: file.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: '%SRCROOT%' },
      region: { startLine: line, startColumn: column },
    },
  };
}
