/** Where the files of Prometheus lie in the output folder. */
import { printDuration } from '../../promql/duration.ts';

/** Rule files, and nothing else: the folder that Prometheus mounts. */
export const RULES_FOLDER = 'prometheus/rules';
/** Unit tests of the rules: beside the folder of the rules, because Prometheus would take them for rule files. */
export const TESTS_FOLDER = 'prometheus/tests';
export const CONFIGURATION_FILE = 'prometheus/prometheus.yml';

/**
 * The file of a group.
 *
 * @returns letters, digits, "_" and "-" only, in lower case so that two groups never differ by case alone
 */
export function ruleFileName(group: string): string {
  return `${slug(group)}.yaml`;
}

/**
 * The file of a group's tests.
 *
 * @param every milliseconds between evaluations where they are not the group's; behind a dot, which no group
 *   has in its file's name
 */
export function testFileName(group: string, every: number | undefined): string {
  return every === undefined ? ruleFileName(group) : `${slug(group)}.${printDuration(every)}.yaml`;
}

function slug(group: string): string {
  const words = group
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return words === '' ? 'group' : words;
}
