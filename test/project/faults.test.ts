import type { Message } from 'esbuild';
import { expect, it } from 'vitest';
import { bundlingFault } from '../../src/project/load/faults.ts';

const LOCATION = { namespace: '', line: 1, column: 49, length: 1, lineText: ' '.repeat(60), suggestion: '' };

it('a file that may not be read is named, and no place in the list of files is shown', () => {
  const message: Message = {
    id: '',
    pluginName: '',
    text: 'Cannot read file "metrics/a.ts": permission denied',
    location: { ...LOCATION, file: 'entry:dashwright-definitions' },
    notes: [],
    detail: undefined,
  };
  const [fault, ...more] = bundlingFault(message, 'error', 0);
  expect(more).toEqual([]);
  expect(fault).toMatchObject({ code: 'C839', message: '`metrics/a.ts` cannot be read: permission denied.' });
  expect(fault).not.toHaveProperty('position');
});
