import type { UnitName } from '../../metrics/units.ts';
import { defineCheck, type Check, type Finding } from '../check.ts';
import { uniteSources } from '../facts/source.ts';
import { valueFunctions } from '../templates.ts';

interface Meant {
  readonly takes: string;
  readonly fits: (unit: UnitName) => boolean;
}

const FUNCTIONS: Readonly<Record<string, Meant>> = {
  humanizePercentage: { takes: 'a ratio between 0 and 1', fits: (unit) => unit === 'ratio' },
  humanizeDuration: { takes: 'seconds', fits: (unit) => unit === 'seconds' },
  humanizeTimestamp: { takes: 'seconds since 1970', fits: (unit) => unit === 'timestamp_seconds' },
  humanize1024: { takes: 'bytes or bits', fits: (unit) => /byte|bit/.test(unit) },
};

/** Units that say too little to tell: a count divided by a count is a ratio as well. */
const VAGUE: ReadonlySet<UnitName> = new Set<UnitName>(['count', 'count/second']);

export const humanizeWrongUnit: Check = defineCheck({
  code: 'Q507',
  query(query) {
    if (query.place.type !== 'alert') return undefined;
    const { unit } = uniteSources(query.facts.root.sources);
    if (unit === undefined) return undefined;
    return valueFunctions(query.place).flatMap(({ func, part, text }): Finding[] => {
      const meant = FUNCTIONS[func];
      if (
        !meant ||
        meant.fits(unit) ||
        (VAGUE.has(unit) && func !== 'humanizeTimestamp' && func !== 'humanizeDuration')
      )
        return [];
      return [
        {
          part,
          message: `\`${text}\` takes ${meant.takes}, but the value of the alert is in ${unit}.`,
          why:
            func === 'humanizePercentage'
              ? 'It multiplies by 100, so a percentage of 95 is shown as 9500%.'
              : 'The text shows a wrong number with a wrong unit.',
          fix: fixOf(func, unit),
        },
      ];
    });
  },
});

function fixOf(func: string, unit: UnitName): string {
  if (func === 'humanizePercentage' && unit === 'percent')
    return 'Leave `* 100` out of the query, or print the value with `printf "%.1f%%"`.';
  if (unit === 'ratio') return 'Use `humanizePercentage`.';
  if (unit === 'seconds') return 'Use `humanizeDuration`.';
  return 'Convert the value in the query, or use `humanize`.';
}
