import { measureOf, type UnitName } from '../../metrics/units.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { uniteSources } from '../facts/source.ts';
import { instead, rescaled } from '../rewrite.ts';
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

/** What a function shows in seconds, whatever the query counts it in. */
const CONVERTS: Readonly<Record<string, string>> = { humanizeDuration: 'time', humanizeTimestamp: 'moment' };

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
          fix: fixOf(func, unit, query),
        },
      ];
    });
  },
});

function fixOf(func: string, unit: UnitName, query: Query): Advice | string {
  const { expr } = query;
  if (func === 'humanizePercentage' && unit === 'percent')
    return advice`Write \`{{ printf "%.1f%%" $value }}\` in the text, or the query ${instead(expr, rescaled(expr, 0.01), query)}.`;
  if (unit === 'ratio') return 'Use `humanizePercentage`.';
  if (unit === 'seconds') return 'Use `humanizeDuration`.';
  const { dimension, factor } = measureOf(unit);
  if (CONVERTS[func] === dimension)
    return advice`Write the query in seconds: ${instead(expr, rescaled(expr, factor), query)}.`;
  return `Use \`humanize\` and name the unit: \`{{ humanize $value }} ${unit}\`.`;
}
