import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { type Comparison, compareOutput } from '../../output/compare.ts';
import { realFs } from '../../output/fs.ts';
import { OutputError } from '../../output/output-error.ts';
import { recoverOutput, type Written, writeOutput } from '../../output/write.ts';
import type { ProjectBuild } from '../../project/load/project.ts';
import type { CommandContext } from '../context.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.ts';
import { projectBuilder } from '../project-builder.ts';
import { outputDiagnostic, staleDiagnostics } from '../output-faults.ts';
import { startProgress } from '../progress.ts';
import { report, type ReportOptions, say, withReportOptions } from '../report.ts';
import { UsageError } from '../usage-error.ts';
import { watch } from '../watch.ts';

interface BuildOptions extends ReportOptions {
  readonly out?: string;
  readonly check?: boolean;
  readonly watch?: boolean;
}

const DEFAULT_OUT = 'out';

/** `dashwright build`: definitions to the output folder. */
export function buildCommand(command: Command, context: CommandContext, finish: (code: ExitCode) => void): Command {
  return withReportOptions(
    command
      .option('-o, --out <dir>', 'the folder to write; by default that of the configuration, or out/')
      .option('--check', 'write nothing, and fail when the folder is not what would be written')
      .option('-w, --watch', 'build again on every change'),
  )
    .addHelpText(
      'after',
      `
Examples:
  $ dashwright build                       definitions in metrics/, dashboards/ and rules/ to out/
  $ dashwright build --out /srv/monitoring to another folder
  $ dashwright build --check               in CI: fails when out/ is stale, and names the files
  $ dashwright build --watch               while you write
  $ dashwright build --format github       annotations on the lines of a pull request

Nothing is written while there is an error: the folder keeps what it has.`,
    )
    .action(async (options: BuildOptions) => {
      if (options.check && options.watch) throw new UsageError('--check and --watch exclude each other.');
      finish(await (options.watch ? watch(watchOptions(options, context), context) : buildOnce(options, context)));
    });
}

async function buildOnce(options: BuildOptions, context: CommandContext): Promise<ExitCode> {
  const progress = startProgress(context.stderr);
  progress.step('Building');
  const builder = projectBuilder(context);
  try {
    const build = await builder.build();
    progress.done();
    return settle(build, options, context);
  } finally {
    progress.done();
    await builder.dispose();
  }
}

function watchOptions(options: BuildOptions, context: CommandContext): Parameters<typeof watch>[0] {
  return { outOf: (build) => outOf(build, options), settle: (build) => settle(build, options, context) };
}

function outOf({ definitions }: ProjectBuild, { out }: BuildOptions): string {
  return out ?? definitions.config.out ?? DEFAULT_OUT;
}

/** Writes or compares what was built, and says so. */
function settle(build: ProjectBuild, options: BuildOptions, context: CommandContext): ExitCode {
  const out = outOf(build, options);
  const directory = resolve(context.cwd, out);
  const failed = exitCodeOf(build.diagnostics, options.maxWarnings) !== EXIT.clean;
  const outcome = attempt(() => {
    if (options.check) return failed ? undefined : compareOutput(realFs, directory, build.artefacts);
    recoverOutput(directory);
    return failed ? undefined : writeOutput(directory, build.artefacts);
  });
  const diagnostics = [...build.diagnostics, ...faultsOf(outcome, out)];
  const code = report(diagnostics, options, context, 'counted');
  if (outcome !== undefined && !(outcome instanceof OutputError)) {
    const line = 'replaced' in outcome ? written(out, outcome) : compared(out, outcome, code);
    if (line !== undefined) say(line, options, context);
  }
  return code;
}

type Outcome = Written | Comparison | OutputError | undefined;

function attempt(action: () => Outcome): Outcome {
  try {
    return action();
  } catch (error) {
    if (error instanceof OutputError) return error;
    throw error;
  }
}

function faultsOf(outcome: Outcome, out: string): readonly Diagnostic[] {
  if (outcome instanceof OutputError) return [outputDiagnostic(outcome)];
  return outcome !== undefined && 'stale' in outcome ? staleDiagnostics(out, outcome) : [];
}

function written(out: string, { created, replaced, deleted, unchanged }: Written): string {
  const counts = [
    [created.length, 'created'],
    [replaced.length, 'replaced'],
    [deleted.length, 'deleted'],
    [unchanged.length, 'unchanged'],
  ] as const;
  const said = counts.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]));
  return `${out}: ${said.join(', ')}`;
}

function compared(out: string, { unchanged }: Comparison, code: ExitCode): string | undefined {
  return code === EXIT.clean ? `${out} is current: ${unchanged.length} files` : undefined;
}
