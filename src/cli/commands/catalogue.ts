import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { ImportError } from '../../lint/scrape/http.ts';
import { whyUnwritable } from '../../diagnostics/system-refusal.ts';
import { importCatalogue } from '../../lint/scrape/import-catalogue.ts';
import type { CatalogueImportOptions } from '../../lint/scrape/import-catalogue.ts';
import type { Catalogue } from '../../metrics/model.ts';
import type { CommandContext } from '../context.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.ts';
import { projectBuilder } from '../project-builder.ts';
import { importOptionsOf, withImportOptions } from '../import-options.ts';
import type { ImportCommandOptions } from '../import-options.ts';
import { report } from '../report.ts';
import { UsageError } from '../usage-error.ts';

interface CatalogueOptions extends ImportCommandOptions {
  readonly from?: string;
  readonly out?: string;
}

/** `dashwright catalogue`: the metrics as JSON. */
export function catalogueCommand(command: Command, context: CommandContext, finish: (code: ExitCode) => void): Command {
  return withImportOptions(command.option('-o, --out <file>', 'write to a file; by default to stdout'))
    .addHelpText(
      'after',
      `
Examples:
  $ dashwright catalogue --out catalogue.json
  $ dashwright catalogue --from http://localhost:9100/metrics --job node --scrape-interval 15s
  $ dashwright catalogue --from http://prometheus:9090 --out catalogue.json
  $ dashwright lint rules/ --catalogue catalogue.json`,
    )
    .action(async (options: CatalogueOptions) => {
      finish(await writeCatalogue(options, context));
    });
}

async function writeCatalogue(options: CatalogueOptions, context: CommandContext): Promise<ExitCode> {
  const { from, out } = options;
  const importOptions = importOptionsOf(options);
  if (from !== undefined) return put(await imported(from, importOptions), out, context);
  const builder = projectBuilder(context);
  try {
    const { catalogue, diagnostics, definitions } = await builder.build();
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    // What is wrong with a query does not matter here; what is wrong with the metrics does.
    if (definitions.metrics.length === 0 && errors.length > 0) {
      report(errors, { format: 'text' }, { ...context, stdout: context.stderr });
      return exitCodeOf(errors);
    }
    return put(catalogue, out, context);
  } finally {
    await builder.dispose();
  }
}

async function imported(from: string, options: CatalogueImportOptions): Promise<Catalogue> {
  try {
    return await importCatalogue(from, options);
  } catch (error) {
    if (error instanceof ImportError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function put(catalogue: Catalogue, out: string | undefined, { cwd, stdout }: CommandContext): ExitCode {
  const text = `${JSON.stringify(catalogue, null, 2)}\n`;
  if (out === undefined) {
    stdout.write(text);
    return EXIT.clean;
  }
  const path = resolve(cwd, out);
  try {
    writeFileSync(path, text);
  } catch (error) {
    const { why, fix } = whyUnwritable(error, path);
    throw new UsageError(`"${out}" cannot be written: ${why}. ${fix}`, { cause: error });
  }
  return EXIT.clean;
}
