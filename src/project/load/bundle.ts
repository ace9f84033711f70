import { join } from 'node:path';
import {
  build,
  type BuildContext,
  type BuildFailure,
  type BuildOptions,
  type BuildResult,
  context,
  type Metafile,
  type Plugin,
} from 'esbuild';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { authorFiles, IMPORT_META } from './author-files.ts';
import type { DefinitionFile } from './discover.ts';
import { bundlingFault } from './faults.ts';
import { type Library, type Namespace, providedModules } from './provided-modules.ts';
import { positionMap, type PositionMap } from './stack-traces.ts';

/** All definitions as one script, none of them evaluated yet. */
export interface Bundle {
  readonly code: string;
  readonly provided: ReadonlyMap<string, Namespace>;
  readonly positions: PositionMap;
  /** The files that are CommonJS to the bundler: in a package of that type also those without any export. */
  readonly commonJs: ReadonlySet<string>;
}

/** What came of bundling. */
export interface Bundling {
  /** Absent where there are diagnostics. */
  readonly bundle?: Bundle;
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that went in, absolute. After a failure: as far as known. */
  readonly inputs: readonly string[];
}

/** The name under which the bundle leaves its modules: file → function that evaluates it. */
export const MODULES = '__dashwright_modules';

type Options = BuildOptions & { metafile: true; write: false };

const ENTRY = 'dashwright-definitions';

/** Bundles a project's definitions, quicker from the second time on. */
export class Bundler {
  readonly #root: string;
  readonly #provided = new Map<string, Namespace>();
  readonly #shifted = new Set<string>();
  readonly #library: Library;
  /** A file asks for its `import.meta`. Most projects have none, and asking for each file's text takes time. */
  #ownMeta = false;
  #files: readonly DefinitionFile[] = [];
  #inputs: readonly string[] = [];
  readonly #incremental: boolean;
  #context: BuildContext<Options> | undefined;

  /**
   * @param root the project's folder, absolute
   * @param library imports the library, by its specifiers
   * @param incremental keep what was parsed for the next time, which keeps the process alive until `dispose`
   */
  constructor(root: string, library: Library, incremental: boolean) {
    this.#incremental = incremental;
    this.#root = root;
    this.#library = library;
  }

  /** @throws nothing for what is wrong with the definitions: that comes back as diagnostics */
  async bundle(files: readonly DefinitionFile[]): Promise<Bundling> {
    this.#files = files;
    try {
      const { outputFiles, metafile, warnings } = await this.#build();
      const text = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
      if (!this.#ownMeta && text('.js').includes(IMPORT_META)) {
        this.#ownMeta = true;
        await this.dispose();
        return await this.bundle(files);
      }
      this.#inputs = this.#inputsOf(metafile);
      const diagnostics = warnings.flatMap((message) =>
        bundlingFault(message, 'warning', this.#shiftOf(message.location?.file)),
      );
      if (diagnostics.length > 0) return { diagnostics, inputs: this.#inputs };
      const positions = positionMap(text('.map'), this.#bundlePath, this.#root, new Set(this.#shifted));
      return {
        bundle: { code: text('.js'), provided: new Map(this.#provided), positions, commonJs: commonJsOf(metafile) },
        diagnostics,
        inputs: this.#inputs,
      };
    } catch (error) {
      if (!isBuildFailure(error)) throw error;
      const diagnostics = error.errors.flatMap((message) =>
        bundlingFault(message, 'error', this.#shiftOf(message.location?.file)),
      );
      const failed = error.errors.flatMap(({ location }) => (location ? [join(this.#root, location.file)] : []));
      return { diagnostics, inputs: [...new Set([...this.#inputs, ...failed])] };
    }
  }

  async dispose(): Promise<void> {
    await this.#context?.dispose();
    this.#context = undefined;
  }

  get #bundlePath(): string {
    return join(this.#root, `${ENTRY}.js`);
  }

  async #build(): Promise<BuildResult<Options>> {
    if (!this.#incremental) return build(this.#options());
    this.#context ??= await context(this.#options());
    return this.#context.rebuild();
  }

  #options(): Options {
    return {
      absWorkingDir: this.#root,
      entryPoints: [ENTRY],
      plugins: [
        this.#entry(),
        providedModules(this.#library, this.#provided),
        ...(this.#ownMeta ? [authorFiles(this.#shifted)] : []),
      ],
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      charset: 'utf8',
      define: { 'import.meta': IMPORT_META },
      outfile: this.#bundlePath,
      sourcemap: 'external',
      sourcesContent: false,
      metafile: true,
      write: false,
      logLevel: 'silent',
    };
  }

  /** Imports each file lazily, so that one that throws does not keep the others from being read. */
  #entry(): Plugin {
    return {
      name: 'entry',
      setup: (build) => {
        build.onResolve({ filter: new RegExp(`^${ENTRY}$`) }, ({ path }) => ({ path, namespace: 'entry' }));
        build.onLoad({ filter: /.*/, namespace: 'entry' }, () => ({
          contents: this.#files
            .map(({ file }) => `${MODULES}.set(${JSON.stringify(file)}, () => import(${JSON.stringify(`./${file}`)}));`)
            .join('\n'),
          resolveDir: this.#root,
        }));
      },
    };
  }

  #inputsOf({ inputs }: Metafile): readonly string[] {
    return Object.keys(inputs)
      .filter((path) => !/^(?:entry|package):/.test(path))
      .map((path) => join(this.#root, path));
  }

  #shiftOf(file: string | undefined): number {
    return file !== undefined && this.#shifted.has(join(this.#root, file)) ? 1 : 0;
  }
}

function commonJsOf({ inputs }: Metafile): ReadonlySet<string> {
  return new Set(Object.keys(inputs).filter((file) => inputs[file]?.format !== 'esm'));
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}
