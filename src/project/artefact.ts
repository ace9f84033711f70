/** A file that the build emits. */
export interface Artefact {
  /** Relative to the output folder, with `/` between its parts. */
  readonly path: string;
  readonly text: string;
}
