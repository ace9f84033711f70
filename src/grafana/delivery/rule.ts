/** What a rule of delivery is, and how its findings become diagnostics. */
import { codeOf } from '../../diagnostics/code-table.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { CapturedPosition } from '../../source/position.ts';
import type { CompiledDashboard, PanelSource } from '../compile/dashboard.ts';
import type { DashboardContext } from '../context.ts';
import type { PanelModel, RowModel } from '../model.ts';
import type { Validators } from '../schema/validators.ts';
import { DELIVERY_CODES, type DeliveryRuleCode } from './codes.ts';

/** What the rules look at: every dashboard of the project, compiled. */
export interface Delivery {
  readonly dashboards: readonly CompiledDashboard[];
  /** The text of each dashboard's file, in the same order. */
  readonly texts: readonly string[];
  readonly context: DashboardContext;
  readonly validators: Validators;
}

/** Something that a rule found. */
export interface Finding {
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly where: readonly string[];
  readonly position?: CapturedPosition;
  readonly related?: readonly { readonly message: string; readonly position: CapturedPosition }[];
}

export interface DeliveryRule {
  readonly code: DeliveryRuleCode;
  readonly check: (delivery: Delivery) => readonly Finding[];
}

/** A rule that looks at one dashboard at a time. */
export function dashboardRule(
  code: DeliveryRuleCode,
  check: (dashboard: CompiledDashboard, delivery: Delivery) => readonly Finding[],
): DeliveryRule {
  return { code, check: (delivery) => delivery.dashboards.flatMap((dashboard) => check(dashboard, delivery)) };
}

/** A rule that looks at one panel at a time. */
export function panelRule(
  code: DeliveryRuleCode,
  check: (source: PanelSource, dashboard: CompiledDashboard, delivery: Delivery) => readonly Finding[],
): DeliveryRule {
  return dashboardRule(code, (dashboard, delivery) =>
    dashboard.panels.flatMap((source) => check(source, dashboard, delivery)),
  );
}

export function dashboardWhere(dashboard: CompiledDashboard): readonly string[] {
  return [`dashboard "${dashboard.model.title}"`];
}

/** From outer to inner: dashboard, row, panel. */
export function panelWhere(dashboard: CompiledDashboard, panel: PanelModel, row?: RowModel): readonly string[] {
  const rowPart = row === undefined ? [] : [`row "${row.title}"`];
  return [...dashboardWhere(dashboard), ...rowPart, `panel "${panel.title}"`];
}

/** The diagnostics of a rule. */
export function diagnosticsOf(rule: DeliveryRule, delivery: Delivery): readonly Diagnostic[] {
  const code = codeOf(DELIVERY_CODES, rule.code);
  return rule.check(delivery).map((finding): Diagnostic => {
    const { message, why, fix, where } = finding;
    const position = finding.position?.resolve();
    const related = finding.related?.map((other) => ({ message: other.message, ...positioned(other.position) }));
    return {
      ...code,
      message,
      why,
      fix,
      where,
      ...(position === undefined ? {} : { position }),
      ...(related === undefined ? {} : { related }),
    };
  });
}

function positioned(captured: CapturedPosition): Pick<Diagnostic, 'position'> {
  const position = captured.resolve();
  return position === undefined ? {} : { position };
}
