import { type FSWatcher, watch } from 'node:fs';

/** Changes come in bursts: an editor writes, renames and removes. */
const QUIET_MS = 20;
/** Where the system watches no more folders, they are looked at this often. */
const POLL_MS = 500;

/** Tells that something in a set of folders has changed. */
export class FolderWatcher {
  readonly #watchers = new Map<string, FSWatcher>();
  #timer: NodeJS.Timeout | undefined;
  #poll: NodeJS.Timeout | undefined;
  #changed = false;
  #closed = false;
  #wake: (() => void) | undefined;

  get closed(): boolean {
    return this.#closed;
  }

  /** Watches exactly these folders from now on; those that do not exist are left out. */
  watch(folders: readonly string[]): void {
    if (this.#closed) return;
    for (const [folder, watcher] of this.#watchers) {
      if (folders.includes(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) if (!this.#watchers.has(folder)) this.#add(folder);
  }

  /** Waits for the next change, or for the end. */
  async change(): Promise<void> {
    while (!this.#changed && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#changed = false;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#poll);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
    this.#wake?.();
  }

  #add(folder: string): void {
    try {
      const watcher = watch(folder, () => this.#notice());
      watcher.on('error', () => {
        watcher.close();
        this.#watchers.delete(folder);
      });
      this.#watchers.set(folder, watcher);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENOSPC' || code === 'EMFILE') this.#poll ??= setInterval(() => this.#notice(), POLL_MS);
      else if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    }
  }

  #notice(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#changed = true;
      this.#wake?.();
    }, QUIET_MS);
  }
}
