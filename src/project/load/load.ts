/** From a folder to the values that its files export. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { whyUnreadable } from '../../diagnostics/system-refusal.ts';
import { projectDiagnostic } from '../codes.ts';
import { Bundler } from './bundle.ts';
import { type DefinitionFile, discover } from './discover.ts';
import { type DefinitionModule, evaluate } from './evaluate.ts';
import type { Library } from './provided-modules.ts';
import { forgetStackTraces, mapStackTraces, projectPath } from './stack-traces.ts';

export interface Loaded {
  readonly modules: readonly DefinitionModule[];
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was read, absolute: a change of one of them is a reason to load again. */
  readonly inputs: readonly string[];
}

export interface LoaderOptions {
  readonly repeatedly?: boolean;
}

/** How long a definition may take when something else keeps the process alive, in milliseconds. */
const PATIENCE_MS = 30_000;

let loads = 0;

/**
 * Loads a project's definitions as often as it is asked to, each time all of them anew: nothing that an
 * earlier evaluation left in a module is seen by a later one.
 */
export class DefinitionLoader {
  readonly #root: string;
  readonly #bundler: Bundler;
  readonly #repeatedly: boolean;
  #script: string | undefined;

  /**
   * @param root the project's folder, absolute
   * @param library imports the running library, by the specifiers that definitions use
   * @param options `repeatedly`: more loads are to come, so that what was parsed is worth keeping
   */
  constructor(root: string, library: Library, { repeatedly = false }: LoaderOptions = {}) {
    this.#root = root;
    this.#repeatedly = repeatedly;
    this.#bundler = new Bundler(root, library, repeatedly);
  }

  /** @throws nothing for what is wrong with the definitions: that comes back as diagnostics */
  async load(): Promise<Loaded> {
    const found = this.#discover();
    if ('diagnostics' in found) return { modules: [], inputs: [], diagnostics: found.diagnostics };
    const { bundle, inputs, diagnostics } = await this.#bundler.bundle(found.files);
    if (!bundle) return { modules: [], inputs, diagnostics };
    loads += 1;
    const script = `dashwright-definitions-${loads}`;
    if (this.#script !== undefined) forgetStackTraces(this.#script);
    this.#script = script;
    mapStackTraces(script, bundle.positions);
    const names = new Set(inputs.map((input) => projectPath(this.#root, input)));
    const evaluation = await evaluate(bundle, found.files, script, {
      inputs: names,
      ...(this.#repeatedly ? { patienceMs: PATIENCE_MS } : {}),
    });
    return { modules: evaluation.modules, inputs, diagnostics: [...diagnostics, ...evaluation.diagnostics] };
  }

  /** Ends the bundler's process. */
  async dispose(): Promise<void> {
    await this.#bundler.dispose();
  }

  #discover(): { readonly files: readonly DefinitionFile[] } | { readonly diagnostics: readonly Diagnostic[] } {
    try {
      const files = discover(this.#root);
      if (files.some(({ folder }) => folder !== 'config')) return { files };
      const diagnostic = projectDiagnostic('C830', {
        message: `\`${this.#root}\` holds no definitions.`,
        why: 'Definitions are the TypeScript files in the folders metrics/, dashboards/ and rules/; none is there.',
        fix: 'Go to the folder of your project, or write a first file such as metrics/service.ts.',
      });
      return { diagnostics: [diagnostic] };
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error;
      const { path = this.#root } = error as NodeJS.ErrnoException;
      const { why } = whyUnreadable(error, path);
      const diagnostic = projectDiagnostic('C839', {
        message: `\`${projectPath(this.#root, path)}\` cannot be read: ${why}.`,
        why: 'The system refuses to list or to open it, so what it defines would be left out.',
        fix: 'Check the permissions, and links that lead nowhere.',
      });
      return { diagnostics: [diagnostic] };
    }
  }
}
