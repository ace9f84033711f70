import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { projectBuilder } from '../project-builder.ts';
import { startProgress } from '../progress.ts';
import { report, type ReportOptions, say, withReportOptions } from '../report.ts';

/** `dashwright check`: says what is wrong with the definitions, and does not look at the output folder. */
export function checkCommand(command: Command, context: CommandContext, finish: (code: ExitCode) => void): Command {
  return withReportOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ dashwright check
  $ dashwright check --max-warnings 0      fail on warnings too
  $ dashwright check --format json         for programs
  $ dashwright check --format sarif        for code scanning services`,
    )
    .action(async (options: ReportOptions) => {
      finish(await check(options, context));
    });
}

async function check(options: ReportOptions, context: CommandContext): Promise<ExitCode> {
  const progress = startProgress(context.stderr);
  progress.step('Checking');
  const builder = projectBuilder(context);
  try {
    const { diagnostics, definitions } = await builder.build();
    progress.done();
    const code = report(diagnostics, options, context);
    if (code === EXIT.clean) {
      const { metrics, dashboards, groups } = definitions;
      const counts = [counted(metrics, 'metric'), counted(dashboards, 'dashboard'), counted(groups, 'rule group')];
      say(`Checked ${counts.join(', ')}.`, options, context);
    }
    return code;
  } finally {
    progress.done();
    await builder.dispose();
  }
}

function counted({ length }: readonly unknown[], noun: string): string {
  return `${length} ${noun}${length === 1 ? '' : 's'}`;
}
