/** From a folder to what is to be written: loads, then builds. */
import { readFileSync } from 'node:fs';
import type { NamedCode } from '../../diagnostics/code-table.ts';
import { sortDiagnostics } from '../../diagnostics/order.ts';
import { type Built, buildProject } from '../build.ts';
import { DefinitionLoader, type LoaderOptions } from './load.ts';
import type { Library } from './provided-modules.ts';
import { projectPath } from './stack-traces.ts';

export interface BuilderOptions extends LoaderOptions {
  /** Codes of other commands, which the configuration may name as well. */
  readonly otherCodes?: readonly NamedCode[];
}

export interface ProjectBuild extends Built {
  /** Every file that was read, absolute. */
  readonly inputs: readonly string[];
}

/** Builds the project in a folder, as often as it is asked to. */
export class ProjectBuilder {
  readonly #root: string;
  readonly #loader: DefinitionLoader;
  readonly #otherCodes: readonly NamedCode[];

  /**
   * @param root the project's folder, absolute
   * @param library imports the running library, by the specifiers that definitions use
   */
  constructor(root: string, library: Library, options: BuilderOptions = {}) {
    this.#root = root;
    this.#otherCodes = options.otherCodes ?? [];
    this.#loader = new DefinitionLoader(root, library, options);
  }

  /** @throws nothing for what is wrong with the definitions: that comes back as diagnostics */
  async build(): Promise<ProjectBuild> {
    const { modules, inputs, diagnostics } = await this.#loader.load();
    if (diagnostics.some(({ severity }) => severity === 'error')) {
      return { ...NOTHING, diagnostics: sortDiagnostics(diagnostics), inputs };
    }
    const built = await buildProject(modules, this.#sources(inputs), this.#otherCodes);
    return { ...built, diagnostics: sortDiagnostics([...diagnostics, ...built.diagnostics]), inputs };
  }

  /** Ends the bundler's process. */
  dispose(): Promise<void> {
    return this.#loader.dispose();
  }

  #sources(inputs: readonly string[]): ReadonlyMap<string, string> {
    return new Map(inputs.map((input) => [projectPath(this.#root, input), readFileSync(input, 'utf8')]));
  }
}

const NOTHING: Omit<Built, 'diagnostics'> = {
  artefacts: [],
  definitions: { config: {}, metrics: [], exporters: [], dashboards: [], groups: [] },
  catalogue: { metrics: [] },
};
