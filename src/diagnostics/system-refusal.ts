/** What it means that the system does not let a file be read or written, and what to do about it. */

/** In words that a sentence can end with. */
interface SystemRefusal {
  readonly why: string;
  readonly fix: string;
}

type Wordings = Readonly<Record<string, (path: string) => readonly [why: string, fix: string]>>;

const EITHER: Wordings = {
  ENOTDIR: (path) => ['a part of its path is a file, not a folder', `Check the path: it leads to ${path}.`],
  EISDIR: () => ['it is a folder', 'Name a file.'],
  ELOOP: () => ['its symbolic links lead in a circle', 'Mend the links, or name the file that they should lead to.'],
  ENAMETOOLONG: () => ['its name is longer than the system allows', 'Check the path.'],
  EMFILE: () => ['too many files are open', 'Raise the limit of open files (ulimit -n).'],
  EIO: () => ['the disk reports an error', 'Check the disk.'],
};

const READING: Wordings = {
  ...EITHER,
  ENOENT: (path) => ['it does not exist', `Check the path: it leads to ${path}.`],
  EACCES: (path) => ['reading it is not permitted', `Give yourself the right to read ${path}.`],
  EPERM: (path) => ['reading it is not permitted', `Give yourself the right to read ${path}.`],
};

const WRITING: Wordings = {
  ...EITHER,
  ENOENT: (path) => ['its folder does not exist', `Make the folder, or check the path: it leads to ${path}.`],
  EACCES: (path) => ['writing it is not permitted', `Give yourself the right to write ${path}, or name another file.`],
  EPERM: (path) => ['writing it is not permitted', `Give yourself the right to write ${path}, or name another file.`],
  EROFS: () => ['the file system is read-only', 'Name a file on another one.'],
  ENOSPC: () => ['the disk is full', 'Free some space.'],
  EDQUOT: () => ['the disk quota is used up', 'Free some space.'],
};

/**
 * Why a file or folder cannot be read.
 *
 * @param error what the system threw
 * @param path of the file, absolute: a relative one does not show what it counts from
 */
export function whyUnreadable(error: unknown, path: string): SystemRefusal {
  return refusal(READING, error, path);
}

/**
 * Why a file cannot be written.
 *
 * @param error what the system threw
 * @param path of the file, absolute
 */
export function whyUnwritable(error: unknown, path: string): SystemRefusal {
  return refusal(WRITING, error, path);
}

function refusal(wordings: Wordings, error: unknown, path: string): SystemRefusal {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const [why, fix] = wordings[code]?.(path) ?? [message, 'Mend that and try again.'];
  return { why, fix };
}
