/** The cost of the types, counted in instantiations: the count repeats exactly, a time does not. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { emitDeclarations, measure, writeBaseline, writeProject } from './project.ts';

const QUERIES = 2000;

/** About seventy-five for each query. Raise it only with a reason and a run of bench/types.ts. */
const BUDGET = 160_000;

const folder = mkdtempSync(join(tmpdir(), 'dashwright-budget-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function project(name: string, declarations: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeProject(path, QUERIES, declarations);
  return path;
}

test('a project of 2,000 queries stays within its budget of type instantiations', () => {
  const cost = measure(project('typed', emitDeclarations(join(folder, 'declarations'))));
  expect(cost.errors).toBe('');
  expect(cost.instantiations).toBeGreaterThan(QUERIES);
  expect(cost.instantiations).toBeLessThanOrEqual(BUDGET);
});

test('the baseline of the benchmark instantiates nothing and has no errors', () => {
  const cost = measure(project('plain', writeBaseline(join(folder, 'baseline'))));
  expect(cost).toMatchObject({ errors: '', instantiations: 1 });
});
