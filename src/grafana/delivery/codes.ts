/**
 * What Grafana and its delivery paths demand of dashboards: one row for each rule, by which `explain`, the
 * documentation and the rules themselves know it. Codes are never used again.
 */
import { codeEntries, type CodeEntry, type CodeRow } from '../../diagnostics/code-table.ts';

/** This room's share of the codes. */
export type DeliveryRuleCode = `D6${5 | 6 | 7}${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;

const ROWS: readonly CodeRow<DeliveryRuleCode>[] = [
  ['D650', 'dashboard-uid', 'error', 'uid that Grafana does not accept'],
  ['D651', 'duplicate-dashboard-uid', 'error', 'Two dashboards with one uid'],
  ['D652', 'dashboard-title', 'error', 'Title that is empty or too long'],
  ['D653', 'duplicate-dashboard-title', 'error', 'Two dashboards with one title in one folder'],
  ['D654', 'dashboard-folder', 'error', 'Folder that Grafana does not accept, or that is given two uids'],
  ['D655', 'panel-without-title', 'warning', 'Panel without a title'],
  ['D656', 'panel-without-description', 'warning', 'Panel without a description'],
  ['D657', 'panel-without-query', 'error', 'Panel that has nothing to show'],
  ['D658', 'panel-grid', 'error', 'Panel outside of the 24 columns or on top of another'],
  ['D659', 'panel-id', 'error', 'Panel id that is not positive or not unique'],
  ['D660', 'panel-key', 'warning', 'Panels that only their order tells apart'],
  ['D661', 'ref-id', 'error', 'Two queries of a panel with one letter'],
  ['D662', 'datasource-reference', 'error', 'Data source that nothing declares'],
  ['D663', 'repeat-variable', 'error', 'Repetition by a variable that the dashboard does not declare'],
  ['D664', 'variable-in-text', 'warning', 'Title, text or link with a variable that nothing declares'],
  ['D665', 'variable-name', 'error', 'Variable name that Grafana does not accept or that is taken'],
  ['D666', 'variable-choices', 'error', 'Variable without a choice, or that opens with one it does not offer'],
  ['D667', 'time-setting', 'error', 'Time, refresh or interval that Grafana cannot read'],
  ['D668', 'field-options', 'error', 'Thresholds, limits or mappings that contradict themselves'],
  ['D669', 'dashboard-size', 'info', 'Dashboard too large for a ConfigMap'],
  ['D670', 'dashboard-schema', 'error', 'Options that Grafana does not know'],
  ['D671', 'panel-options', 'error', 'Options that the Foundation SDK refuses'],
  ['D672', 'link-target', 'error', 'Link that leads nowhere'],
  ['D673', 'indistinct-series', 'warning', 'Queries of a panel whose series have one name'],
  ['D674', 'label-values-selector', 'error', 'Values of a label of something that is no selector'],
  ['D675', 'datasource-settings', 'error', 'Data source that Grafana does not accept'],
];

/** Every rule of this room, by code. */
export const DELIVERY_CODES: readonly CodeEntry<DeliveryRuleCode>[] = codeEntries(ROWS);
