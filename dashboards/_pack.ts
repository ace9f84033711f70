/** What the dashboards of the pack share: their folder, the way from one to the next, and their colours. */
import { folder, override, tagsLink, type Thresholds } from 'dashwright';

export const mlops = folder('MLOps', { uid: 'mlops' });

/** On every dashboard, so that none is a dead end. */
export const neighbours = [tagsLink('MLOps dashboards', ['mlops'])];

/** Of counts of which one is one too many. */
export const noneIsGood: Thresholds = { base: 'green', 1: 'red' };

/** Of the age of a source, in seconds: when to begin to doubt, and when not to believe it any more. */
export const freshFor = (doubt: number, late: number): Thresholds => ({
  base: 'green',
  [doubt]: 'yellow',
  [late]: 'red',
});

/** Of numbers that are neither good nor bad. */
export const neutral: Thresholds = { base: 'blue' };

/** Names the column of values of a table, and shows what the thresholds say of them. */
export const valueColumn = (name: string) => [
  override('Value', { displayName: name, custom: { cellOptions: { type: 'color-text' } } }),
];

/** All means everything, also series that lack the label, and not a list of the values of today. */
export const severalOrAll = { multi: true, includeAll: true, allValue: '.*' } as const;
