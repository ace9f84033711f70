import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { whyUnreadable, whyUnwritable } from '../../diagnostics/system-refusal.ts';
import { CatalogueFileError, readCatalogues } from '../../lint/catalogue-file.ts';
import { LintPathError } from '../../lint/files.ts';
import { lintAndFix, lintFiles } from '../../lint/lint.ts';
import type { FixResult, LintOptions, LintResult } from '../../lint/lint.ts';
import { replaceFile } from '../../lint/replace-file.ts';
import type { Config } from '../../project/config.ts';
import { CONFIG_FILE } from '../../project/load/discover.ts';
import { loadConfigFile } from '../../project/load/config-file.ts';
import { serverOf } from '../../project/server.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { ALL_CODES } from '../all-codes.ts';
import type { CommandContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { OWN_LIBRARY } from '../library.ts';
import { startProgress } from '../progress.ts';
import { report, type ReportOptions, say, withReportOptions } from '../report.ts';
import { UsageError } from '../usage-error.ts';

interface LintCommandOptions extends ReportOptions {
  readonly catalogue?: readonly string[];
  readonly open?: boolean;
  readonly fix?: boolean;
  readonly config?: string;
}

/** `dashwright lint`: what is wrong with rules and dashboards that nobody wrote with this tool. */
export function lintCommand(command: Command, context: CommandContext, finish: (code: ExitCode) => void): Command {
  return withReportOptions(
    command
      .argument('<path...>', 'files and folders: rule files, PrometheusRules, dashboards, ConfigMaps with them')
      .option(
        '-c, --catalogue <file>',
        'what is known of the metrics, as `dashwright catalogue` writes it; repeatable',
        collect,
      )
      .option('--open', 'metrics that the catalogue does not name may exist')
      .option('--fix', 'repair in the files what needs no judgement')
      .option('--config <file>', `severities, suppressions and the server's version; by default ${CONFIG_FILE}`),
  )
    .addHelpText(
      'after',
      `
Examples:
  $ dashwright lint rules/ dashboards/
  $ dashwright lint . --catalogue catalogue.json --max-warnings 0
  $ dashwright lint rules/api.yaml --fix
  $ dashwright lint . --format sarif > lint.sarif

All files are judged together: what one records, another may use.
A finding that is none: "# dashwright: disable=Q203 reason: ..." above the rule, or in its PromQL.`,
    )
    .action(async (paths: readonly string[], options: LintCommandOptions) => {
      finish(await lint(paths, options, context));
    });
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

async function lint(paths: readonly string[], options: LintCommandOptions, context: CommandContext): Promise<ExitCode> {
  const progress = startProgress(context.stderr);
  try {
    const { config, diagnostics: faults } = await configuration(options, context);
    if (faults.some(({ severity }) => severity === 'error')) {
      report(faults, options, context);
      return EXIT.usage;
    }
    progress.step('Linting');
    const lintOptions = lintOptionsOf(config, options);
    const result = options.fix ? writeFixes(lintAndFix(paths, lintOptions), context) : lintFiles(paths, lintOptions);
    progress.done();
    const code = report([...faults, ...result.diagnostics], options, context);
    summarise(result, options, context);
    return code;
  } catch (error) {
    if (error instanceof LintPathError || error instanceof CatalogueFileError) {
      throw new UsageError(error.message, { cause: error });
    }
    throw error;
  } finally {
    progress.done();
  }
}

async function configuration(
  { config: named }: LintCommandOptions,
  { cwd }: CommandContext,
): Promise<{ readonly config: Config; readonly diagnostics: readonly Diagnostic[] }> {
  const file = resolve(cwd, named ?? CONFIG_FILE);
  if (named === undefined && !existsSync(file)) return { config: {}, diagnostics: [] };
  refuseOtherFiles(file, named ?? CONFIG_FILE);
  return loadConfigFile(cwd, relative(cwd, file), OWN_LIBRARY);
}

/** @throws UsageError for what the bundler could only complain of in its own words */
function refuseOtherFiles(file: string, named: string): void {
  try {
    readFileSync(file);
  } catch (error) {
    const { why, fix } = whyUnreadable(error, file);
    throw new UsageError(`The configuration "${named}" cannot be read: ${why}. ${fix}`, { cause: error });
  }
  if (!/\.[cm]?[jt]s$/.test(file)) {
    throw new UsageError(
      `The configuration "${named}" is no TypeScript file. Name one such as ${CONFIG_FILE}, which exports defineConfig({ … }) by default.`,
    );
  }
}

function lintOptionsOf(config: Config, { catalogue: files, open }: LintCommandOptions): LintOptions {
  const { severities, suppressions } = config;
  return {
    ...(files === undefined ? {} : { catalogue: readCatalogues(files) }),
    open: open === true,
    server: serverOf(config),
    ...(severities === undefined ? {} : { settings: { severities } }),
    ...(suppressions === undefined ? {} : { suppressions }),
    otherCodes: ALL_CODES,
  };
}

function writeFixes(result: FixResult, { stderr }: CommandContext): LintResult {
  const { fixed, refused } = result;
  for (const { path, text, applied } of fixed) {
    try {
      replaceFile(path, text);
    } catch (error) {
      const { why, fix } = whyUnwritable(error, resolve(path));
      throw new UsageError(`"${path}" cannot be repaired: ${why}. ${fix}`, { cause: error });
    }
    stderr.write(`${path}: ${counted(applied, 'repair')}\n`);
  }
  for (const { diagnostic, why } of refused) {
    const { position, code } = diagnostic;
    const place = position === undefined ? '' : `${position.file}:${position.line}:${position.column}: `;
    stderr.write(`${place}${code} was not repaired. ${why}\n`);
  }
  return result;
}

function summarise(result: LintResult, options: ReportOptions, context: CommandContext): void {
  const { files, expressions, suppressed, skipped } = result;
  const parts = [
    `Linted ${counted(expressions, 'expression')} in ${counted(files, 'file')}`,
    ...(suppressed === 0 ? [] : [`${suppressed} suppressed`]),
    ...(skipped.length === 0 ? [] : [`${counted(skipped.length, 'other file')} skipped`]),
  ];
  say(`${parts.join(', ')}.`, options, context);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
