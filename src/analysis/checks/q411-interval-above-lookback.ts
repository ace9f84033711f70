import { defineCheck, type Check } from '../check.ts';
import { duration } from '../wording.ts';

export const intervalAboveLookback: Check = defineCheck({
  code: 'Q411',
  query({ place, world }) {
    const { lookbackSeconds } = world.server;
    if (place.type !== 'record' || !place.intervalSeconds || place.intervalSeconds <= lookbackSeconds) return undefined;
    return {
      message: `The rule records \`${place.name}\` every ${duration(place.intervalSeconds)}, but a query looks back only ${duration(lookbackSeconds)}.`,
      why: `${duration(lookbackSeconds)} after each evaluation the series is stale, so queries of \`${place.name}\` find nothing for the rest of the time.`,
      fix: `Give the group an interval below ${duration(lookbackSeconds)}, such as ${duration(lookbackSeconds / 5)}.`,
    };
  },
  metric({ name, exporter }, { server: { lookbackSeconds } }) {
    if (!exporter || exporter.scrapeIntervalSeconds < lookbackSeconds) return undefined;
    const interval = duration(exporter.scrapeIntervalSeconds);
    return {
      message: `\`${name}\` is scraped every ${interval}, but a query looks back only ${duration(lookbackSeconds)}.`,
      why: 'A scrape that comes a moment late leaves a gap in every graph, and an alert on it resets.',
      fix: `Scrape ${exporter.name} at least every ${duration(lookbackSeconds / 2)}: it may serve the same values again.`,
    };
  },
});
