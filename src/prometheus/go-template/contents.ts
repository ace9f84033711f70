/** What a template uses, and what it prints where that can be known beforehand. */
import { own } from '../../metrics/own.ts';
import type { GoTemplateNode, GoTemplateOperand, GoTemplatePipeline } from './tree.ts';

/** Every operand of a template, those in blocks and brackets too, in the order of the text. */
export function operandsOf(nodes: readonly GoTemplateNode[]): readonly GoTemplateOperand[] {
  return nodes.flatMap((node) => {
    switch (node.type) {
      case 'text':
      case 'break':
      case 'continue':
        return [];
      case 'action':
        return inPipeline(node.pipeline);
      case 'if':
      case 'with':
      case 'range':
        return [...inPipeline(node.pipeline), ...operandsOf(node.body), ...operandsOf(node.otherwise)];
      case 'define':
      case 'block':
      case 'template':
        return [...inPipeline(node.pipeline), ...operandsOf(node.body)];
    }
  });
}

function inPipeline(pipeline: GoTemplatePipeline | undefined): readonly GoTemplateOperand[] {
  return (pipeline?.commands ?? []).flatMap(({ operands }) =>
    operands.flatMap((operand) => [operand, ...inPipeline(operand.pipeline)]),
  );
}

/** The functions that a template calls, each once. */
export function functionsOf(nodes: readonly GoTemplateNode[]): readonly string[] {
  return [...new Set(operandsOf(nodes).flatMap(({ type, text }) => (type === 'function' ? [text] : [])))];
}

/** What a template is filled in with, as far as it is known before the alert fires. */
export interface KnownLabels {
  readonly labels: Readonly<Record<string, string>>;
  readonly externalLabels: Readonly<Record<string, string>>;
}

/**
 * What a template prints for an alert with these labels.
 *
 * @returns `undefined` where it prints anything but text and labels
 */
export function textFor(nodes: readonly GoTemplateNode[], known: KnownLabels): string | undefined {
  const pieces = nodes.map((node) => {
    if (node.type === 'text') return node.text;
    return node.type === 'action' ? actionText(node.pipeline, known) : undefined;
  });
  return pieces.includes(undefined) ? undefined : pieces.join('');
}

function actionText({ variables, commands }: GoTemplatePipeline, known: KnownLabels): string | undefined {
  const [command, ...more] = commands;
  if (command === undefined || more.length > 0 || variables.length > 0) return undefined;
  const [first, second, third, ...rest] = command.operands;
  if (first === undefined || rest.length > 0) return undefined;
  if (second === undefined) {
    if (first.type === 'string') return first.text;
    const [name, ...deeper] = first.fields;
    return name === undefined || deeper.length > 0 ? undefined : valueOf(first, name, known);
  }
  const looksUp = first.type === 'function' && first.text === 'index' && second.fields.length === 0;
  return looksUp && third?.type === 'string' ? valueOf(second, third.text, known) : undefined;
}

function valueOf(operand: GoTemplateOperand, name: string, known: KnownLabels): string | undefined {
  if (operand.type !== 'variable') return undefined;
  if (operand.text === '$labels') return own(known.labels, name) ?? '';
  return operand.text === '$externalLabels' ? (own(known.externalLabels, name) ?? '') : undefined;
}
