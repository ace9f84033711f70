#!/usr/bin/env node
/**
 * Starts the command, with what V8 compiled of it the last time.
 *
 * Compiling is a quarter of the time that a build takes. From Node 22.8 on `module.enableCompileCache` does nearly
 * the same; this works from Node 20 on, and keeps the functions that are compiled during the run as well.
 * See bench/build.ts.
 */
import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { constants, Script } from 'node:vm';
import { COMMAND_NAMES } from './command-names.ts';

/** What is compiled differs from command to command. Without one it is what the help takes. */
const command = COMMAND_NAMES.find((name) => process.argv.includes(name, 2)) ?? 'help';

/**
 * V8's optimizing compiler does not pay off in a build: it runs each piece of code a few times, on data of many
 * shapes, also in a build of two thousand queries and in ten rebuilds in a row. Code compiled with it and code
 * compiled without it do not mix, so this is said before anything is compiled.
 */
if (command === 'build' || command === 'check') setFlagsFromString('--no-opt');

const file = join(dirname(import.meta.filename), 'main.cjs');
const source = readFileSync(file);
const kept = keptCode(createHash('sha256').update(source).digest('hex').slice(0, 16));
// V8 takes text of one byte a character as it is.
const text = source.toString(isAscii(source) ? 'latin1' : 'utf8');
const script = new Script(`(function (require, __filename) {${text}\n})`, {
  filename: file,
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  ...(kept && existsSync(kept.file) ? { cachedData: readFileSync(kept.file) } : {}),
});
(script.runInThisContext() as (require: NodeJS.Require, filename: string) => void)(createRequire(file), file);
if (kept && script.cachedDataRejected !== false) process.once('exit', () => keep(kept));

interface KeptCode {
  readonly folder: string;
  readonly file: string;
  /** What the names of all versions of this file begin with. */
  readonly prefix: string;
}

/** Where code is kept: with what other tools keep for this project, so not in a project without packages. */
function keptCode(state: string): KeptCode | undefined {
  const modules = join(process.cwd(), 'node_modules');
  if (process.env['NODE_DISABLE_COMPILE_CACHE'] !== undefined || !existsSync(modules)) return undefined;
  const folder = join(modules, '.cache', 'dashwright');
  const prefix = `${command}-${process.version}-${process.arch}-`;
  return { folder, prefix, file: join(folder, `${prefix}${state}`) };
}

/** Nobody misses it where it cannot be written. */
function keep({ folder, file: target, prefix }: KeptCode): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) if (name.startsWith(prefix)) rmSync(join(folder, name));
    const fresh = `${target}.${process.pid}`;
    writeFileSync(fresh, script.createCachedData());
    renameSync(fresh, target);
  } catch {
    // The next run compiles again.
  }
}
