import { isAtLeast } from '../../promql/options.ts';
import { defineCheck, type Check, type Finding } from '../check.ts';

const METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** A server that is known to accept every name in UTF-8 refuses only empty ones. */
export const invalidName: Check = defineCheck({
  code: 'M108',
  metric({ name, labels }, { server: { version } }) {
    const utf8 = version !== undefined && isAtLeast(version, '3.0');
    const isValid = (text: string, classic: RegExp): boolean => classic.test(text) || (utf8 && text !== '');
    const finding = (what: string, text: string, allowed: string): Finding => ({
      message: `"${text}" is no ${what} name that every Prometheus accepts.`,
      why: `${utf8 ? 'A' : 'Before Prometheus 3.0 a'} scrape with such a name fails as a whole, and all its series are lost.`,
      fix: `Use ${allowed}, and do not begin with a digit.`,
    });
    return [
      ...(isValid(name, METRIC) ? [] : [finding('metric', name, 'letters, digits, `_` and `:`')]),
      ...Object.keys(labels)
        .filter((label) => !isValid(label, LABEL))
        .map((label) => finding('label', label, 'letters, digits and `_`')),
    ];
  },
});
