/** What the Go templates of an alert's labels and annotations refer to. */
import type { Span } from '../promql/ast.ts';
import { operandsOf } from '../prometheus/go-template/contents.ts';
import { parseGoTemplate } from '../prometheus/go-template/parser.ts';
import {
  GoTemplateError,
  type GoTemplateNode,
  type GoTemplateOperand,
  type GoTemplatePipeline,
} from '../prometheus/go-template/tree.ts';
import type { AlertPlace, Part } from './subject.ts';

export interface LabelReference {
  readonly label: string;
  readonly part: Part;
  /** The reference as it is written. */
  readonly text: string;
}

interface AlertTemplate {
  readonly part: Part & { readonly name: string };
  readonly text: string;
  /** Absent where the template cannot be read, which is another check's fault to report. */
  readonly nodes?: readonly GoTemplateNode[];
}

/** The templates of an alert: its annotations, and its labels. */
function templatesOf(place: AlertPlace): readonly AlertTemplate[] {
  let templates = cache.get(place);
  if (!templates) cache.set(place, (templates = readTemplates(place)));
  return templates;
}

/** Several checks read the same templates. */
const cache = new WeakMap<AlertPlace, readonly AlertTemplate[]>();

function readTemplates({ annotations, labels }: AlertPlace): readonly AlertTemplate[] {
  const read = (part: 'annotation' | 'label', texts: Readonly<Record<string, string>>): readonly AlertTemplate[] =>
    Object.entries(texts).map(([name, text]) => {
      const nodes = nodesOf(text);
      return { part: { part, name }, text, ...(nodes ? { nodes } : {}) };
    });
  return [...read('annotation', annotations), ...read('label', labels)];
}

function nodesOf(text: string): readonly GoTemplateNode[] | undefined {
  if (!text.includes('{{')) return [];
  try {
    return parseGoTemplate(text);
  } catch (error) {
    if (error instanceof GoTemplateError) return undefined;
    throw error;
  }
}

/** Several checks ask for the same alert. */
const REFERENCES: WeakMap<AlertPlace, readonly LabelReference[]> = new WeakMap();

/** Labels of the alert that its templates print: `$labels.x`, `.Labels.x` and `index $labels "x"`. */
export function labelReferences(place: AlertPlace): readonly LabelReference[] {
  const references = REFERENCES.get(place) ?? readReferences(place);
  REFERENCES.set(place, references);
  return references;
}

function readReferences(place: AlertPlace): readonly LabelReference[] {
  return templatesOf(place).flatMap(({ part, text, nodes = [] }) => {
    const found: LabelReference[] = [];
    const add = (label: string, span: Span): void => {
      found.push({ label, part: { ...part, span }, text: text.slice(span.start, span.end) });
    };
    const dots = keepsDot(nodes);
    for (const operand of operandsOf(nodes)) {
      const label = labelOf(operand, dots);
      if (label !== undefined) add(label, operand.span);
    }
    for (const pipeline of pipelinesOf(nodes)) {
      for (const { operands } of pipeline.commands) {
        const [func, map, key] = operands;
        if (func?.type === 'function' && func.text === 'index' && map && isLabels(map) && key?.type === 'string')
          add(key.text, map.span);
      }
    }
    return found;
  });
}

/** Whether the dot is the alert everywhere in the template: `with` and `range` give it another meaning. */
function keepsDot(nodes: readonly GoTemplateNode[]): boolean {
  return !nodes.some(
    (node) =>
      node.type === 'with' ||
      node.type === 'range' ||
      (node.type === 'if' && !(keepsDot(node.body) && keepsDot(node.otherwise))),
  );
}

function isLabels({ type, text, fields }: GoTemplateOperand): boolean {
  if (type === 'variable') return text === '$labels' && fields.length === 0;
  return type === 'field' && fields.length === 1 && fields[0] === 'Labels';
}

function labelOf({ type, text, fields }: GoTemplateOperand, dots: boolean): string | undefined {
  if (type === 'variable' && text === '$labels') return fields[0];
  return type === 'field' && dots && fields[0] === 'Labels' ? fields[1] : undefined;
}

function pipelinesOf(nodes: readonly GoTemplateNode[]): readonly GoTemplatePipeline[] {
  return nodes.flatMap((node) => {
    const own = 'pipeline' in node && node.pipeline ? [node.pipeline] : [];
    const inner = 'body' in node ? pipelinesOf(node.body) : [];
    const otherwise = 'otherwise' in node ? pipelinesOf(node.otherwise) : [];
    return [...own.flatMap(withInner), ...inner, ...otherwise];
  });
}

function withInner(pipeline: GoTemplatePipeline): readonly GoTemplatePipeline[] {
  const inner = pipeline.commands.flatMap(({ operands }) =>
    operands.flatMap((operand) => (operand.pipeline ? withInner(operand.pipeline) : [])),
  );
  return [pipeline, ...inner];
}

export interface ValueFunction {
  readonly func: string;
  readonly part: Part;
  /** The function with its value, as it is written. */
  readonly text: string;
}

/** Functions that an alert's templates apply to its value itself: `$value | humanize`, `humanize .Value`. */
export function valueFunctions(place: AlertPlace): readonly ValueFunction[] {
  return templatesOf(place).flatMap(({ part, text, nodes = [] }) =>
    pipelinesOf(nodes).flatMap(({ commands, span }): ValueFunction[] => {
      const [first, second] = commands;
      const [head, argument] = first?.operands ?? [];
      const piped = head && isValue(head) && first?.operands.length === 1 ? second?.operands[0] : undefined;
      const called = head?.type === 'function' && argument && isValue(argument) ? head : undefined;
      const func = piped?.type === 'function' ? piped : called;
      return func ? [{ func: func.text, part: { ...part, span }, text: text.slice(span.start, span.end).trim() }] : [];
    }),
  );
}

function isValue({ type, text, fields }: GoTemplateOperand): boolean {
  if (type === 'variable') return text === '$value' && fields.length === 0;
  return type === 'field' && fields.length === 1 && fields[0] === 'Value';
}
