/**
 * The syntax tree of PromQL.
 *
 * Node names are those of Prometheus' own Go package (`promql/parser/ast.go`). Trees are plain, frozen,
 * JSON-safe data: no classes, no `undefined` values, no NaN or Infinity.
 *
 * There is no node for brackets: the tree says what binds to what, and `parens` only remembers where the
 * author wrote some. `span`, `parens` and `requires` are metadata: two trees are equal when they are equal
 * without them.
 */

/** A half-open range of UTF-16 offsets into the text that was parsed. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a server must have before it accepts a node. */
export interface Requirement {
  /** What needs it, in the words of the field, such as "the limitk() aggregation". */
  readonly what: string;
  /** The first Prometheus version that knows it, such as "2.49". */
  readonly since?: string;
  /** The value of `--enable-feature` (or of its own flag) without which a server refuses it. */
  readonly feature?: string;
}

interface NodeBase {
  /** Where the node stands in the parsed text, without brackets around it. Absent on built trees. */
  readonly span?: Span;
  /** The outermost brackets that the author wrote around the node. */
  readonly parens?: Span;
  readonly requires?: readonly Requirement[];
}

/** A Grafana variable: `$name`, `${name}`, `${name.field:format}` or `[[name:format]]`. */
export interface GrafanaVariable {
  readonly type: 'GrafanaVariable';
  readonly name: string;
  readonly fieldPath?: string;
  readonly format?: string;
  /** How it was written, so that printing gives it back. */
  readonly syntax: 'dollar' | 'braces' | 'brackets';
  readonly span?: Span;
}

/** Text with at least one Grafana variable in it. */
export interface Template {
  readonly type: 'Template';
  readonly parts: readonly (string | GrafanaVariable)[];
}

/** A name or the contents of a string; a Template only where variables are switched on. */
export type Text = string | Template;

/** A name with its place, as in `by (job)`. */
export type LabelName = Text;

export interface NumberLiteral extends NodeBase {
  readonly type: 'NumberLiteral';
  /** The value; the three that JSON lacks are written as Prometheus prints them. A duration is in seconds. */
  readonly value: number | 'NaN' | '+Inf' | '-Inf';
  /** Written as a duration (`5m`), which Prometheus reads as a number of seconds. */
  readonly duration?: true;
}

export interface StringLiteral extends NodeBase {
  readonly type: 'StringLiteral';
  /** The value, escapes resolved. */
  readonly value: Text;
}

export type MatchOperator = '=' | '!=' | '=~' | '!~';

export interface Matcher {
  readonly type: 'Matcher';
  readonly name: LabelName;
  readonly op: MatchOperator;
  readonly value: Text;
  readonly span?: Span;
  readonly nameSpan?: Span;
  readonly valueSpan?: Span;
}

/** A plain length of time in milliseconds; negative only in offsets. */
export interface Duration {
  readonly type: 'Duration';
  readonly milliseconds: number;
  readonly span?: Span;
}

/** A length of time that Grafana fills in, such as `$__rate_interval` or `${window}m`. */
export interface TemplateDuration {
  readonly type: 'TemplateDuration';
  readonly text: Template;
  readonly span?: Span;
}

/** Arithmetic on durations (Prometheus 3.x, `--enable-feature=promql-duration-expr`). */
export interface DurationExpr {
  readonly type: 'DurationExpr';
  readonly op: '+' | '-' | '*' | '/' | '%' | '^' | 'step' | 'range' | 'min_of' | 'max_of';
  /** One operand for a sign, two for the rest, none for `step()` and `range()`. */
  readonly operands: readonly DurationOperand[];
  readonly span?: Span;
  readonly requires?: readonly Requirement[];
}

export type DurationOperand = DurationValue | NumberLiteral;
export type DurationValue = Duration | TemplateDuration | DurationExpr;

/** `@ 1609746000`, `@ start()`, `@ end()`, `@ $variable`. */
export interface AtModifier {
  readonly type: 'AtModifier';
  readonly at: 'start' | 'end' | GrafanaVariable | { readonly milliseconds: number };
  readonly span?: Span;
}

interface Modifiers {
  readonly offset?: DurationValue;
  readonly at?: AtModifier;
}

export interface VectorSelector extends NodeBase, Modifiers {
  readonly type: 'VectorSelector';
  /** The metric name where one was written as a name (also as a quoted one inside the braces). */
  readonly name?: Text;
  readonly nameSpan?: Span;
  readonly matchers: readonly Matcher[];
  /** `anchored` and `smoothed` (Prometheus 3.x, `--enable-feature=promql-extended-range-selectors`). */
  readonly extended?: 'anchored' | 'smoothed';
}

