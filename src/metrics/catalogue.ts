/** A catalogue: the models of all metrics, in one order, each name once. */
import type { Catalogue, LabelModel, MetricModel } from './model.ts';
import { labelModels, type LabelDeclarations } from './labels.ts';
import { sampleNames } from './lookup.ts';

/** Anything that has a metric's model: what `counter()` and the other definitions give. */
export interface HasModel {
  readonly model: MetricModel;
}

/**
 * Collects metrics.
 *
 * @param metrics definitions or plain models, in any order
 * @param options `externalLabels`: labels that Prometheus adds to everything it sends
 * @returns a catalogue ordered by name
 * @throws TypeError where two metrics expose series of the same name
 */
export function catalogue(
  metrics: Iterable<HasModel | MetricModel>,
  options: { readonly externalLabels?: LabelDeclarations } = {},
): Catalogue {
  const models = [...metrics].map((metric) => ('model' in metric ? metric.model : metric));
  checkUnique(models);
  const external: Readonly<Record<string, LabelModel>> | undefined =
    options.externalLabels && labelModels(options.externalLabels);
  return Object.freeze({
    metrics: Object.freeze([...new Set(models)].toSorted((a, b) => (a.name < b.name ? -1 : 1))),
    ...(external === undefined ? {} : { externalLabels: external }),
  });
}

function checkUnique(models: readonly MetricModel[]): void {
  const owners = new Map<string, MetricModel>();
  for (const model of models) {
    for (const name of sampleNames(model)) {
      const other = owners.get(name);
      if (other !== undefined && other !== model) throw new TypeError(duplicate(name, other, model));
      owners.set(name, model);
    }
  }
}

function duplicate(name: string, first: MetricModel, second: MetricModel): string {
  const place = ({ position, name: family }: MetricModel): string =>
    position === undefined ? `"${family}"` : `"${family}" (${position.file}:${position.line}:${position.column})`;
  return `Two metrics expose "${name}": ${place(first)} and ${place(second)}. Define it once and import it where it is used.`;
}
