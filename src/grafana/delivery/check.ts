/** All rules of delivery, in the order in which their findings are reported. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { GRID_RULES } from './grid.ts';
import { IDENTITY_RULES } from './identity.ts';
import { PANEL_RULES } from './panels.ts';
import { REFERENCE_RULES } from './references.ts';
import { diagnosticsOf, type Delivery, type DeliveryRule } from './rule.ts';
import { SCHEMA_RULES } from './schema.ts';
import { SETTING_RULES } from './settings.ts';
import { VARIABLE_RULES } from './variables.ts';

const RULES: readonly DeliveryRule[] = [
  ...IDENTITY_RULES,
  ...PANEL_RULES,
  ...GRID_RULES,
  ...REFERENCE_RULES,
  ...VARIABLE_RULES,
  ...SETTING_RULES,
  ...SCHEMA_RULES,
];

/** What Grafana or its delivery would refuse, lose or show wrongly. */
export function checkDelivery(delivery: Delivery): readonly Diagnostic[] {
  return RULES.flatMap((rule) => diagnosticsOf(rule, delivery));
}
