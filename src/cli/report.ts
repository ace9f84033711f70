/** How a command says what it found: `--format`, `--max-warnings`, and the exit code. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { FORMATS, type FormatName } from '../diagnostics/format.ts';
import { tally } from '../diagnostics/order.ts';
import type { CommandContext } from './context.ts';
import { type ExitCode, exitCodeOf } from './exit-codes.ts';

export interface ReportOptions {
  readonly format: FormatName;
  readonly maxWarnings?: number;
}

/** Whether advice is printed in full, or only counted where people read it. */
export type Notes = 'shown' | 'counted';

/** Adds the options that every command with diagnostics has. */
export function withReportOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <format>', 'how to print what was found').choices(Object.keys(FORMATS)).default('text'),
    )
    .option('--max-warnings <n>', 'fail on more warnings than that', wholeNumber);
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It is a whole number, 0 or more.');
  return Number(text);
}

/**
 * Prints diagnostics to stdout.
 *
 * @param notes a command that people run all day does not repeat its advice
 * @returns the exit code that they ask for
 */
export function report(
  diagnostics: readonly Diagnostic[],
  { format, maxWarnings }: ReportOptions,
  context: CommandContext,
  notes: Notes = 'shown',
): ExitCode {
  const { stdout, terminal, readLine, packageFiles } = context;
  const count = notes === 'counted' && format === 'text' ? tally(diagnostics).info : 0;
  const printed = count > 0 ? diagnostics.filter(({ severity }) => severity !== 'info') : diagnostics;
  stdout.write(
    FORMATS[format](printed, {
      readLine,
      colour: terminal.colour,
      width: terminal.width,
      toolVersion: packageFiles.version,
    }),
  );
  if (count > 0)
    stdout.write(
      `${count} ${count === 1 ? 'note' : 'notes'}: "dashwright check" shows ${count === 1 ? 'it' : 'them'}.\n`,
    );
  const { warning } = tally(diagnostics);
  if (maxWarnings !== undefined && warning > maxWarnings) {
    context.stderr.write(`More warnings than allowed: ${warning}, at most ${maxWarnings}.\n`);
  }
  return exitCodeOf(diagnostics, maxWarnings);
}

/** Prints lines for people; programs that read another format do not see them. */
export function say(text: string, { format }: ReportOptions, { stdout }: CommandContext): void {
  if (format === 'text') stdout.write(`${text}\n`);
}
