/** Type-checks small files against the public surface, with the compilers that authors have. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const COMPILERS = {
  'TypeScript 5.9': join(root, 'node_modules/typescript/bin/tsc'),
  'TypeScript 7': join(root, 'node_modules/typescript-7/bin/tsc'),
} as const;

export type CompilerName = keyof typeof COMPILERS;

/** What the compiler printed, without the name of the file. */
export type Messages = Readonly<Record<string, string>>;

const CONFIG = {
  compilerOptions: {
    target: 'es2023',
    lib: ['es2023'],
    module: 'nodenext',
    moduleResolution: 'nodenext',
    customConditions: ['dashwright-source'],
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
    paths: { dashwright: [join(root, 'src/index.ts')] },
  },
  include: ['*.ts'],
};

/**
 * Writes files into a folder of their own, compiles them together, and removes the folder.
 *
 * @param files source by name, without `.ts`
 * @returns standard output of the compiler
 */
async function tsc(compiler: CompilerName, files: Messages, flags: readonly string[] = []): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dashwright-types-'));
  try {
    await write(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG));
    await write(join(folder, 'package.json'), '{ "type": "module" }');
    for (const [name, source] of Object.entries(files)) await write(join(folder, `${name}.ts`), source);
    return await run(process.execPath, [COMPILERS[compiler], '-p', folder, '--pretty', 'false', ...flags], folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the compiler says of each file; empty where it has nothing to say. */
export async function messages(compiler: CompilerName, files: Messages): Promise<Messages> {
  const output = await tsc(compiler, files);
  const found: Record<string, string> = Object.fromEntries(Object.keys(files).map((name) => [name, '']));
  let current = '';
  for (const line of output.split('\n')) {
    const start = /^([\w-]+)\.ts\((\d+),\d+\): (.*)$/.exec(line);
    if (start) current = start[1] ?? '';
    else if (/^\S/.test(line)) throw new Error(`The compiler reports something outside of the files: ${line}`);
    if (line !== '') found[current] = `${found[current] ?? ''}${start ? `${start[2]}: ${start[3]}` : line}\n`;
  }
  return found;
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, maxBuffer: 1 << 26 }, (_error, stdout, stderr) => resolve(stdout + stderr));
  });
}
