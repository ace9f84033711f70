/** JSON as text that is the same on every machine. */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * The JSON-safe copy of a value that the Foundation SDK built: its queries carry marker functions and its
 * objects optional keys that are `undefined`, neither of which a file can hold.
 *
 * @param value what a builder returned
 * @param path where the value stands, for the message
 * @throws TypeError for a number that JSON does not have (NaN, Infinity), for a cycle, and for what is no data
 */
export function plain(value: unknown, path = '$', ancestors: readonly object[] = []): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw new TypeError(`${path} is ${value}, which JSON cannot hold.`);
  }
  if (typeof value !== 'object') throw new TypeError(`${path} is a ${typeof value}, which JSON cannot hold.`);
  if (ancestors.includes(value)) throw new TypeError(`${path} contains itself.`);
  const inside = [...ancestors, value];
  if (Array.isArray(value)) return value.map((item, index) => plain(item, `${path}[${index}]`, inside));
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && typeof item !== 'function');
  return Object.fromEntries(entries.map(([key, item]) => [key, plain(item, `${path}.${key}`, inside)]));
}

/** Is it an object with keys, neither null nor a list? */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * JSON text with the keys of every object in the order of their UTF-16 units, two spaces of indentation and a
 * newline at the end. Grafana's provisioning compares the MD5 of the file (`file_reader.go`), so equal
 * dashboards have to be equal bytes.
 */
export function stableJson(value: Json): string {
  return `${JSON.stringify(sorted(value), null, 2)}\n`;
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).toSorted((a, b) => (a < b ? -1 : 1));
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}
