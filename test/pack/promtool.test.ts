import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkConfig, checkRules, testRules } from '../engines/promtool.ts';

const prometheus = join(import.meta.dirname, '../../out/prometheus');
const filesOf = (folder: string): string[] =>
  readdirSync(join(prometheus, folder)).map((file) => join(prometheus, folder, file));

test('promtool takes every rule of the pack, and the configuration', async () => {
  expect(await checkRules(filesOf('rules'))).toMatchObject({ ok: true });
  expect(await checkConfig(join(prometheus, 'prometheus.yml'))).toMatchObject({ ok: true });
});

test('every alert fires and is silent as its tests say', async () => {
  const { ok, output } = await testRules(filesOf('tests'));
  expect(ok ? 'SUCCESS' : output).toBe('SUCCESS');
});
