/** What readers share: where they put what they find, and how they ask a tree for a text. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { fileDiagnostic } from '../codes.ts';
import type { LintedDashboard, LintedGroup } from '../model.ts';
import { field } from '../tree/node.ts';
import type { Comment, MapNode, ScalarNode, TreeNode } from '../tree/node.ts';
import type { SourceText } from '../text/source-text.ts';

/** What has been found in a file so far. */
export interface Found {
  readonly groups: LintedGroup[];
  readonly dashboards: LintedDashboard[];
  readonly comments: Comment[];
  readonly diagnostics: Diagnostic[];
}

/** Says that a part of the file is not as Prometheus or Grafana wants it. */
export function reportShape(
  found: Found,
  node: TreeNode,
  where: readonly string[],
  [message, why, fix]: readonly [message: string, why: string, fix: string],
): void {
  found.diagnostics.push(fileDiagnostic('C824', { message, why, fix, within: node.within, span: node.span, where }));
}

const TYPES = { map: 'a mapping', list: 'a list', scalar: 'a single value' } as const;

/** What a node is, in words. */
export function kindOf(node: TreeNode): string {
  return node.type === 'scalar' && node.value === null ? 'nothing' : TYPES[node.type];
}

/** A scalar of any type as it is written: Prometheus reads `severity: 1` as the text "1". */
export function textOf(node: TreeNode | undefined): SourceText | undefined {
  return node?.type === 'scalar' && node.value !== null ? node.text : undefined;
}

/**
 * The field where it is a mapping; a field of another type is reported.
 *
 * @returns nothing where it is missing or of another type
 */
export function mapField(found: Found, node: MapNode, key: string, where: readonly string[]): MapNode | undefined {
  const value = field(node, key);
  if (value === undefined || value.type === 'map' || isNull(value)) return value?.type === 'map' ? value : undefined;
  reportShape(found, value, where, [
    `\`${key}\` must be a mapping, but it is ${kindOf(value)}.`,
    'Prometheus refuses a file with a field of the wrong type.',
    `Write \`${key}:\` with indented \`name: value\` lines below it.`,
  ]);
  return undefined;
}

function isNull(node: TreeNode): node is ScalarNode {
  return node.type === 'scalar' && node.value === null;
}
