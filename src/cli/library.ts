import type { Library } from '../project/load/provided-modules.ts';

/**
 * What definitions import by the package's name: this very instance of it. Imported only by commands that load
 * definitions, because it is most of the code.
 */
export async function ownLibrary(): Promise<Library> {
  const [dashwright, promql] = await Promise.all([import('../index.ts'), import('../promql/index.ts')]);
  return { dashwright, 'dashwright/promql': promql };
}
