/** All checks of this room. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ExporterModel } from '../../metrics/model.ts';
import type { ResolvedOptions } from '../compile/options.ts';
import { sharedAlertNames } from '../compile/unit-tests.ts';
import type { RuleGroup } from '../model.ts';
import { checkCases } from './cases.ts';
import { checkDuplicates } from './duplicates.ts';
import { checkExporters } from './exporters.ts';
import { checkNames } from './names.ts';
import { checkRunbooks } from './runbooks.ts';
import { checkTemplates } from './templates.ts';
import { checkTimes } from './times.ts';

/**
 * What is wrong with the rules as such.
 *
 * @param groups in the order in which they are written
 */
export function checkRules(
  groups: readonly RuleGroup[],
  exporters: readonly ExporterModel[],
  options: ResolvedOptions,
): readonly Diagnostic[] {
  const { prometheusVersion } = options;
  const templates = groups.flatMap((group) => checkTemplates(group, prometheusVersion));
  const readable = !templates.some(({ code }) => code === 'R755');
  const sharedNames = sharedAlertNames(groups);
  return [
    ...checkNames(groups),
    ...checkDuplicates(groups),
    ...groups.flatMap((group) => [...checkTimes(group, prometheusVersion), ...checkRunbooks(group, options)]),
    ...templates,
    // What a test expects is compared with the templates, which must be readable for that.
    ...(readable ? groups.flatMap((group) => checkCases(group, sharedNames, options)) : []),
    ...checkExporters(exporters),
  ];
}
