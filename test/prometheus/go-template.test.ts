import { stringify } from 'yaml';
import { array, constantFrom, sample } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textFor } from '../../src/prometheus/go-template/contents.ts';
import { parseGoTemplate } from '../../src/prometheus/go-template/parser.ts';
import { GoTemplateError } from '../../src/prometheus/go-template/tree.ts';
import { checkRulesText } from '../engines/promtool.ts';

const ACCEPTED = [
  'plain text, } and }} too',
  '{{ $labels.job }}',
  '{{$labels.job}}{{$value}}',
  '{{ .Labels.job }} {{ .Value }} {{ . }} {{ $ }} {{ $.Value }}',
  '{{ $value | humanizePercentage }}',
  '{{ printf "%.2f" $value }}',
  '{{ printf "%s" (index $labels "a.b") | toUpper | title }}',
  '{{ with query "up" }}{{ . | first | value | humanize }}{{ end }}',
  '{{ range query `up` }}{{ .Labels.instance }} {{ .Value }}{{ else }}none{{ end }}',
  '{{ range $i, $sample := query "up" }}{{ $i }}{{ $sample.Value }}{{ break }}{{ end }}',
  '{{ if eq $labels.job "a" }}x{{ else if gt $value 1.5e3 }}y{{ else }}z{{ end }}',
  '{{- /* a comment */ -}} {{/* another */}}',
  'a {{- $value -}} b',
  '{{ $x := $value }}{{ $x = 2.0 }}{{ $x }}',
  '{{ define "t" }}{{ . }}{{ end }}{{ template "t" $value }}{{ template "t" }}',
  '{{ block "t" . }}{{ . }}{{ end }}',
  "{{ printf \"%c %q\" 'x' '\\n' }}",
  '{{ 0x1F }} {{ -1 }} {{ +.5 }} {{ 1_000 }} {{ 1i }} {{ true }}',
  '{{ "a\\"b\\x41\\u00e4\\101" }}',
  '{{ (query "up" | first).Value }}',
  '{{ "{{" }}',
  '{{ stripPort $labels.instance }}',
  '{{ and 1 2 | or (not true) }}',
  '{{\n$value\n}}',
  // Odd, but Go reads them.
  '{{ $value | }}',
  '{{ nil }}',
  '{{ $value | .job }}',
  '{{ 0x1.5p3 }}',
];

const REFUSED = [
  '{{',
  '{{ }}',
  '{{ $value',
  '{{ $value }',
  '{{{ $value }}',
  '{{ $vaule }}',
  '{{ labels.job }}',
  '{{ humanise $value }}',
  '{{ | humanize }}',
  '{{ $value || humanize }}',
  '{{ $value | "x" }}',
  '{{ $value | 5 }}',
  '{{ if $value }}',
  '{{ end }}',
  '{{ else }}',
  '{{ if }}{{ end }}',
  '{{ if 1 }}{{ else }}{{ else }}{{ end }}',
  '{{ range }}{{ end }}',
  '{{ break }}',
  '{{ "abc }}',
  '{{ "a\\q" }}',
  '{{ `abc }}',
  '{{ (query "up" }}',
  '{{ ) }}',
  '{{ $labels.job! }}',
  '{{ $value+1 }}',
  '{{ $labels-job }}',
  '{{ 12a }}',
  '{{ /* a */ x }}',
  '{{/* a }}',
  '{{ if 1 }}{{ define "t" }}{{ end }}{{ end }}',
  '{{ define t }}{{ end }}',
  '{{ define "t" }}{{ $value }}{{ end }}',
  '{{ $labels.job}}{{ $x }}{{ $x := 1 }}',
  '{{ with $x := 1 }}{{ end }}{{ $x }}',
  '{{ "a".b }}',
  '{{ template t }}',
  '{{ % }}',
  '{{ ..job }}',
  '{{ 0x1.5 }}',
];

