import { processContext } from './context.ts';
import { EXIT } from './exit-codes.ts';
import { packageFiles } from './package-files.ts';
import { run } from './program.ts';

const context = processContext(packageFiles(import.meta.filename));

// Definitions are kept from ending the process, we are not.
const exit = process.exit.bind(process);

// Whoever reads our output may stop, as `head` does. That is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') exit();
  process.stderr.write(`The output cannot be written: ${error.message}.\n`);
  exit(EXIT.usage);
});
process.stderr.on('error', () => exit());

run(process.argv.slice(2), context).then((code) => (process.exitCode = code), sayBug);

function sayBug(error: unknown): void {
  const { version, bugsUrl } = context.packageFiles;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `This is a bug of dashwright, not of your project.\n` +
      `Please report it${bugsUrl === undefined ? '' : ` at ${bugsUrl}`} with the following lines:\n\n` +
      `dashwright ${version}, Node ${process.version}, ${process.platform}\n` +
      `${process.argv.slice(2).join(' ')}\n${stack}\n`,
  );
  process.exitCode = EXIT.bug;
}
