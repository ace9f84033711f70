import { defineCheck, type Check } from '../check.ts';
import { isNamedFreely } from '../naming.ts';
import { list } from '../wording.ts';

const CAMEL_CASE = /[a-z][A-Z]/;

export const camelCaseName: Check = defineCheck({
  code: 'M109',
  metric(metric) {
    const { name, labels } = metric;
    if (!isNamedFreely(metric)) return undefined;
    const names = [name, ...Object.keys(labels)].filter((one) => CAMEL_CASE.test(one));
    if (names.length === 0) return undefined;
    const snake = names.map((one) => one.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase());
    return {
      message: `${list(names)} ${names.length === 1 ? 'is' : 'are'} written in camelCase.`,
      why: 'Prometheus’ own names and those of its exporters have `_` between words, so nobody remembers the odd one.',
      fix: `Write ${list(snake)}.`,
    };
  },
});
