/** Where the files of Prometheus lie in the output folder. */

/** Rule files, and nothing else: the folder that Prometheus mounts. */
export const RULES_FOLDER = 'prometheus/rules';
/** Unit tests of the rules: beside the folder of the rules, because Prometheus would take them for rule files. */
export const TESTS_FOLDER = 'prometheus/tests';
export const CONFIGURATION_FILE = 'prometheus/prometheus.yml';

/**
 * The file of a group.
 *
 * @returns letters, digits, ".", "_" and "-" only, in lower case so that two groups never differ by case alone
 */
export function ruleFileName(group: string): string {
  const slug = group
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
  return `${slug === '' ? 'group' : slug}.yaml`;
}
