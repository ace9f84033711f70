/**
 * Prometheus' durations: `5m`, `1h30m`, `90s`, `500ms`.
 *
 * Source: `ParseDuration` and `Duration.String` of prometheus/common (model/time.go).
 */
import { isDigit } from './characters.ts';
import { quote } from './quote.ts';

interface Unit {
  readonly name: string;
  readonly milliseconds: number;
  /** Printed only where it divides the duration: 60 days are `60d`, not `8w4d`. */
  readonly exact?: true;
}

const units: readonly Unit[] = [
  { name: 'y', milliseconds: 31_536_000_000, exact: true },
  { name: 'w', milliseconds: 604_800_000, exact: true },
  { name: 'd', milliseconds: 86_400_000 },
  { name: 'h', milliseconds: 3_600_000 },
  { name: 'm', milliseconds: 60_000 },
  { name: 's', milliseconds: 1_000 },
  { name: 'ms', milliseconds: 1 },
];

const ranks: ReadonlyMap<string, number> = new Map(units.map((unit, rank) => [unit.name, rank]));

/** The text is no duration; the message is Prometheus' own. */
export class DurationError extends Error {
  override readonly name = 'DurationError';
}

/**
 * Reads a duration.
 *
 * @param text such as `1h30m`; units from years to milliseconds, biggest first, each at most once; `0` alone
 * @returns milliseconds
 * @throws DurationError when it is no duration or longer than Go can count (about 292 years)
 */
export function parseDuration(text: string): number {
  if (text === '0') return 0;
  if (text === '') throw new DurationError('empty duration string');
  let total = 0;
  let lastRank = -1;
  let at = 0;
  while (at < text.length) {
    const numberFrom = at;
    while (at < text.length && isDigit(text.charCodeAt(at))) at += 1;
    const unitFrom = at;
    while (at < text.length && !isDigit(text.charCodeAt(at))) at += 1;
    const count = text.slice(numberFrom, unitFrom);
    const name = text.slice(unitFrom, at);
    if (count === '' || name === '' || BigInt(count) > 18_446_744_073_709_551_615n)
      throw new DurationError(`not a valid duration string: ${quote(text)}`);
    const rank = ranks.get(name);
    const unit = rank === undefined ? undefined : units[rank];
    if (rank === undefined || unit === undefined)
      throw new DurationError(`unknown unit ${quote(name)} in duration ${quote(text)}`);
    if (rank <= lastRank) throw new DurationError(`not a valid duration string: ${quote(text)}`);
    lastRank = rank;
    total += Number(count) * unit.milliseconds;
    if (total > longestMilliseconds) throw new DurationError('duration out of range');
  }
  return total;
}

/** What Go's 64 bits of nanoseconds hold. */
const longestMilliseconds = 2 ** 63 / 1e6;

/**
 * Writes a duration in Prometheus' canonical form.
 *
 * @param milliseconds a whole number of milliseconds, negative ones with a minus in front
 * @returns such as `1h30m`; `0s` for nothing
 */
export function printDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0s';
  let rest = Math.abs(milliseconds);
  let result = milliseconds < 0 ? '-' : '';
  for (const unit of units) {
    if (rest === 0 || (unit.exact && rest % unit.milliseconds !== 0)) continue;
    const count = Math.floor(rest / unit.milliseconds);
    if (count === 0) continue;
    result += `${count}${unit.name}`;
    rest -= count * unit.milliseconds;
  }
  return result;
}
