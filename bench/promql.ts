/**
 * How fast PromQL is parsed, next to `@prometheus-io/lezer-promql`, on the same queries in the same run.
 *
 * What is compared is not the same work: lezer makes a syntax tree for an editor and accepts much that
 * Prometheus refuses; `parse` checks types, arguments and regular expressions and gives a frozen tree.
 *
 * Run with `npm run bench:promql`. Public queries are used where `../shared/corpora` has them, else
 * generated ones.
 */
import { parser as lezer } from '@prometheus-io/lezer-promql';
import { existsSync, readFileSync } from 'node:fs';
import { parse, print } from 'dashwright/promql';

const corpus = '../shared/corpora/mixins-exprs.json';
const rounds = 15;

function publicQueries(): readonly string[] {
  const rows = JSON.parse(readFileSync(corpus, 'utf8')) as readonly { expr: string; exprExpanded?: string }[];
  return rows.map(({ expr, exprExpanded }) => exprExpanded ?? expr);
}

/** Queries such as dashboards have, from a handful of shapes. */
function generatedQueries(count: number): readonly string[] {
  const selector = (i: number): string =>
    `http_requests_${i % 97}_total{job=~"api-${i % 7}|web-.+", code!="50${i % 5}", instance="host-${i}:9100"}`;
  const shapes: readonly ((i: number) => string)[] = [
    (i) => `sum by (job, code) (rate(${selector(i)}[5m]))`,
    (i) => `histogram_quantile(0.9${i % 10}, sum by (le, job) (rate(${selector(i)}[${(i % 9) + 1}m])))`,
    (i) =>
      `sum(rate(${selector(i)}[5m])) / on (job) group_left (team) sum(rate(${selector(i + 1)}[5m])) > 0.0${i % 10}`,
    (i) =>
      `max_over_time(avg(${selector(i)} offset 1d)[1h:${(i % 5) + 1}m]) unless absent(${selector(i)}) or vector(0)`,
    (i) => `label_replace(topk(${i % 20}, ${selector(i)}), "host", "$1", "instance", "(.*):.*")`,
  ];
  return Array.from({ length: count }, (_, i) => shapes[i % shapes.length]?.(i) ?? '');
}

/** Milliseconds of the fastest of several rounds: what disturbs a round only ever makes it slower. */
function fastest(work: () => void): number {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

const found = existsSync(corpus);
const queries = (found ? publicQueries() : generatedQueries(5000)).filter((query) => {
  try {
    parse(query);
    return true;
  } catch {
    return false;
  }
});
const megabytes = queries.reduce((sum, query) => sum + query.length, 0) / 1e6;

const ours = fastest(() => {
  for (const query of queries) parse(query);
});
const theirs = fastest(() => {
  for (const query of queries) lezer.parse(query);
});
const trees = queries.map((query) => parse(query));
const printing = fastest(() => {
  for (const tree of trees) print(tree);
});

const rate = (milliseconds: number): string =>
  `${milliseconds.toFixed(1)} ms, ${((megabytes * 1000) / milliseconds).toFixed(1)} MB/s, ${Math.round((queries.length * 1000) / milliseconds)} queries/s`;

console.log(
  `${queries.length} ${found ? 'public' : 'generated'} queries, ${megabytes.toFixed(2)} MB, best of ${rounds} rounds`,
);
console.log(`dashwright parse   ${rate(ours)}`);
console.log(`lezer-promql parse ${rate(theirs)}`);
console.log(`dashwright print   ${rate(printing)}`);
console.log(`parse is ${(theirs / ours).toFixed(2)} times as fast as lezer-promql`);
