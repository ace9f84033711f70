import type { Severity } from './diagnostic.ts';

/** Adds emphasis for a terminal, or leaves text as it is. */
export interface Palette {
  severity(severity: Severity, text: string): string;
  /** What the eye should find first. */
  strong(text: string): string;
  /** Gutters and labels. */
  faint(text: string): string;
}

const SGR: Readonly<Record<Severity | 'strong' | 'faint', number>> = {
  error: 31,
  warning: 33,
  info: 36,
  strong: 1,
  faint: 2,
};

function paint(code: number, text: string): string {
  return `\u001b[${code}m${text}\u001b[0m`;
}

const COLOURED: Palette = {
  severity: (severity, text) => paint(SGR[severity], text),
  strong: (text) => paint(SGR.strong, text),
  faint: (text) => paint(SGR.faint, text),
};

const PLAIN: Palette = { severity: (_, text) => text, strong: (text) => text, faint: (text) => text };

/** ANSI escapes when `colour` is set, nothing otherwise. */
export function palette(colour: boolean): Palette {
  return colour ? COLOURED : PLAIN;
}
