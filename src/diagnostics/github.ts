import type { Diagnostic, Severity } from './diagnostic.ts';
import { sortDiagnostics } from './order.ts';

/** GitHub's names of the levels: https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
const COMMAND: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/**
 * Diagnostics as workflow commands, which GitHub Actions shows at the lines of a pull request.
 *
 * @returns one line each; the empty string where there is nothing to say
 */
export function renderGithub(diagnostics: readonly Diagnostic[]): string {
  return sortDiagnostics(diagnostics)
    .map((diagnostic) => `${annotation(diagnostic)}\n`)
    .join('');
}

function annotation({ severity, code, name, message, why, fix, position, where, promql }: Diagnostic): string {
  const properties: Record<string, string> = { title: `${code} ${name}` };
  if (position) {
    properties['file'] = position.file;
    properties['line'] = String(position.line);
    properties['col'] = String(position.column);
  }
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  const text = [
    message,
    where.length > 0 && `at: ${where.join(' › ')}`,
    promql && `promql: ${promql.text}`,
    `why: ${why}`,
    `fix: ${fix}`,
  ].filter((line) => typeof line === 'string');
  return `::${COMMAND[severity]} ${list.join(',')}::${escapeData(text.join('\n'))}`;
}
