import { describe, expect, it } from 'vitest';
import { formatSteps, parseSteps } from './steps';

describe('steps in an address', () => {
  it('are read as they are written', () => {
    const text = 'person_a-B,person_a-B,org_c.PRESENTED,org_c~person_a-B';
    expect(parseSteps(text)).toEqual([
      { around: 'person_a-B', via: undefined },
      { around: 'person_a-B', via: undefined },
      { around: 'org_c', via: 'PRESENTED' },
      { from: 'org_c', to: 'person_a-B' },
    ]);
    expect(formatSteps(parseSteps(text))).toBe(text);
    expect(formatSteps([])).toBeUndefined();
  });

  it('that nobody wrote so are left out', () => {
    for (const bad of [null, '', ',', 'a.NOTHING', '<b>', 'a~', 'a~b~c', 'a b']) expect(parseSteps(bad)).toEqual([]);
    expect(parseSteps('a,'.repeat(500)).length).toBe(60);
  });
});
