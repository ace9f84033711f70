import type { Library } from '../project/load/provided-modules.ts';

/**
 * What definitions import by the package's name: this very instance of it. Imported when a definition asks for it,
 * while the bundler reads the others.
 */
export const OWN_LIBRARY: Library = {
  dashwright: () => import('../index.ts'),
  'dashwright/promql': () => import('../promql/index.ts'),
};
