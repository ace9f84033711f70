/** `--watch`: builds again when a file of the project has changed. */
import { readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { discover, FOLDERS } from '../project/load/discover.ts';
import type { ProjectBuild } from '../project/load/project.ts';
import type { CommandContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { FolderWatcher } from './folder-watcher.ts';
import { projectBuilder } from './project-builder.ts';

interface WatchOptions {
  /** Writes and reports what was built. */
  readonly settle: (build: ProjectBuild) => ExitCode;
  /** The folder that is written to, whose changes are our own. */
  readonly outOf: (build: ProjectBuild) => string;
}

/** @returns when the process is told to end */
export async function watch(options: WatchOptions, context: CommandContext): Promise<ExitCode> {
  const builder = projectBuilder(context, { repeatedly: true });
  const watcher = new FolderWatcher();
  const stopped = untilStopped(watcher);
  try {
    while (!watcher.closed) {
      const [started, startedAt] = [performance.now(), Date.now()];
      const build = await builder.build();
      if (watcher.closed) break;
      options.settle(build);
      const failed = build.diagnostics.some(({ severity }) => severity === 'error');
      const out = resolve(context.cwd, options.outOf(build));
      // After a failure it is not known what was looked for, so every change is a reason to try again.
      const folders = [...foldersOf(context.cwd, build.inputs), ...(failed ? foldersBelow(context.cwd) : [])];
      watcher.watch(folders.filter((folder) => !`${folder}/`.startsWith(`${out}/`)));
      const seen = fingerprint(context.cwd, build.inputs);
      context.stderr.write(
        `Built in ${Math.round(performance.now() - started)} ms. Watching for changes; Ctrl+C ends it.\n`,
      );
      // What was written while the build read it, before anybody watched.
      if (changedBetween(build.inputs, startedAt, Date.now())) continue;
      const unchanged = (): boolean => !failed && fingerprint(context.cwd, build.inputs) === seen;
      do await watcher.change();
      while (!watcher.closed && unchanged());
    }
    return EXIT.clean;
  } finally {
    watcher.close();
    stopped.forget();
    await builder.dispose();
  }
}

function untilStopped(watcher: FolderWatcher): { readonly forget: () => void } {
  const stop = (): void => watcher.close();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, stop);
  return {
    forget: () => {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}

/** The folders of all files that were read, and those in which new ones would be found. */
function foldersOf(root: string, inputs: readonly string[]): readonly string[] {
  const definitions = discover(root).map(({ file }) => dirname(join(root, file)));
  return [...new Set([root, ...FOLDERS.map((folder) => join(root, folder)), ...definitions, ...inputs.map(dirname)])];
}

/** All folders of the project in which the author may write a file. */
function foldersBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory() || entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    const path = join(folder, entry.name);
    return [path, ...foldersBelow(path)];
  });
}

/** Changes when a file changes, comes or goes. */
function fingerprint(root: string, inputs: readonly string[]): string {
  const files = new Set([...discover(root).map(({ file }) => join(root, file)), ...inputs]);
  return [...files].map((file) => `${file} ${stamp(file)}`).join('\n');
}

function changedBetween(files: readonly string[], from: number, to: number): boolean {
  return files.some((file) => {
    const modified = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return modified >= from && modified <= to;
  });
}

function stamp(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? 'gone' : `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
}
