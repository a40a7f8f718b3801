import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pageOf, parseStretch, sentence } from './routes';

describe('addresses', () => {
  it('encode ids, which are opaque', () => {
    expect(pageOf('Meeting', 'a/b?c')).toBe('/meetings/a%2Fb%3Fc');
    expect(sentence('d', 3, 9)).toBe('/minutes/d?at=3-9');
    expect(sentence('d')).toBe('/minutes/d');
  });

  it('read a stretch only where it is one', () => {
    expect(parseStretch('12-34')).toEqual({ start: 12, end: 34 });
    for (const bad of [null, '', '34-12', '5-5', '-1-4', '1-2-3', 'a-b', '1-9999999999']) expect(parseStretch(bad)).toBeNull();
  });

  it('are known to the server', () => {
    const { explorer } = JSON.parse(readFileSync('routes.json', 'utf8')) as { explorer: string[] };
    for (const type of ['Meeting', 'AgendaItem', 'Decision', 'Directive', 'Document', 'Organization', 'Person'] as const) {
      expect(explorer).toContain(pageOf(type, 'x').split('/')[1]);
    }
    for (const path of [sentence('x'), '/search', '/figures', '/changes', '/record/x', '/admin']) expect(explorer).toContain(path.split('/')[1]);
  });
});
