/**
 * Finds rules and dashboards in a document, whatever it is wrapped in: Kubernetes resources and lists of them,
 * ConfigMaps with JSON or YAML in their keys, API exports.
 */
import { fileDiagnostic } from '../codes.ts';
import { parseJson } from '../tree/json.ts';
import { field, itemsAt, stringAt, valueAt } from '../tree/node.ts';
import type { ParsedText, SyntaxProblem, TreeNode } from '../tree/node.ts';
import { parseYaml } from '../tree/yaml.ts';
import type { SourceText } from '../text/source-text.ts';
import { isClassicDashboard, readClassicDashboard } from './classic-dashboards.ts';
import type { Found } from './reading.ts';
import { readGroups } from './rule-groups.ts';
import { isV2Dashboard, readV2Dashboard } from './v2-dashboards.ts';

/** What comments to the linter begin with. */
export const COMMENT_MARK = 'dashwright:';

const JSON_NAME = /\.json$/i;
const YAML_NAME = /\.(ya?ml|rules|rule|alerts?)$/i;

/** Reads a text by its name's ending, and gives its documents. */
export function readText(found: Found, source: SourceText, name: string): readonly TreeNode[] {
  const parsed = JSON_NAME.test(name) ? parseJson(source) : parseYaml(source, COMMENT_MARK);
  report(found, parsed);
  for (const document of parsed.documents) readDocument(found, document);
  return parsed.documents;
}

/** What holds no rules and no dashboard adds nothing. */
function readDocument(found: Found, node: TreeNode): void {
  if (node.type !== 'map') return;
  const kind = valueAt(node, 'kind');
  if (field(node, 'apiVersion') !== undefined && typeof kind === 'string') readResource(found, node, kind);
  else if (field(node, 'groups') !== undefined) {
    const groups = field(node, 'groups') as TreeNode;
    if (!isGrafanaAlerting(node, groups)) readGroups(found, groups);
  } else readDashboard(found, node, undefined);
}

function readResource(found: Found, node: TreeNode, kind: string): void {
  if (kind === 'List' || (kind.endsWith('List') && field(node, 'items')?.type === 'list')) {
    for (const item of itemsAt(node, 'items')) readDocument(found, item);
  } else if (kind === 'PrometheusRule') {
    const groups = field(node, 'spec', 'groups');
    if (groups !== undefined) readGroups(found, groups);
  } else if (kind === 'ConfigMap') readConfigMap(found, node);
  else if (kind === 'Dashboard') {
    const spec = field(node, 'spec');
    const name = stringAt(node, 'metadata', 'name')?.text;
    if (spec !== undefined) readDashboard(found, spec, name);
  } else if (kind === 'GrafanaDashboard') {
    const json = stringAt(node, 'spec', 'json');
    if (json !== undefined) readText(found, json, '.json');
  }
}

function readDashboard(found: Found, node: TreeNode, name: string | undefined): void {
  const exported = field(node, 'dashboard');
  if (isV2Dashboard(node)) readV2Dashboard(found, node, name);
  else if (isClassicDashboard(node)) readClassicDashboard(found, node);
  else if (exported?.type === 'map') readDashboard(found, exported, name);
  else if (isWrappedSpec(node)) readDashboard(found, field(node, 'spec') as TreeNode, name);
}

/** An export of the v2 API without `apiVersion`. */
function isWrappedSpec(node: TreeNode): boolean {
  const spec = field(node, 'spec');
  return spec?.type === 'map' && (isV2Dashboard(spec) || isClassicDashboard(spec));
}

/** A ConfigMap's keys are file names; other keys are tried only where their text looks like a dashboard or rules. */
function readConfigMap(found: Found, node: TreeNode): void {
  const data = field(node, 'data');
  if (data?.type !== 'map') return;
  for (const [key, { value }] of data.entries) {
    if (value.type !== 'scalar' || typeof value.value !== 'string') continue;
    if (JSON_NAME.test(key)) readText(found, value.text, key);
    else if (YAML_NAME.test(key) && /^\s*("?groups"?|'groups')\s*:/m.test(value.value))
      readText(found, value.text, key);
  }
}

/** A file for Grafana's own alerting has groups too, but its rules have no `expr`. */
function isGrafanaAlerting(node: TreeNode, groups: TreeNode): boolean {
  if (field(node, 'apiVersion') === undefined || groups.type !== 'list') return false;
  return groups.items.some((group) => field(group, 'folder') !== undefined || field(group, 'orgId') !== undefined);
}

function report(found: Found, parsed: ParsedText): void {
  found.comments.push(...parsed.comments);
  for (const problem of parsed.problems) {
    found.diagnostics.push(problem.type === 'syntax' ? syntaxDiagnostic(problem) : duplicateDiagnostic(problem));
  }
}

function syntaxDiagnostic({
  message,
  fix = 'Mend the syntax here.',
  within,
  span,
}: SyntaxProblem): Found['diagnostics'][number] {
  const templated = /\{\{-?\s*[.$\w]/.test(within.text);
  return fileDiagnostic('C821', {
    message: `The file cannot be read: ${message}.`,
    why: 'Nothing in the document can be checked, and neither Prometheus nor Grafana will load it.',
    fix: templated ? `${fix} If the file is a template (Helm, Jinja), lint what it renders to.` : fix,
    within,
    span,
  });
}

function duplicateDiagnostic({ type, message, within, span }: SyntaxProblem): Found['diagnostics'][number] {
  const isJson = type === 'duplicate-json-key';
  return fileDiagnostic(isJson ? 'C823' : 'C822', {
    message: `${message[0]?.toUpperCase()}${message.slice(1)}.`,
    why: isJson
      ? 'Of two values under one key the last one wins, silently.'
      : 'Prometheus refuses a mapping with a repeated key.',
    fix: 'Remove one of the two, or rename it.',
    within,
    span,
  });
}
