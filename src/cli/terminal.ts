/** What is known of the place where the output goes. */
export interface Terminal {
  readonly colour: boolean;
  readonly width: number;
  readonly isTerminal: boolean;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const DEFAULT_WIDTH = 100;

/**
 * Colour on a terminal, unless the environment says otherwise: FORCE_COLOR (0 is off) wins over NO_COLOR, as in
 * Node itself. See https://no-color.org and https://force-color.org.
 */
export function terminalOf(stream: Stream, env: Readonly<Record<string, string | undefined>>): Terminal {
  const isTerminal = stream.isTTY === true;
  const { FORCE_COLOR: force, NO_COLOR: none, TERM: term } = env;
  const width = isTerminal && stream.columns !== undefined && stream.columns > 0 ? stream.columns : DEFAULT_WIDTH;
  return { colour: wantsColour(force, none, isTerminal && term !== 'dumb'), width, isTerminal };
}

function wantsColour(force: string | undefined, none: string | undefined, otherwise: boolean): boolean {
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (none !== undefined && none !== '') return false;
  return otherwise;
}
