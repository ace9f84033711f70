/** Why an output folder could not be read or written. */
export type OutputFault =
  /** An artefact's path would leave the folder, or two artefacts cannot both exist. */
  | 'path'
  /** A file is in the way that no earlier build wrote. */
  | 'foreign'
  /** The system refused: no space, no permission, … */
  | 'system'
  /** Another build is writing to the same folder. */
  | 'locked';

/** A refusal to write. The output folder is what it was before. */
export class OutputError extends Error {
  readonly fault: OutputFault;
  /** The file or folder at fault. */
  readonly path: string;
  /** What to do about it. */
  readonly fix: string;

  constructor(fault: OutputFault, path: string, message: string, fix: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutputError';
    this.fault = fault;
    this.path = path;
    this.fix = fix;
  }
}

const REASONS: Readonly<Record<string, readonly [reason: string, fix: string]>> = {
  ENOSPC: ['the disk is full', 'Free some space and build again.'],
  EDQUOT: ['the disk quota is used up', 'Free some space and build again.'],
  EACCES: ['permission denied', 'Give yourself the right to write there, or choose another folder with --out.'],
  EPERM: [
    'the operation is not permitted',
    'Give yourself the right to write there, or choose another folder with --out.',
  ],
  EROFS: ['the file system is read-only', 'Choose another folder with --out.'],
  ENOTDIR: ['a file stands where a folder should be', 'Move that file away, or choose another folder with --out.'],
  EEXIST: ['a file stands where a folder should be', 'Move that file away, or choose another folder with --out.'],
  EISDIR: ['a folder stands where a file should be', 'Move that folder away and build again.'],
  ENOTEMPTY: ['a folder stands where a file should be', 'Move that folder away and build again.'],
  EMFILE: ['too many files are open', 'Raise the limit of open files (ulimit -n) and build again.'],
  EIO: ['the disk reports an error', 'Check the disk and build again.'],
};

/** Turns a refusal of the system into words; passes other errors on. */
export function systemError(directory: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : directory;
  const [reason, fix] = REASONS[error.code] ?? [error.message, 'Mend that and build again.'];
  return new OutputError('system', path, `\`${directory}\` cannot be written: ${reason}.`, fix, { cause: error });
}
