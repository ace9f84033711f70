/** Takes suppressed diagnostics out, and says which suppressions have no reason, no known code or no use. */
import { codeEntry, findCode } from '../../analysis/codes.ts';
import type { Code } from '../../analysis/codes.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { findNamedCode } from '../../diagnostics/code-table.ts';
import type { Span } from '../../promql/ast.ts';
import { RULE_CODES } from '../../prometheus/checks/codes.ts';
import { LINT_CODES } from '../codes.ts';
import type { LintedFile } from '../files.ts';
import { fileOffset } from '../placed.ts';
import type { PlacedDiagnostic } from '../placed.ts';
import { positionOf } from '../text/source-text.ts';
import type { SourceText } from '../text/source-text.ts';
import { commentsOf } from './comments.ts';
import type { SuppressionComment } from './comments.ts';
import { coversFile, coversPlace } from './configured.ts';
import type { ConfiguredSuppression } from './configured.ts';
import { scopeOf } from './scope.ts';

export interface Suppressed {
  readonly kept: readonly PlacedDiagnostic[];
  /** What is wrong with the suppressions themselves. */
  readonly extra: readonly Diagnostic[];
  /** How many were taken out. */
  readonly suppressed: number;
}

/** One code that one comment or one entry of the configuration switches off. */
interface Switch {
  readonly code: string;
  readonly covers: (placed: PlacedDiagnostic) => boolean;
  /** What to say when it was never needed. */
  readonly unused: () => Diagnostic;
}

export function suppress(
  placed: readonly PlacedDiagnostic[],
  files: readonly LintedFile[],
  configured: readonly ConfiguredSuppression[],
): Suppressed {
  const faults: Diagnostic[] = [];
  const switches = [
    ...files.flatMap((file) => switchesOfComments(file, faults)),
    ...configured.flatMap((suppression) => switchOfConfiguration(suppression, files, faults)),
  ];
  const used = new Set<Switch>();
  const kept = placed.filter((one) => {
    const by = switches.filter(({ code, covers }) => code === one.diagnostic.code && covers(one));
    by.forEach((each) => used.add(each));
    return by.length === 0;
  });
  const unused = switches.filter((each) => !used.has(each)).map((each) => each.unused());
  return { kept, extra: [...faults, ...unused], suppressed: placed.length - kept.length };
}

/** The code that somebody wrote, as itself or by its name, if linting can report it. */
export function ownCode(text: string): string | undefined {
  return findCode(text)?.code ?? findNamedCode([...LINT_CODES, ...RULE_CODES], text)?.code;
}

function switchesOfComments(file: LintedFile, faults: Diagnostic[]): readonly Switch[] {
  const { suppressions, unreadable } = commentsOf(file);
  for (const { text, within, span } of unreadable) {
    faults.push(
      fault('C803', within, span, {
        message: `\`${text}\` is no comment that the linter knows.`,
        why: 'A comment to it says which code to switch off, and why.',
        fix: 'Write `# dashwright: disable=Q203 reason: …`, or `disable-file=` for the whole file.',
      }),
    );
  }
  return suppressions.flatMap((comment) => switchesOfComment(file, comment, faults));
}

function switchesOfComment(file: LintedFile, comment: SuppressionComment, faults: Diagnostic[]): readonly Switch[] {
  const { within, span, reason, expr } = comment;
  if (reason === '') {
    faults.push(
      fault('C802', within, span, {
        message: `The suppression of ${comment.codes.join(', ')} has no reason, so it is not heeded.`,
        why: 'Whoever reads it later has to know whether it still holds.',
        fix: `Write the reason behind it: \`# dashwright: disable=${comment.codes.join(',')} reason: …\`.`,
      }),
    );
    return [];
  }
  const scope = scopeOf(file, comment);
  return comment.codes.flatMap((written) => {
    const code = ownCode(written);
    if (code === undefined) {
      faults.push(fault('C803', within, span, unknownCode(written)));
      return [];
    }
    const covers = (placed: PlacedDiagnostic): boolean => {
      if (placed.file !== file.source) return false;
      if (expr !== undefined && placed.expr === expr) return true;
      const at = fileOffset(placed);
      return scope !== undefined && scope.start <= at && at <= scope.end;
    };
    const unused = (): Diagnostic =>
      fault('C801', within, span, {
        message: `Nothing here is reported as ${code}, so there is nothing to suppress.`,
        why:
          scope === undefined
            ? 'The comment stands beside no rule, panel or query.'
            : 'The fault was mended, or it stands elsewhere.',
        fix:
          scope === undefined
            ? 'Put the comment on the line above the rule, or beside its `expr`.'
            : 'Remove the comment.',
      });
    return [{ code, covers, unused }];
  });
}

function switchOfConfiguration(
  suppression: ConfiguredSuppression,
  files: readonly LintedFile[],
  faults: Diagnostic[],
): readonly Switch[] {
  const place = [suppression.files, suppression.where].filter((part) => part !== undefined).join(' › ');
  const named = `The suppression of ${suppression.code}${place === '' ? '' : ` in ${place}`} in the configuration`;
  if (suppression.reason.trim() === '') {
    faults.push(
      configurationFault('C802', {
        message: `${named} has no reason, so it is not heeded.`,
        why: 'Whoever reads it later has to know whether it still holds.',
        fix: 'Add `reason`.',
      }),
    );
    return [];
  }
  const code = ownCode(suppression.code);
  if (code === undefined) {
    faults.push(configurationFault('C803', unknownCode(suppression.code)));
    return [];
  }
  // Of files that are not looked at now nothing is known: another call or a build does.
  if (!files.some(({ source }) => coversFile(suppression, source.path))) return [];
  const unused = (): Diagnostic =>
    configurationFault('C801', {
      message: `${named} suppresses nothing.`,
      why: 'The fault was mended, or the file, folder or place is named differently.',
      fix: 'Remove the entry, or mend `files` or `where`.',
    });
  return [{ code, covers: (placed) => coversPlace(suppression, placed), unused }];
}

type Words = Pick<Diagnostic, 'message' | 'why' | 'fix'>;

function unknownCode(written: string): Words {
  return {
    message: `\`${written}\` is no code.`,
    why: 'A suppression of a code that does not exist suppresses nothing.',
    fix: 'Write a code such as Q203, or its name such as rate-needs-counter; `dashwright explain` lists them.',
  };
}

function fault(code: Code, within: SourceText, span: Span, words: Words): Diagnostic {
  return { ...configurationFault(code, words), position: positionOf(within, span.start) };
}

function configurationFault(code: Code, words: Words): Diagnostic {
  const { name, severity } = codeEntry(code);
  return { code, name, severity, ...words, where: [] };
}
