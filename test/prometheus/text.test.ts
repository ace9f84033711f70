/** What an author writes in a text is what people read, whatever its characters. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { array, constantFrom, oneof, sample, string } from 'fast-check';
import { expect, test } from 'vitest';
import type { AnnotationContext } from 'dashwright';
import { alert, any, firing, gauge, gt, ruleGroup, text } from 'dashwright';
import { compilePrometheus } from '../../src/prometheus/compile.ts';
import { inTemporaryFolder, testRules } from '../engines/promtool.ts';

const disk = gauge('disk_used_ratio', { labels: { mount: any } });
const LABEL = Symbol('label');
const VALUE = Symbol('value');
type Piece = string | typeof LABEL | typeof VALUE;

const pieces = array(
  oneof(constantFrom<Piece>(LABEL, VALUE, '{', '}', '{{', '}}', '"', '\\', '`', '$', '- ', '/*', '\n', ' '), string()),
  { maxLength: 12 },
);

/** `text` as a template literal with these parts calls it. */
function template(parts: readonly Piece[], placeholder: (piece: symbol) => Parameters<typeof text>[1]) {
  const strings: string[] = [''];
  const values: Parameters<typeof text>[1][] = [];
  for (const part of parts) {
    if (typeof part === 'string') strings.push((strings.pop() ?? '') + part);
    else {
      values.push(placeholder(part));
      strings.push('');
    }
  }
  return text(Object.assign(strings, { raw: strings }), ...values);
}

test('Prometheus prints every text as it was written, with the placeholders filled in', async () => {
  // A line break at the very start asks for the removal of indentation, which is another test's business.
  const texts = sample(pieces, { numRuns: 400, seed: 11 }).map((parts): readonly Piece[] => ['x', ...parts]);
  const read = (parts: readonly Piece[]): string =>
    parts.map((part) => (part === LABEL ? '/data {{' : part === VALUE ? '91.5%' : part)).join('');
  const rule = alert('DiskFull', {
    expr: gt(disk, 0.9),
    severity: 'warning',
    summary: 'x',
    description: 'y',
    annotations: Object.fromEntries(
      texts.map((parts, index) => [
        `a${index}`,
        ({ labels, value }: AnnotationContext<'mount'>) =>
          template(parts, (piece) => (piece === LABEL ? labels.mount : value.percentage)),
      ]),
    ),
    tests: [
      firing('full', {
        series: [disk.series({ mount: '/data {{' }, '0.915x5')],
        at: '2m',
        labels: { mount: '/data {{' },
        annotations: Object.fromEntries(texts.map((parts, index) => [`a${index}`, read(parts)])),
      }),
    ],
  });
  const { artefacts, diagnostics } = compilePrometheus({
    groups: [ruleGroup('disks', {}, [rule])],
    exporters: [],
    find: () => disk.model,
  });
  expect(diagnostics).toEqual([]);
  await inTemporaryFolder(async (folder) => {
    for (const artefact of artefacts) {
      const file = join(folder, artefact.path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, artefact.text);
    }
    expect(await testRules([join(folder, 'prometheus/tests/disks.yaml')])).toMatchObject({ ok: true });
  });
});
