import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces a file as a whole: whatever happens, it is the old one or the new one. A symbolic link stays, and what
 * it leads to is replaced; permissions stay.
 *
 * @throws the system's error when the file cannot be written; it is then unchanged
 */
export function replaceFile(path: string, text: string): void {
  const target = realpathSync(path);
  const { mode } = statSync(target);
  const beside = join(dirname(target), `.${basename(target)}.dashwright-${process.pid}`);
  try {
    const file = openSync(beside, 'wx', mode);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    chmodSync(beside, mode & 0o7777);
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
