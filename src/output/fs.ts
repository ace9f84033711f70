import * as nodeFs from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * The calls to the file system that writing makes, so that a test can let any one of them fail. `node:fs`
 * is the real one.
 */
export type OutputFs = Pick<
  typeof nodeFs,
  | 'closeSync'
  | 'copyFileSync'
  | 'fsyncSync'
  | 'linkSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'readdirSync'
  | 'realpathSync'
  | 'renameSync'
  | 'rmSync'
  | 'rmdirSync'
  | 'unlinkSync'
  | 'writeFileSync'
  | 'writeSync'
>;

export const realFs: OutputFs = nodeFs;

/** The code of a failed system call, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Runs `action`; gives `undefined` where the file or folder is not there. */
export function ifPresent<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/**
 * Makes a folder and those above it that are missing, one by one: the recursive `mkdirSync` of Node 20 never ends
 * where the system says that a folder cannot be made in one that is there, as below /proc.
 *
 * @returns the topmost folder that was made, if any
 */
export function makeFolders(fs: OutputFs, directory: string): string | undefined {
  const missing: string[] = [];
  let at = resolve(directory);
  while (ifPresent(() => fs.lstatSync(at)) === undefined && dirname(at) !== at) {
    missing.unshift(at);
    at = dirname(at);
  }
  for (const folder of missing) fs.mkdirSync(folder);
  return missing[0];
}

/** Makes the entries of a folder survive a power cut, where the platform has that. */
export function syncDirectory(fs: OutputFs, directory: string): void {
  let handle: number | undefined;
  try {
    handle = fs.openSync(directory, 'r');
    fs.fsyncSync(handle);
  } catch (error) {
    // Windows opens no folders, and some file systems sync none.
    if (!['EPERM', 'EISDIR', 'EINVAL', 'ENOTSUP'].includes(errorCode(error) ?? '')) throw error;
  } finally {
    if (handle !== undefined) fs.closeSync(handle);
  }
}

/** Leaves a folder alone that holds anything, or that cannot be removed: an empty folder does no harm. */
export function removeIfEmpty(fs: OutputFs, folder: string): void {
  try {
    fs.rmdirSync(folder);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}
