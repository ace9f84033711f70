/** The texts of a dashboard in which a variable may be used outside of queries: titles, links, options. */
import type { TreeNode } from '../tree/node.ts';

const MAY_HOLD_VARIABLE = /\$|\[\[/;

/** All strings with a `$` or `[[` in them, and the names that `repeat` gives without one. */
export function otherTexts(node: TreeNode): readonly string[] {
  const texts: string[] = [];
  const visit = (at: TreeNode): void => {
    if (at.type === 'scalar') {
      if (typeof at.value === 'string' && MAY_HOLD_VARIABLE.test(at.value)) texts.push(at.value);
    } else if (at.type === 'list') at.items.forEach(visit);
    else {
      for (const [key, { value }] of at.entries) {
        if (key === 'repeat' && value.type === 'scalar' && typeof value.value === 'string')
          texts.push(`$${value.value}`);
        visit(value);
      }
    }
  };
  visit(node);
  return texts;
}
