import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';

/** What a diagnostic leaves the reader to guess; nothing where it is whole. */
export function incomplete({ code, name, message, why, fix, position }: Diagnostic): readonly string[] {
  const faults: string[] = [];
  if (!/^[A-Z]\d{3}$/.test(code)) faults.push(`the code "${code}"`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) faults.push(`the name "${name}"`);
  for (const [part, text] of Object.entries({ message, why, fix })) {
    if (text.trim() === '' || /undefined|\[object Object\]|NaN/.test(text)) faults.push(`the ${part} "${text}"`);
  }
  if (!/[.!?]$/.test(message.trim())) faults.push(`a message that is no sentence: "${message}"`);
  if (position && (position.line < 1 || position.column < 1)) faults.push('a position before the file');
  return faults;
}
