import { Command, CommanderError } from 'commander';
import { buildCommand } from './commands/build.ts';
import { catalogueCommand } from './commands/catalogue.ts';
import { checkCommand } from './commands/check.ts';
import { explainCommand } from './commands/explain.ts';
import { lintCommand } from './commands/lint.ts';
import type { CommandContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { UsageError } from './usage-error.ts';

/**
 * Runs a command line.
 *
 * @param args without the names of Node and of the program
 * @returns the exit code
 * @throws what is a bug of ours
 */
export async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  let code: ExitCode = EXIT.clean;
  const finish = (result: ExitCode): void => {
    code = result;
  };
  try {
    await createProgram(context, finish).parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
    if (!(error instanceof UsageError)) throw error;
    context.stderr.write(`${error.message}\n`);
    return EXIT.usage;
  }
}

function createProgram(context: CommandContext, finish: (code: ExitCode) => void): Command {
  const program = new Command('dashwright')
    .description('Grafana dashboards and Prometheus rules as typed TypeScript, proven before they ship')
    .version(context.packageFiles.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      getOutHelpWidth: () => context.terminal.width,
      getErrHelpWidth: () => context.terminal.width,
    })
    .showHelpAfterError('Run with --help for the options and examples.')
    .addHelpText(
      'after',
      `
Examples:
  $ dashwright build --watch               while you write
  $ dashwright check --max-warnings 0      in CI
  $ dashwright explain Q203                what a code means

Exit codes: 0 clean, 1 an error was found, 2 wrong usage or configuration, 3 a bug of dashwright.`,
    );
  buildCommand(program.command('build'), context, finish);
  checkCommand(program.command('check'), context, finish);
  lintCommand(program.command('lint'), context, finish);
  explainCommand(program.command('explain'), context);
  catalogueCommand(program.command('catalogue'), context, finish);
  return program;
}
