import { Command, CommanderError } from 'commander';
import type { CommandName } from './command-names.ts';
import type { CommandContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { UsageError } from './usage-error.ts';

type Define = (command: Command, context: CommandContext, finish: (code: ExitCode) => void) => Command;

/** A command; what it is made of is imported when it is asked for, because most of it is needed by one command only. */
interface Entry {
  readonly name: CommandName;
  readonly description: string;
  readonly load: () => Promise<Define>;
}

const COMMANDS: readonly Entry[] = [
  {
    name: 'build',
    description: 'Build dashboards and rules from the definitions in this folder',
    load: async () => (await import('./commands/build.ts')).buildCommand,
  },
  {
    name: 'check',
    description: 'Say what is wrong with the definitions, without writing anything',
    load: async () => (await import('./commands/check.ts')).checkCommand,
  },
  {
    name: 'lint',
    description: 'Say what is wrong with Prometheus rules and Grafana dashboards, wherever they come from',
    load: async () => (await import('./commands/lint.ts')).lintCommand,
  },
  {
    name: 'explain',
    description: 'Explain a diagnostic: what it means, why it matters and what to write instead',
    load: async () => (await import('./commands/explain.ts')).explainCommand,
  },
  {
    name: 'catalogue',
    description: "Write the project's metrics as JSON, with what its rules record",
    load: async () => (await import('./commands/catalogue.ts')).catalogueCommand,
  },
];

/** Commands that take no files. */
const WHOLE: ReadonlySet<string> = new Set(['build', 'check', 'catalogue']);
const NO_FILES =
  'A project is read as a whole, from the folder that the command runs in. "dashwright lint" reads single files, of rules and dashboards.\n';

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
    const program = createProgram(context);
    for (const { name, description, load } of COMMANDS) {
      const command = program.command(name).description(description);
      if (args.includes(name)) (await load())(command, context, finish);
    }
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.code === 'commander.excessArguments' && WHOLE.has(args[0] ?? '')) context.stderr.write(NO_FILES);
      return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
    }
    if (!(error instanceof UsageError)) throw error;
    context.stderr.write(`${error.message}\n`);
    return EXIT.usage;
  }
}

function createProgram(context: CommandContext): Command {
  return new Command('dashwright')
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
}
