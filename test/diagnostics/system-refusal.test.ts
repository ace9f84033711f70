import { describe, expect, it } from 'vitest';
import { whyUnreadable, whyUnwritable } from '../../src/diagnostics/system-refusal.ts';

const thrown = (code: string): Error => Object.assign(new Error(`${code}: raw words`), { code });

describe('what the system refuses', () => {
  it.each(['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG', 'EMFILE', 'EIO'])(
    '%s is said in words, with what to do',
    (code) => {
      for (const { why, fix } of [whyUnreadable(thrown(code), '/a/b'), whyUnwritable(thrown(code), '/a/b')]) {
        expect(why).not.toContain('raw words');
        expect(why).not.toMatch(/\.$/);
        expect(fix).toMatch(/^[A-Z].*\.$/);
      }
    },
  );

  it('a path that leads nowhere is shown whole', () => {
    expect(whyUnreadable(thrown('ENOENT'), '/a/b')).toEqual({
      why: 'it does not exist',
      fix: 'Check the path: it leads to /a/b.',
    });
    expect(whyUnwritable(thrown('ENOENT'), '/a/b').why).toBe('its folder does not exist');
  });

  it('what nobody foresaw is said in the words of the system', () => {
    expect(whyUnreadable(thrown('EWEIRD'), '/a')).toEqual({
      why: 'EWEIRD: raw words',
      fix: 'Mend that and try again.',
    });
  });
});