/** `selector[5m]`; `offset` and `@` stand on the selector inside, as in Prometheus. */
export interface MatrixSelector extends NodeBase {
  readonly type: 'MatrixSelector';
  readonly selector: VectorSelector;
  readonly range: DurationValue;
}

/** `expr[1h:5m]`; without a step the server's evaluation interval is used. */
export interface SubqueryExpr extends NodeBase, Modifiers {
  readonly type: 'SubqueryExpr';
  readonly expr: Expr;
  readonly range: DurationValue;
  readonly step?: DurationValue;
}

export interface Call extends NodeBase {
  readonly type: 'Call';
  readonly func: string;
  readonly funcSpan?: Span;
  readonly args: readonly Expr[];
}

export type AggregateOp =
  | 'sum'
  | 'avg'
  | 'count'
  | 'min'
  | 'max'
  | 'group'
  | 'stddev'
  | 'stdvar'
  | 'topk'
  | 'bottomk'
  | 'quantile'
  | 'count_values'
  | 'limitk'
  | 'limit_ratio';

export interface Grouping {
  readonly mode: 'by' | 'without';
  readonly labels: readonly LabelName[];
  readonly span?: Span;
  readonly labelSpans?: readonly Span[];
}

export interface AggregateExpr extends NodeBase {
  readonly type: 'AggregateExpr';
  readonly op: AggregateOp;
  readonly opSpan?: Span;
  readonly param?: Expr;
  readonly expr: Expr;
  readonly grouping?: Grouping;
}

export type BinaryOp =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '^'
  | 'atan2'
  | '=='
  | '!='
  | '>'
  | '<'
  | '>='
  | '<='
  | 'and'
  | 'or'
  | 'unless'
  | '</'
  | '>/';

export interface VectorMatching {
  /** `on` names the labels to match, `ignoring` those to leave out. */
  readonly mode: 'on' | 'ignoring';
  readonly labels: readonly LabelName[];
  readonly labelSpans?: readonly Span[];
  /** `group_left`: many to one; `group_right`: one to many. Absent: one to one. */
  readonly group?: 'left' | 'right';
  /** Labels copied from the "one" side by `group_left (…)`. */
  readonly include?: readonly LabelName[];
  readonly includeSpans?: readonly Span[];
  readonly span?: Span;
}

/** `fill(0)` is both sides alike (Prometheus 3.x, experimental). */
export interface Fill {
  readonly left?: NumberLiteral;
  readonly right?: NumberLiteral;
}

export interface BinaryExpr extends NodeBase {
  readonly type: 'BinaryExpr';
  readonly op: BinaryOp;
  readonly opSpan?: Span;
  readonly lhs: Expr;
  readonly rhs: Expr;
  /** `bool`: compare to 0 or 1 instead of filtering. */
  readonly bool?: true;
  readonly matching?: VectorMatching;
  readonly fill?: Fill;
}

export interface UnaryExpr extends NodeBase {
  readonly type: 'UnaryExpr';
  readonly op: '+' | '-';
  readonly expr: Expr;
}

/**
 * A Grafana variable that stands for a whole expression or argument, such as `topk($n, up)`, or, with
 * `operands`, for the operator between two of them, such as `up $operator on (job) scrapes`.
 */
export interface VariableExpr extends NodeBase {
  readonly type: 'VariableExpr';
  readonly variable: Template;
  readonly operands?: VariableOperands;
}

/** The two sides of an operator that Grafana fills in. Which of them binds tighter only Grafana knows. */
export interface VariableOperands {
  readonly lhs: Expr;
  readonly rhs: Expr;
  readonly bool?: true;
  readonly matching?: VectorMatching;
  readonly fill?: Fill;
}

/** What could not be read; only in the trees of `parseTolerant`. */
export interface ErrorExpr extends NodeBase {
  readonly type: 'ErrorExpr';
  readonly children: readonly Expr[];
}

export type Expr =
  | NumberLiteral
  | StringLiteral
  | VectorSelector
  | MatrixSelector
  | SubqueryExpr
  | Call
  | AggregateExpr
  | BinaryExpr
  | UnaryExpr
  | VariableExpr
  | ErrorExpr;

/** The types of PromQL's expressions, in the words of the Prometheus documentation. */
export type ValueType = 'scalar' | 'string' | 'vector' | 'matrix';
