import type { LintedFile } from './files.ts';
import type { SourceText } from './text/source-text.ts';

/** Every expression of a file, those of variables with the function around them. */
export function exprsOf({ groups, dashboards }: LintedFile): readonly SourceText[] {
  return [
    ...groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
    ...dashboards.flatMap(({ panels, variables, annotations }) => [
      ...panels.flatMap(({ queries }) => queries.map(({ expr }) => expr)),
      ...variables.flatMap(({ query }) => query ?? []),
      ...annotations.map(({ query }) => query.expr),
    ]),
  ];
}
