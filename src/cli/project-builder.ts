import { ProjectBuilder } from '../project/load/project.ts';
import type { LoaderOptions } from '../project/load/load.ts';
import { ALL_CODES } from './all-codes.ts';
import type { CommandContext } from './context.ts';
import { OWN_LIBRARY } from './library.ts';

/** A builder of the project in the command's folder. Whoever makes one disposes of it. */
export function projectBuilder({ cwd }: CommandContext, options: LoaderOptions = {}): ProjectBuilder {
  return new ProjectBuilder(cwd, OWN_LIBRARY, { ...options, otherCodes: ALL_CODES });
}
