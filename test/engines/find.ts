/**
 * Finds the real programs that judge what the project emits. Nothing in the tests stands in for them, so a
 * program that is missing fails the test with the command that installs it; no test is left out for it.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

interface EngineFacts {
  /** Names a path and goes before PATH. */
  readonly variable: string;
  /** Names of the program: upstream's own, then Debian's. */
  readonly programs: readonly string[];
  /** Debian and Ubuntu package. */
  readonly debianPackage: string;
}

export const ENGINES = {
  promtool: { variable: 'PROMTOOL', programs: ['promtool'], debianPackage: 'prometheus' },
  prometheus: { variable: 'PROMETHEUS', programs: ['prometheus'], debianPackage: 'prometheus' },
  alertmanager: {
    variable: 'ALERTMANAGER',
    programs: ['alertmanager', 'prometheus-alertmanager'],
    debianPackage: 'prometheus-alertmanager',
  },
  amtool: { variable: 'AMTOOL', programs: ['amtool'], debianPackage: 'prometheus-alertmanager' },
  pushgateway: {
    variable: 'PUSHGATEWAY',
    programs: ['pushgateway', 'prometheus-pushgateway'],
    debianPackage: 'prometheus-pushgateway',
  },
} as const satisfies Record<string, EngineFacts>;

export type EngineName = keyof typeof ENGINES;

/** Path of the program, or `undefined` where it is not installed. */
export function locateEngine(name: EngineName): string | undefined {
  const { variable, programs } = ENGINES[name];
  const named = process.env[variable];
  if (named !== undefined && named !== '') {
    if (!isExecutable(named)) {
      throw new Error(`${variable} says ${JSON.stringify(named)}, which is no program that can be run.`);
    }
    return named;
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return programs.flatMap((program) => folders.map((folder) => join(folder, program))).find(isExecutable);
}

/**
 * Path of the program.
 *
 * @throws when it is not installed, with the command that installs it
 */
export function findEngine(name: EngineName): string {
  const path = locateEngine(name);
  if (path === undefined) throw new Error(missingEngine(name));
  return path;
}

export function missingEngine(name: EngineName): string {
  const { variable, debianPackage } = ENGINES[name];
  return (
    `${name} is not installed, and the tests need the real one. On Debian or Ubuntu run ` +
    `"sudo apt-get install --no-install-recommends ${debianPackage}"; elsewhere download it from ` +
    `https://prometheus.io/download/ and put it on PATH or set ${variable} to its path.`
  );
}

function isExecutable(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
