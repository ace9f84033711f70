import type { Artefact } from '../project/artefact.ts';
import { OutputError } from './output-error.ts';

/** Names at the top of the output folder that writing itself uses. */
export const MANIFEST = 'manifest.json';
export const STAGING = '.dashwright-staging';

interface Rule {
  readonly refuses: (path: string, segments: readonly string[]) => boolean;
  readonly reason: string;
}

// eslint-disable-next-line no-control-regex -- finding them is the point
const CONTROL = /[\u0000-\u001f\u007f]/;

const RULES: readonly Rule[] = [
  { refuses: (path) => path === '', reason: 'it is empty' },
  { refuses: (path) => path.startsWith('/') || /^[A-Za-z]:/.test(path), reason: 'it is absolute' },
  { refuses: (path) => path.includes('\\'), reason: 'it has a backslash, which is a separator on Windows' },
  { refuses: (path) => CONTROL.test(path), reason: 'it has a control character' },
  { refuses: (_, segments) => segments.includes('..'), reason: 'it would leave the output folder' },
  { refuses: (_, segments) => segments.includes('.') || segments.includes(''), reason: 'it has an empty part' },
  { refuses: (_, segments) => segments.some((name) => name.length > 255), reason: 'a name in it is longer than 255' },
  { refuses: (_, [first]) => first === STAGING || first === MANIFEST, reason: 'the build itself uses that name' },
];

const FIX = 'Change the title, uid or folder that the name comes from.';

function refusal(path: string, reason: string): OutputError {
  return new OutputError('path', path, `\`${path}\` cannot be written into the output folder: ${reason}.`, FIX);
}

/** Whether a path stays inside the folder and can be written on any system. */
export function isSafePath(path: string): boolean {
  const segments = path.split('/');
  return !RULES.some(({ refuses }) => refuses(path, segments));
}

/**
 * Refuses artefacts that would leave the output folder or that cannot both exist, also on file systems that
 * do not tell `a.json` from `A.json`.
 *
 * @throws OutputError of the fault `path`
 */
export function checkPaths(artefacts: readonly Artefact[]): void {
  const files = new Map<string, string>();
  for (const { path } of artefacts) {
    const segments = path.split('/');
    const rule = RULES.find(({ refuses }) => refuses(path, segments));
    if (rule) throw refusal(path, rule.reason);
    const same = files.get(path.toLowerCase());
    if (same !== undefined)
      throw refusal(path, same === path ? 'it is written twice' : `it differs from \`${same}\` only by case`);
    files.set(path.toLowerCase(), path);
  }
  for (const path of files.values()) {
    for (const folder of parents(path)) {
      const file = files.get(folder.toLowerCase());
      if (file !== undefined) throw refusal(path, `\`${file}\` is a file`);
    }
  }
}

/** The folders above a path, the innermost first, without the output folder itself. */
export function parents(path: string): readonly string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, segments.length - index).join('/'));
}
