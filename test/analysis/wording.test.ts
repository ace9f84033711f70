import { describe, expect, test } from 'vitest';
import { nearest } from '../../src/analysis/wording.ts';

describe('the name that was meant', () => {
  test.each([
    ['cod', ['job', 'instance', 'pod', 'code'], 'code'],
    ['namespcae', ['job', 'namespace'], 'namespace'],
    ['pod_name', ['namespace', 'pod'], 'pod'],
    ['nodename', ['job', 'node'], 'node'],
    ['hostname', ['job', 'instance'], undefined],
    ['up', ['job'], undefined],
  ])('of %s among %j is %s', (typed, known, meant) => {
    expect(nearest(typed, known)).toBe(meant);
  });

  test('of two that are as near begins alike', () => {
    expect(nearest('rod', ['pod', 'red'])).toBe('red');
    expect(nearest('rod', ['red', 'pod'])).toBe('red');
  });
});