describe('templates that Prometheus accepts', () => {
  test.each(ACCEPTED)('%s', (template) => {
    expect(() => parseGoTemplate(template)).not.toThrow();
  });
});

describe('templates that Prometheus refuses', () => {
  test.each(REFUSED)('%s', (template) => {
    expect(() => parseGoTemplate(template)).toThrow(GoTemplateError);
  });
});

test('the tree says which labels are used, and how', () => {
  const nodes = parseGoTemplate('job {{ $labels.job | toUpper -}}  at {{ index $labels "a.b" }}');
  expect(nodes).toMatchObject([
    { type: 'text', text: 'job ' },
    {
      type: 'action',
      pipeline: {
        commands: [
          { operands: [{ type: 'variable', text: '$labels', fields: ['job'], span: { start: 7, end: 18 } }] },
          { operands: [{ type: 'function', text: 'toUpper' }] },
        ],
      },
    },
    { type: 'text', text: 'at ' },
    {
      type: 'action',
      pipeline: { commands: [{ operands: [{ text: 'index' }, { text: '$labels' }, { type: 'string', text: 'a.b' }] }] },
    },
  ]);
});

test('an error points at its cause', () => {
  expect(() => parseGoTemplate('value {{ $value | humanise }}')).toThrow(
    expect.objectContaining({ message: 'there is no function "humanise"', span: { start: 18, end: 26 } }),
  );
});

// Between them they make every construct, right and wrong.
const PIECES = [
  ...'{{ }} ( ) , ` | . = := - " { }'.split(' '),
  ...'if end else range with query printf humanize nil true eq x 1 1.5 0x 1e -1 ! _a ü text'.split(' '),
  ...`$ $x $value $labels .job "%s" "up" 'a' /* */`.split(' '),
  ' ',
  '\n',
  '{{ ',
  ' }}',
  '{{ end }}',
  '{{ else }}',
  '{{ if $value }}',
  '{{ $labels.job }}',
  '{{ range $i, $s := query "up" }}',
];

describe('promtool', () => {
  test('agrees on every template above', async () => {
    const verdicts = await refusedByPromtool([...ACCEPTED, ...REFUSED]);
    expect(verdicts).toEqual(new Set(REFUSED));
  });

  test('agrees on templates put together at random', async () => {
    const piece = constantFrom(...PIECES);
    const templates = sample(array(piece, { maxLength: 9 }), { numRuns: 4000, seed: 7 }).map((p) => p.join(''));
    const unique = [...new Set(templates)];
    const refused = await refusedByPromtool(unique);
    const differing = unique.filter((template) => isRefused(template) !== refused.has(template));
    expect(differing).toEqual([]);
    expect(refused.size).toBeGreaterThan(500);
    expect(unique.length - refused.size).toBeGreaterThan(500);
  });
});

function isRefused(template: string): boolean {
  try {
    parseGoTemplate(template);
    return false;
  } catch (error) {
    if (error instanceof GoTemplateError) return true;
    throw error;
  }
}

/** One alert for each template: promtool names the alerts whose template it refuses. */
async function refusedByPromtool(templates: readonly string[]): Promise<ReadonlySet<string>> {
  const rules = templates.map((template, index) => ({ alert: `T${index}`, expr: 'up', annotations: { a: template } }));
  const { output } = await checkRulesText(stringify({ groups: [{ name: 'g', rules }] }, { lineWidth: 0 }));
  const refused = [...output.matchAll(/, "T(\d+)": annotation "a"/g)].map(
    ([, index]) => templates[Number(index)] ?? '',
  );
  return new Set(refused);
}

test('a label is looked up by its name alone, whatever other names objects have', () => {
  const known = { labels: { job: 'api' }, externalLabels: {} };
  const texts = ['{{ $labels.job }}', '{{ $labels.constructor }}', '{{ $externalLabels.toString }}'];
  expect(texts.map((text) => textFor(parseGoTemplate(text), known))).toEqual(['api', '', '']);
});
