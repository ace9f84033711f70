/**
 * The syntax tree of a Go template, as far as annotations and labels of alerting rules use it. The words are
 * those of Go's `text/template/parse`. Plain frozen data.
 */
import type { Span } from '../../promql/ast.ts';

/**
 * A term, with the fields that follow it: `$labels.job` is the variable `$labels` with the field `job`,
 * `.Value` a `field` of the dot.
 */
export interface GoTemplateOperand {
  readonly type: 'dot' | 'field' | 'variable' | 'function' | 'string' | 'number' | 'boolean' | 'nil' | 'pipeline';
  /** Name of a variable (with its `$`) or function; value of a string; text of a number or boolean. */
  readonly text: string;
  readonly fields: readonly string[];
  /** What stands in the brackets of a `pipeline`. */
  readonly pipeline?: GoTemplatePipeline;
  readonly span: Span;
}

/** A function or value with its arguments. */
export interface GoTemplateCommand {
  readonly operands: readonly GoTemplateOperand[];
}

/** Commands joined by `|`, each the last argument of the next. */
export interface GoTemplatePipeline {
  /** Variables that it sets, with their `$`. */
  readonly variables: readonly string[];
  readonly commands: readonly GoTemplateCommand[];
  readonly span: Span;
}

export type GoTemplateNode =
  | { readonly type: 'text'; readonly text: string; readonly span: Span }
  | { readonly type: 'action'; readonly pipeline: GoTemplatePipeline; readonly span: Span }
  | {
      readonly type: 'if' | 'with' | 'range';
      readonly pipeline: GoTemplatePipeline;
      readonly body: readonly GoTemplateNode[];
      readonly otherwise: readonly GoTemplateNode[];
      readonly span: Span;
    }
  | { readonly type: 'break' | 'continue'; readonly span: Span }
  | {
      readonly type: 'define' | 'block' | 'template';
      readonly name: string;
      readonly pipeline?: GoTemplatePipeline;
      readonly body: readonly GoTemplateNode[];
      readonly span: Span;
    };

/** Why a text is no template, and where. */
export class GoTemplateError extends Error {
  override readonly name = 'GoTemplateError';
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}
