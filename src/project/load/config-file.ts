/** The configuration alone, for commands that look at no definitions. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { collectDefinitions } from '../definitions.ts';
import type { Config } from '../config.ts';
import { Bundler } from './bundle.ts';
import { evaluate } from './evaluate.ts';
import type { Library } from './provided-modules.ts';
import { mapStackTraces, projectPath } from './stack-traces.ts';

const SCRIPT = 'dashwright-configuration';

/**
 * Evaluates a configuration file.
 *
 * @param root the folder that positions count from, absolute
 * @param file relative to `root`
 * @param library imports the running library, by the specifiers that the file uses
 * @returns an empty configuration beside the diagnostics where the file is broken
 */
export async function loadConfigFile(
  root: string,
  file: string,
  library: Library,
): Promise<{ readonly config: Config; readonly diagnostics: readonly Diagnostic[] }> {
  const files = [{ file, folder: 'config' }] as const;
  const { bundle, inputs, diagnostics } = await new Bundler(root, library, false).bundle(files);
  if (!bundle) return { config: {}, diagnostics };
  mapStackTraces(SCRIPT, bundle.positions);
  const names = new Set(inputs.map((input) => projectPath(root, input)));
  const evaluation = await evaluate(bundle, files, SCRIPT, { inputs: names });
  const { definitions, diagnostics: faults } = collectDefinitions(evaluation.modules);
  return { config: definitions.config, diagnostics: [...diagnostics, ...evaluation.diagnostics, ...faults] };
}
