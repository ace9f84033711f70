import { dirname, relative, resolve, sep } from 'node:path';
import type { SourcePosition } from '../../source/position.ts';
import { readSourceMap } from './source-map.ts';

/** Finds the author's line and column for a place in evaluated code; all count from 1. */
export type PositionMap = (line: number, column: number) => SourcePosition | undefined;

const maps = new Map<string, PositionMap>();
let installed = false;

/**
 * Lets stack traces show the author's files instead of what was evaluated. From then on everything that
 * reads a stack, above all the positions that definitions remember, sees the author's lines.
 *
 * @param script name of the evaluated script
 */
export function mapStackTraces(script: string, map: PositionMap): void {
  maps.set(script, map);
  if (installed) return;
  installed = true;
  const previous = Error.prepareStackTrace?.bind(Error);
  Error.prepareStackTrace = (error: Error, frames: NodeJS.CallSite[]): unknown => {
    if (previous && !frames.some((frame) => maps.has(frame.getFileName() ?? ''))) return previous(error, frames);
    return [headline(error), ...frames.map((frame) => `    at ${frameText(frame)}`)].join('\n');
  };
}

/** Forgets a script that is not going to run again. */
export function forgetStackTraces(script: string): void {
  maps.delete(script);
}

function headline(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'Error';
  }
}

function frameText(frame: NodeJS.CallSite): string {
  const [file, line, column] = [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()];
  const text = (frame as { toString(): string }).toString();
  if (typeof file !== 'string' || line === null || column === null) return text;
  const position = maps.get(file)?.(line, column);
  if (!position) return text;
  return text.replace(`${file}:${line}:${column}`, `${position.file}:${position.line}:${position.column}`);
}

/** Modules of the bundle that are no files. */
const INTERNAL = /^(?:package|entry):/;

/**
 * Reads a source map, when it is first needed.
 *
 * @param json the source map
 * @param bundle path of the bundle, which the map's sources are relative to
 * @param root the project's folder, which positions are relative to
 * @param shifted sources that begin one line later in the bundle than on the disk
 */
export function positionMap(json: string, bundle: string, root: string, shifted: ReadonlySet<string>): PositionMap {
  let lookUp: ReturnType<typeof readSourceMap> | undefined;
  return (line, column) => {
    lookUp ??= readSourceMap(json);
    const place = lookUp(line - 1, column - 1);
    if (!place || INTERNAL.test(place.source)) return undefined;
    const path = resolve(dirname(bundle), place.source);
    const originalLine = place.line + (shifted.has(path) ? 0 : 1);
    return { file: projectPath(root, path), line: originalLine, column: place.column + 1 };
  };
}

/** A path as diagnostics show it: relative to the project, with `/` on every system. */
export function projectPath(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
