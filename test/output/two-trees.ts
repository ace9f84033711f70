import type { Artefact } from '../../src/project/artefact.ts';

/** Two outputs that differ in all that can differ: each has files that the other lacks, and others in common. */
export const TREES: readonly (readonly Artefact[])[] = [tree('first'), tree('second')];

function tree(name: string): readonly Artefact[] {
  const common = Array.from({ length: 12 }, (_, index) => ({
    path: `grafana/dashboards/ops/${index}.json`,
    text: `${name} ${index}\n`.repeat(2000),
  }));
  const own = Array.from({ length: 6 }, (_, index) => ({
    path: `prometheus/${name}/${index}.yaml`,
    text: `${name}\n`,
  }));
  return [...common, ...own];
}
