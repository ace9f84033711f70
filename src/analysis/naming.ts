/** Rules for names of metrics: those of promlint and OpenMetrics, as far as a catalogue can be held to them. */
import type { MetricModel } from '../metrics/model.ts';
import { own } from '../metrics/own.ts';
import { measureOf, type UnitName } from '../metrics/units.ts';

/** Whether the rules of naming are for this metric: not for what rules record, nor for names that are as exposed. */
export function isNamedFreely({ recordedBy, nameAsExposed }: MetricModel): boolean {
  return recordedBy === undefined && nameAsExposed !== true;
}

/** The words of a name, without the suffix that says the kind. */
export function wordsOf(name: string): readonly string[] {
  return name.replace(/_(?:total|info)$/, '').split('_');
}

/** What each word for a unit measures, in the catalogue's units. */
const UNIT_WORDS: Readonly<Record<string, UnitName>> = {
  seconds: 'seconds',
  milliseconds: 'milliseconds',
  microseconds: 'microseconds',
  nanoseconds: 'nanoseconds',
  minutes: 'minutes',
  hours: 'hours',
  days: 'days',
  bytes: 'bytes',
  kibibytes: 'kibibytes',
  mebibytes: 'mebibytes',
  gibibytes: 'gibibytes',
  bits: 'bits',
  ratio: 'ratio',
  percent: 'percent',
  celsius: 'celsius',
  watts: 'watts',
  joules: 'joules',
  millijoules: 'millijoules',
  hertz: 'hertz',
  volts: 'volts',
  amperes: 'amperes',
  grams: 'grams',
  meters: 'meters',
};

/** Words that are no base unit, and the base unit to use. */
const BASE_OF: Readonly<Record<string, string>> = {
  milliseconds: 'seconds',
  microseconds: 'seconds',
  nanoseconds: 'seconds',
  minutes: 'seconds',
  hours: 'seconds',
  days: 'seconds',
  weeks: 'seconds',
  kilobytes: 'bytes',
  megabytes: 'bytes',
  gigabytes: 'bytes',
  kibibytes: 'bytes',
  mebibytes: 'bytes',
  gibibytes: 'bytes',
  bits: 'bytes',
  percent: 'ratio',
  fahrenheit: 'celsius',
  millijoules: 'joules',
  kilojoules: 'joules',
  calories: 'joules',
  millivolts: 'volts',
  milliamperes: 'amperes',
  kilograms: 'grams',
  milligrams: 'grams',
  pounds: 'grams',
  ounces: 'grams',
  inches: 'meters',
  yards: 'meters',
  miles: 'meters',
  kilometers: 'meters',
  millimeters: 'meters',
  timestamp_milliseconds: 'timestamp_seconds',
};

/** Abbreviations that promlint knows, and the word for each. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  s: 'seconds',
  ms: 'seconds',
  us: 'seconds',
  ns: 'seconds',
  sec: 'seconds',
  m: 'seconds',
  h: 'seconds',
  d: 'seconds',
  b: 'bytes',
  kb: 'bytes',
  mb: 'bytes',
  gb: 'bytes',
  tb: 'bytes',
  pb: 'bytes',
};

/** The base unit to use instead of a word that is none. */
export function baseOf(word: string): string | undefined {
  return own(BASE_OF, word);
}

/** The word that an abbreviation stands for. */
export function wordFor(abbreviation: string): string | undefined {
  return own(ABBREVIATIONS, abbreviation);
}

/** Whether a word is the name of a unit. */
export function isUnitWord(word: string): boolean {
  return Object.hasOwn(UNIT_WORDS, word);
}

/** The first abbreviation of a unit in a name. */
export function abbreviationIn(name: string): string | undefined {
  return wordsOf(name)
    .slice(1)
    .find((word) => wordFor(word) !== undefined);
}

/** The unit that the last word of a name says; `undefined` where it says none. */
export function unitInName(name: string): UnitName | undefined {
  return own(UNIT_WORDS, wordsOf(name).at(-1) ?? '');
}

/** Whether a unit is what a word says: also per second of it, and a moment in it. */
export function agrees(word: UnitName, unit: UnitName): boolean {
  const base = unit.replace(/\/second$/, '').replace(/^timestamp_/, '') as UnitName;
  const [a, b] = [measureOf(word), measureOf(base)];
  return a.dimension === b.dimension && a.factor === b.factor;
}
