import type { Command } from 'commander';
import type { CodeEntry } from '../../diagnostics/code-table.ts';
import { ALL_CODES, findCode, similarCodes } from '../all-codes.ts';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../usage-error.ts';

/** `dashwright explain CODE`: the page of a code. */
export function explainCommand(command: Command, context: CommandContext): Command {
  return command
    .argument('[code]', 'a code such as Q203, or its name; left out: lists all codes')
    .addHelpText(
      'after',
      `
Examples:
  $ dashwright explain Q203
  $ dashwright explain rate-needs-counter
  $ dashwright explain                     lists every code`,
    )
    .action((text: string | undefined) => {
      context.stdout.write(text === undefined ? listing() : explanation(text, context));
    });
}

function explanation(text: string, { packageFiles }: CommandContext): string {
  const known = findCode(text);
  if (known === undefined) {
    const similar = similarCodes(text).map(({ code, name }) => `  ${code} ${name}`);
    const hint =
      similar.length === 0 ? 'Run `dashwright explain` for all of them.' : `Similar ones:\n${similar.join('\n')}`;
    throw new UsageError(`There is no code "${text}". ${hint}`);
  }
  return packageFiles.codePage(known.code) ?? `${line(known)}\n`;
}

function listing(): string {
  return ALL_CODES.map((known) => `${line(known)}\n`).join('');
}

function line({ code, name, severity, title }: CodeEntry): string {
  return `${code}  ${severity.padEnd(7)}  ${name}: ${title}`;
}
