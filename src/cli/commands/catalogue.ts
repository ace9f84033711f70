import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { importCatalogue } from '../../lint/scrape/import-catalogue.ts';
import { ImportError } from '../../lint/scrape/http.ts';
import type { Catalogue } from '../../metrics/model.ts';
import { ProjectBuilder } from '../../project/load/project.ts';
import type { CommandContext } from '../context.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.ts';
import { ownLibrary } from '../library.ts';
import { report } from '../report.ts';
import { UsageError } from '../usage-error.ts';

interface CatalogueOptions {
  readonly from?: string;
  readonly out?: string;
}

/** How long a target or a Prometheus may take to answer. */
const TIMEOUT_MS = 30_000;

/** `dashwright catalogue`: the metrics as JSON. */
export function catalogueCommand(command: Command, context: CommandContext, finish: (code: ExitCode) => void): Command {
  return command
    .description("Write the project's metrics as JSON, with what its rules record")
    .option('--from <file-or-url>', 'make one from a scraped /metrics text, a target or a Prometheus instead')
    .option('-o, --out <file>', 'write to a file; by default to stdout')
    .addHelpText(
      'after',
      `
Examples:
  $ dashwright catalogue --out catalogue.json
  $ dashwright catalogue --from http://localhost:9100/metrics
  $ dashwright catalogue --from http://prometheus:9090 --out catalogue.json
  $ dashwright lint rules/ --catalogue catalogue.json`,
    )
    .action(async (options: CatalogueOptions) => {
      finish(await writeCatalogue(options, context));
    });
}

async function writeCatalogue({ from, out }: CatalogueOptions, context: CommandContext): Promise<ExitCode> {
  if (from !== undefined) return put(await imported(from), out, context);
  const builder = new ProjectBuilder(context.cwd, await ownLibrary());
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

async function imported(from: string): Promise<Catalogue> {
  try {
    return await importCatalogue(from, { timeoutMilliseconds: TIMEOUT_MS });
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
  try {
    writeFileSync(resolve(cwd, out), text);
  } catch (error) {
    throw new UsageError(`"${out}" cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  return EXIT.clean;
}
