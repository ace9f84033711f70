/** The pack as Grafana and Prometheus get it: what lies in out/. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';

const root = join(import.meta.dirname, '../..');

interface Target {
  readonly expr?: string;
  readonly legendFormat?: string;
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly panels?: readonly Panel[];
  readonly targets?: readonly Target[];
  readonly fieldConfig?: {
    readonly defaults: {
      readonly unit?: string;
      readonly noValue?: string;
      readonly thresholds?: { readonly steps: readonly unknown[] };
    };
  };
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly links: readonly unknown[];
  /** Without rows, those of closed rows included. */
  readonly panels: readonly Panel[];
}

export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface TestCase {
  /** `Alert: situation`. */
  readonly name: string;
  /** What is there, annotations included. */
  readonly alert_rule_test?: readonly { readonly exp_alerts: readonly unknown[] }[];
  /** What is there, where the annotations depend on how Prometheus counts in a range. */
  readonly promql_expr_test?: readonly { readonly exp_samples: readonly unknown[] }[];
}

function filesBelow(folder: string, suffix: string): string[] {
  const found = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return found.filter((file) => file.endsWith(suffix)).map((file) => join(root, folder, file));
}

const flat = (panels: readonly Panel[]): Panel[] =>
  panels.flatMap((panel) => (panel.type === 'row' ? flat(panel.panels ?? []) : [panel]));

export function dashboards(): readonly Dashboard[] {
  return filesBelow('out/grafana/dashboards', '.json').map((file) => {
    const dashboard = JSON.parse(readFileSync(file, 'utf8')) as Dashboard;
    return { ...dashboard, panels: flat(dashboard.panels) };
  });
}

export function rules(): readonly Rule[] {
  return filesBelow('out/prometheus/rules', '.yaml').flatMap((file) => {
    const { groups } = parseYaml(readFileSync(file, 'utf8')) as { groups: { rules: Rule[] }[] };
    return groups.flatMap((group) => group.rules);
  });
}

export function unitTests(): readonly TestCase[] {
  return filesBelow('out/prometheus/tests', '.yaml').flatMap(
    (file) => (parseYaml(readFileSync(file, 'utf8')) as { tests: TestCase[] }).tests,
  );
}

/** A page of docs/. */
export function page(path: string): string {
  return readFileSync(join(root, 'docs', path), 'utf8');
}

/** Names of the files in a folder of docs/. */
export function pages(folder: string): readonly string[] {
  return readdirSync(join(root, 'docs', folder)).toSorted();
}
