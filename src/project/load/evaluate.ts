import { Console } from 'node:console';
import { constants, Script } from 'node:vm';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { type Bundle, MODULES } from './bundle.ts';
import type { DefinitionFile } from './discover.ts';
import { thrownFault, unsettledFault } from './faults.ts';
import { type Namespace, PROVIDED } from './provided-modules.ts';

/** A file of definitions and what it exports. */
export interface DefinitionModule extends DefinitionFile {
  readonly exports: Namespace;
}

export interface Evaluation {
  readonly modules: readonly DefinitionModule[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface EvaluationOptions {
  /** The files of the bundle, as positions name them. */
  readonly inputs: ReadonlySet<string>;
  /** How long a file may take. Without it: as long as the process has anything to do. */
  readonly patienceMs?: number;
}

type Evaluate = () => Promise<Namespace>;
type Run = (provided: Bundle['provided'], modules: Map<string, Evaluate>) => Promise<void>;

class Unsettled extends Error {}

/**
 * Evaluates the definitions, one file after the other, each once. What they print goes to stderr: stdout
 * belongs to the command, and so does the end of the process.
 *
 * @param script the name of the evaluated code in stack traces
 */
export async function evaluate(
  { code, provided, commonJs }: Bundle,
  files: readonly DefinitionFile[],
  script: string,
  options: EvaluationOptions,
): Promise<Evaluation> {
  const run = new Script(`(async (${PROVIDED}, ${MODULES}) => { 'use strict';\n${code}\n})`, {
    filename: script,
    lineOffset: -1,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }).runInThisContext() as Run;
  const evaluators = new Map<string, Evaluate>();
  const stdout = globalThis.console;
  const exit = process.exit.bind(process);
  globalThis.console = new Console(process.stderr, process.stderr);
  process.exit = () => {
    throw new Error('`process.exit()` would end the build.');
  };
  try {
    await run(provided, evaluators);
    const { modules, diagnostics } = await evaluateAll(evaluators, files, options);
    return { modules: modules.map((module) => (commonJs.has(module.file) ? asModule(module) : module)), diagnostics };
  } finally {
    globalThis.console = stdout;
    process.exit = exit;
  }
}

async function evaluateAll(
  evaluators: ReadonlyMap<string, Evaluate>,
  files: readonly DefinitionFile[],
  { inputs, patienceMs }: EvaluationOptions,
): Promise<Evaluation> {
  const modules: DefinitionModule[] = [];
  const diagnostics: Diagnostic[] = [];
  const thrown = new Set<unknown>();
  for (const definition of files) {
    try {
      modules.push({ ...definition, exports: await settled(evaluators.get(definition.file), patienceMs) });
    } catch (error) {
      if (error instanceof Unsettled)
        return { modules, diagnostics: [...diagnostics, unsettledFault(definition.file)] };
      // A file that others import throws the same error again at each of them.
      if (thrown.has(error)) continue;
      thrown.add(error);
      diagnostics.push(thrownFault(error, definition.file, (file) => inputs.has(file)));
    }
  }
  return { modules, diagnostics };
}

/** A CommonJS file that exports nothing exports an empty object, by default. As a module it would export nothing. */
function asModule(module: DefinitionModule): DefinitionModule {
  const { default: exported, ...named } = module.exports;
  const isNothing = typeof exported === 'object' && exported !== null && Object.keys(exported).length === 0;
  return isNothing ? { ...module, exports: named } : module;
}

/** Waits, but not for what can no longer happen: once nothing is left to do, Node says so. */
async function settled(evaluator: Evaluate | undefined, patienceMs: number | undefined): Promise<Namespace> {
  let giveUp = (): void => undefined;
  const never = new Promise<never>((_, reject) => {
    giveUp = () => reject(new Unsettled());
  });
  process.once('beforeExit', giveUp);
  const timer = patienceMs === undefined ? undefined : setTimeout(giveUp, patienceMs);
  try {
    return await Promise.race([evaluator?.() ?? {}, never]);
  } finally {
    process.off('beforeExit', giveUp);
    clearTimeout(timer);
  }
}
