/**
 * What the types of the query functions cost: a project of 2,000 queries against the same project without
 * type parameters. Run: `node --conditions=dashwright-source --import tsx bench/types.ts`
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emitDeclarations, measure, writeBaseline, writeProject } from '../test/types/project.ts';

const QUERIES = 2000;
const RUNS = 5;
const LIMIT = 3;

const folder = mkdtempSync(join(tmpdir(), 'dashwright-bench-'));
try {
  const typed = join(folder, 'typed');
  const plain = join(folder, 'plain');
  for (const path of [typed, plain]) mkdirSync(path);
  writeProject(typed, QUERIES, emitDeclarations(join(folder, 'declarations')));
  writeProject(plain, QUERIES, writeBaseline(join(folder, 'baseline')));
  const times = { typed: Infinity, plain: Infinity };
  for (let run = 0; run < RUNS; run += 1) {
    // In turns, so that a busy machine slows both.
    for (const [name, path] of [
      ['typed', typed],
      ['plain', plain],
    ] as const) {
      const cost = measure(path);
      if (cost.errors !== '') throw new Error(`The ${name} project has errors:\n${cost.errors.slice(0, 2000)}`);
      times[name] = Math.min(times[name], cost.milliseconds);
      if (run === 0) process.stdout.write(`${name}: ${cost.instantiations} instantiations\n`);
    }
  }
  const ratio = times.typed / times.plain;
  const rounded = (value: number): string => value.toFixed(0);
  process.stdout.write(
    `${QUERIES} queries, best of ${RUNS}: ${rounded(times.typed)} ms with types, ${rounded(times.plain)} ms without; ratio ${ratio.toFixed(2)} (at most ${LIMIT})\n`,
  );
  process.exitCode = ratio <= LIMIT ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
