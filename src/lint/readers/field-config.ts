/** Unit, thresholds and limits of a panel, in today's field options and in those of the old panels. */
import type { LintedPanel } from '../model.ts';
import { field, itemsAt, stringAt, valueAt } from '../tree/node.ts';
import type { TreeNode } from '../tree/node.ts';
import { textOf } from './reading.ts';

type FieldSettings = Pick<LintedPanel, 'unit' | 'thresholds' | 'min' | 'max'>;

/**
 * @param panel the panel; old ones have `format`, `yaxes` and their thresholds beside the targets
 * @param fieldConfig `defaults` and `overrides`, where the panel has them
 */
export function fieldSettings(panel: TreeNode, fieldConfig: TreeNode | undefined): FieldSettings {
  const defaults = field(fieldConfig, 'defaults');
  const unit = someSeriesDiffer(panel, fieldConfig)
    ? undefined
    : (stringAt(defaults, 'unit') ?? stringAt(panel, 'yaxes', 0, 'format') ?? stringAt(panel, 'format'));
  const min = valueAt(defaults, 'min');
  const max = valueAt(defaults, 'max');
  return {
    ...(unit === undefined || unit.text === '' ? {} : { unit }),
    thresholds: thresholdsOf(panel, defaults),
    ...(typeof min === 'number' ? { min } : {}),
    ...(typeof max === 'number' ? { max } : {}),
  };
}

/** Some series get another unit, so the panel's says nothing about a single query. */
function someSeriesDiffer(panel: TreeNode, fieldConfig: TreeNode | undefined): boolean {
  const overridden = itemsAt(fieldConfig, 'overrides').some((override) =>
    itemsAt(override, 'properties').some((property) => valueAt(property, 'id') === 'unit'),
  );
  return overridden || itemsAt(panel, 'seriesOverrides').some((override) => valueAt(override, 'yaxis') === 2);
}

function thresholdsOf(panel: TreeNode, defaults: TreeNode | undefined): LintedPanel['thresholds'] {
  const modern = field(defaults, 'thresholds');
  if (modern !== undefined && valueAt(modern, 'mode') === 'percentage') return [];
  const steps = modern === undefined ? itemsAt(panel, 'thresholds') : itemsAt(modern, 'steps');
  return steps.flatMap((step) => {
    const value = valueAt(step, 'value');
    const text = textOf(field(step, 'value'));
    return typeof value === 'number' && text !== undefined ? [{ value, text }] : [];
  });
}
