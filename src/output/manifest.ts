import { createHash } from 'node:crypto';
import type { Artefact } from '../project/artefact.ts';
import { isSafePath, MANIFEST } from './paths.ts';

/** What a build wrote: only what stands here may a later build delete. */
export interface Manifest {
  /** Path → SHA-256 of the file, in hex. */
  readonly files: ReadonlyMap<string, string>;
}

const GENERATOR = 'dashwright';
const ENTRY = /"((?:[^"\\]|\\.)+)": "([0-9a-f]{64})"/g;

/** SHA-256 in hex. */
function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The manifest of a set of artefacts, itself an artefact: sorted, so that the same files give the same bytes. */
export function manifestOf(artefacts: readonly Artefact[]): Artefact {
  const entries = artefacts.map(({ path, text }) => [path, digest(text)] as const);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const document = { generator: GENERATOR, files: Object.fromEntries(entries) };
  return { path: MANIFEST, text: `${JSON.stringify(document, null, 2)}\n` };
}

/**
 * Reads a manifest. Entries are found line by line, because a manifest with Git's conflict markers in it is
 * the likeliest broken one: the files of both sides are ours, and the next build settles the conflict.
 *
 * @returns nothing where the text is no manifest of ours
 */
export function parseManifest(text: string): Manifest | undefined {
  if (!text.includes(`"generator": "${GENERATOR}"`)) return undefined;
  const files = new Map<string, string>();
  for (const [, quoted = '', sha256 = ''] of text.matchAll(ENTRY)) {
    const path: unknown = JSON.parse(`"${quoted}"`);
    if (typeof path === 'string' && isSafePath(path)) files.set(path, sha256);
  }
  return { files };
}
