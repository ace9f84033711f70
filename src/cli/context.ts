import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LineReader } from '../diagnostics/text.ts';
import type { PackageFiles } from './package-files.ts';
import { type Terminal, terminalOf } from './terminal.ts';

/** The world as a command sees it, so that one place decides what it is. */
export interface CommandContext {
  /** The folder that the command runs in. */
  readonly cwd: string;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly terminal: Terminal;
  readonly packageFiles: PackageFiles;
  readonly readLine: LineReader;
}

/** The real world. */
export function processContext(packageFiles: PackageFiles): CommandContext {
  const cwd = process.cwd();
  return {
    cwd,
    stdout: process.stdout,
    stderr: process.stderr,
    terminal: terminalOf(process.stdout, process.env),
    packageFiles,
    readLine: lineReader(cwd),
  };
}

/** Reads lines of files relative to a folder. A file that cannot be read has none. */
function lineReader(cwd: string): LineReader {
  return (file, line) => {
    try {
      return readFileSync(resolve(cwd, file), 'utf8').split(/\r?\n/)[line - 1];
    } catch {
      return undefined;
    }
  };
}
