/**
 * The JSON schema of a catalogue: what `dashwright catalogue` writes and `--catalogue` reads, for tools that
 * produce one (from `/metrics`, from another system) and for editors.
 */
import { BASE_UNITS } from './units.ts';

const text = { type: 'string', minLength: 1 } as const;

const labels = (description: string) =>
  ({
    description,
    type: 'object',
    propertyNames: { pattern: '^[a-zA-Z_][a-zA-Z0-9_]*$' },
    additionalProperties: { $ref: '#/definitions/label' },
  }) as const;

const unit = { $ref: '#/definitions/unit' } as const;

/** JSON Schema, draft 7. */
export const CATALOGUE_SCHEMA: Readonly<Record<string, unknown>> = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Catalogue of metrics',
  description: 'What is known of metrics. A check that needs what is not said stays silent.',
  type: 'object',
  required: ['metrics'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    metrics: { type: 'array', items: { $ref: '#/definitions/metric' } },
    externalLabels: labels('Labels that Prometheus adds to everything it sends.'),
  },
  definitions: {
    unit: {
      description: 'A base unit, or a base unit per second.',
      enum: [...BASE_UNITS, ...BASE_UNITS.map((name) => `${name}/second`)],
    },
    label: {
      type: 'object',
      required: ['values'],
      additionalProperties: false,
      properties: {
        values: {
          description: 'What is known of the values: anything, a closed set, or a pattern (RE2, anchored).',
          oneOf: [
            {
              type: 'object',
              required: ['type'],
              additionalProperties: false,
              properties: { type: { const: 'any' } },
            },
            {
              type: 'object',
              required: ['type', 'values'],
              additionalProperties: false,
              properties: {
                type: { const: 'oneOf' },
                values: { type: 'array', items: text, minItems: 1, uniqueItems: true },
              },
            },
            {
              type: 'object',
              required: ['type', 'regex'],
              additionalProperties: false,
              properties: { type: { const: 'pattern' }, regex: { type: 'string' } },
            },
          ],
        },
        presence: {
          description: 'Whether every series has the label. Default: always.',
          enum: ['always', 'sometimes'],
        },
        cardinality: { description: 'About how many values are live at once.', type: 'number', exclusiveMinimum: 0 },
        mutable: { description: 'The value changes while the thing lives on, such as a version.', type: 'boolean' },
        help: { type: 'string' },
      },
    },
    exporter: {
      type: 'object',
      required: ['name', 'job', 'scrapeIntervalSeconds', 'targetLabels'],
      additionalProperties: false,
      properties: {
        name: text,
        job: { description: 'Value of the label job.', ...text },
        scrapeIntervalSeconds: { type: 'number', exclusiveMinimum: 0 },
        targetLabels: labels('Labels that the scrape attaches.'),
        version: text,
        clientLibrary: text,
        targets: { description: 'host:port of static targets.', type: 'array', items: text },
        metricsPath: text,
        honorLabels: { type: 'boolean' },
      },
    },
    metric: {
      type: 'object',
      required: ['name', 'kind', 'labels'],
      additionalProperties: false,
      properties: {
        name: { description: 'The family: x, not x_bucket.', type: 'string', pattern: '^[a-zA-Z_:][a-zA-Z0-9_:]*$' },
        kind: { enum: ['counter', 'gauge', 'histogram', 'nativeHistogram', 'summary', 'info', 'stateset', 'untyped'] },
        help: { type: 'string' },
        unit,
        unitByLabel: {
          description: "The unit where it depends on a label's value.",
          type: 'object',
          required: ['label', 'units'],
          additionalProperties: false,
          properties: { label: text, units: { type: 'object', additionalProperties: unit } },
        },
        labels: labels("Own labels, without the exporter's and without le and quantile."),
        key: { description: 'Labels that tell two living series apart. Default: all.', type: 'array', items: text },
        range: {
          description: 'Bounds of the value.',
          type: 'object',
          additionalProperties: false,
          properties: { min: { type: 'number' }, max: { type: 'number' } },
        },
        boolean: { description: 'The value is 1 for yes and 0 for no.', type: 'boolean' },
        buckets: { description: 'Upper bounds, ascending, without +Inf.', type: 'array', items: { type: 'number' } },
        quantiles: { type: 'array', items: { type: 'number', minimum: 0, maximum: 1 } },
        appearsOnFirstUse: { description: 'Series do not exist before the first event.', type: 'boolean' },
        exporter: { $ref: '#/definitions/exporter' },
        recordedBy: {
          description: 'Of a recording rule: its expression and evaluation interval.',
          type: 'object',
          required: ['expr'],
          additionalProperties: false,
          properties: { expr: text, intervalSeconds: { type: 'number', exclusiveMinimum: 0 } },
        },
        since: text,
        renamedTo: text,
        renamedFrom: { type: 'array', items: text },
        removed: text,
        nameAsExposed: {
          description: 'The exporter really exposes this name, whatever the rules say.',
          type: 'boolean',
        },
        position: {
          description: 'Where the metric is defined.',
          type: 'object',
          required: ['file', 'line', 'column'],
          additionalProperties: false,
          properties: { file: text, line: { type: 'integer' }, column: { type: 'integer' } },
        },
      },
    },
  },
};
