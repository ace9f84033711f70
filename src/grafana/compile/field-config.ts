/** Options of fields as Grafana writes them: thresholds, value mappings, colours, overrides. */
import type { Json, JsonObject } from '../json.ts';
import type { FieldMatcher, FieldOptions, MappedResult, OverrideModel, Thresholds, ValueMapping } from '../model.ts';

/** Blue claims nothing: green would say "good" where nobody has said what good is. */
const NEUTRAL: Thresholds = { base: 'blue' };

/**
 * Thresholds in ascending order, without limits that are no numbers, which a rule reports. The first has no value,
 * without which Grafana draws no colour below the next.
 */
export function thresholdsJson({ thresholds = NEUTRAL, thresholdsMode = 'absolute' }: FieldOptions): JsonObject {
  const limits = Object.entries(thresholds)
    .map(([limit, color]) => ({ color, value: Number(limit) }))
    .filter(({ value }) => Number.isFinite(value))
    .toSorted((a, b) => a.value - b.value);
  return { mode: thresholdsMode, steps: [{ color: thresholds.base ?? NEUTRAL.base, value: null }, ...limits] };
}

/** Value mappings; neighbours that map single values share one entry, as in Grafana's editor. */
export function mappingsJson(mappings: readonly ValueMapping[]): readonly JsonObject[] {
  const entries: { type: string; options: Record<string, Json> }[] = [];
  for (const [index, mapping] of mappings.entries()) {
    const result = resultJson(mapping, index);
    const last = entries.at(-1);
    if (!('value' in mapping))
      entries.push({ type: mappingType(mapping), options: { ...conditionJson(mapping), result } });
    else if (last?.type === 'value') last.options[String(mapping.value)] = result;
    else entries.push({ type: 'value', options: { [String(mapping.value)]: result } });
  }
  return entries;
}

function resultJson({ text, color, icon }: MappedResult, index: number): JsonObject {
  return {
    ...(color === undefined ? {} : { color }),
    ...(icon === undefined ? {} : { icon }),
    index,
    ...(text === undefined ? {} : { text }),
  };
}

function mappingType(mapping: ValueMapping): string {
  return 'from' in mapping ? 'range' : 'pattern' in mapping ? 'regex' : 'special';
}

function conditionJson(mapping: ValueMapping): JsonObject {
  if ('from' in mapping) return { from: mapping.from, to: mapping.to };
  if ('pattern' in mapping) return { pattern: mapping.pattern };
  return 'match' in mapping ? { match: mapping.match } : {};
}

/** A colour by name is a fixed one; a mode is written as Grafana names it, such as `palette-classic`. */
export function colorJson(color: NonNullable<FieldOptions['color']>): JsonObject {
  return typeof color === 'string' ? { mode: 'fixed', fixedColor: color } : { ...color };
}

/** What an override may say, in the order of the output. */
const PROPERTIES: readonly [id: string, value: (options: OverrideModel) => Json | undefined][] = [
  ['displayName', ({ displayName }) => displayName],
  ['unit', ({ unit }) => unit],
  ['decimals', ({ decimals }) => decimals],
  ['min', ({ min }) => min],
  ['max', ({ max }) => max],
  ['noValue', ({ noValue }) => noValue],
  ['color', ({ color }) => (color === undefined ? undefined : colorJson(color))],
  ['mappings', ({ mappings }) => (mappings === undefined ? undefined : mappingsJson(mappings))],
  ['thresholds', (options) => (options.thresholds === undefined ? undefined : thresholdsJson(options))],
];

/**
 * An override.
 *
 * @param links the override's data links, already written
 */
export function overrideJson(override: OverrideModel, links: readonly JsonObject[]): JsonObject {
  const properties: JsonObject[] = [];
  for (const [id, valueOf] of PROPERTIES) {
    const value = valueOf(override);
    if (value !== undefined) properties.push({ id, value });
  }
  if (links.length > 0) properties.push({ id: 'links', value: links });
  for (const [key, value] of Object.entries(override.custom ?? {})) {
    properties.push({ id: `custom.${key}`, value: value as Json });
  }
  return { matcher: matcherJson(override.fields), properties };
}

function matcherJson(fields: FieldMatcher): JsonObject {
  if ('name' in fields) return { id: 'byName', options: fields.name };
  if ('pattern' in fields) return { id: 'byRegexp', options: fields.pattern };
  if ('type' in fields) return { id: 'byType', options: fields.type };
  return { id: 'byFrameRefID', options: fields.refId };
}
