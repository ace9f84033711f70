import type { GrafanaVariable, Matcher } from '../../promql/ast.ts';
import { printVariable } from '../../promql/grafana.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { declaredVariables } from '../variables.ts';

export const multiValueEquals: Check = defineCheck({
  code: 'D607',
  nodes: {
    VectorSelector(node, query) {
      return node.matchers.flatMap((matcher) =>
        equalToSeveral(matcher, query).map((finding) => ({ node, ...finding })),
      );
    },
  },
});

function equalToSeveral(matcher: Matcher, query: Query): readonly Finding[] {
  const { op, value } = matcher;
  if ((op !== '=' && op !== '!=') || typeof value === 'string') return [];
  const several = value.parts.find(
    (part): part is GrafanaVariable => typeof part === 'object' && holdsSeveral(part, query),
  );
  if (!several) return [];
  const regex = op === '=' ? '=~' : '!~';
  const written = printVariable(several);
  return [
    {
      span: matcher.span,
      message: `\`${op}\` compares with \`${written}\`, of which several values can be chosen at once.`,
      why: `Grafana writes several values as \`(a|b)\`. After \`${op}\` that is one plain text, which no label has: with more than one value, or "All", the panel is ${op === '=' ? 'empty' : 'not filtered'}.`,
      fix: `Write \`${regex}\` instead of \`${op}\`.`,
      ...replacement(matcher, regex),
    },
  ];
}

function replacement({ nameSpan, valueSpan }: Matcher, text: string): Pick<Finding, 'replacement'> {
  return nameSpan && valueSpan ? { replacement: { span: { start: nameSpan.end, end: valueSpan.start }, text } } : {};
}

function holdsSeveral({ name }: GrafanaVariable, { place }: Query): boolean {
  const declared = declaredVariables(place)?.get(name);
  return declared !== undefined && (declared.multi || declared.includeAll);
}
