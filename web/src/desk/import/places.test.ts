import { describe, expect, it } from 'vitest';
import type { ImportValue } from './queue';
import { behind, findWords, listOf, placeOf, placesFor, summary, treeOf, wordsAt } from './places';

const value = (path: string, text: string | null = null, start?: number, end?: number): ImportValue => ({
  path,
  value: text,
  start: start ?? null,
  end: end ?? null,
  type: 'MEETING',
  method: 'RULE',
  list: false,
  required: false,
  removed: false,
});

const values = [
  value('meeting.body', '市政府', 0, 3),
  value('agendaItems[0]', null, 10, 20),
  value('agendaItems[0].title', '审议', 10, 20),
  value('agendaItems[0].decisions[0]', null, 20, 40),
  value('agendaItems[0].decisions[0].text', '同意', 20, 40),
  value('attendance[0]', null, 50, 55),
  value('attendance[0].name', '王某', 50, 55),
  value('attendance[0].organization', '市科技局', 50, 55),
  value('attendance[1]', null, 56, 60),
];

describe('the record of a preview', () => {
  it('is a tree of elements', () => {
    const [meeting, item, first, second] = treeOf(values);
    expect([meeting?.path, item?.path, first?.path, second?.path]).toEqual(['meeting', 'agendaItems[0]', 'attendance[0]', 'attendance[1]']);
    expect(item?.children[0]?.values[0]?.value).toBe('同意');
    expect(summary(first!)).toBe('市科技局 王某');
    expect(summary(item!)).toBe('审议');
  });

  it('grows behind the last element of a list', () => {
    expect(behind(values, 'attendance')).toBe('attendance[2]');
    expect(behind(values, 'agendaItems[0].decisions')).toBe('agendaItems[0].decisions[1]');
    expect(behind(values, 'agendaItems[0].decisions[0].steps')).toBe('agendaItems[0].decisions[0].steps[0]');
  });

  it('knows how each place is shown', () => {
    expect(placeOf('agendaItems[12].decisions[3].steps[0].kind')).toMatchObject({ kind: 'choice', type: 'StepKind' });
    expect(placeOf('something.new')).toBeUndefined();
    expect(listOf('agendaItems[0].decisions')).toBe('fact.decision');
  });

  it('offers the places of what the selected words touch, then the head', () => {
    expect(placesFor(values, { start: 51, end: 52 }).map(({ path }) => path)).toEqual(['attendance[0].name', 'attendance[0].organization', 'meeting.body']);
    expect(placesFor(values, { start: 45, end: 46 }).map(({ path }) => path)).toEqual(['meeting.body']);
  });
});

describe('words', () => {
  const text = '𠮷市长，王某，李某，王某。';
  it('are found nearest to where they were, in code points', () => {
    expect(findWords(text, '王某')).toEqual({ start: 4, end: 6 });
    expect(findWords(text, '王某', 12)).toEqual({ start: 10, end: 12 });
    expect(wordsAt(text, { start: 10, end: 12 })).toBe('王某');
    expect(findWords(text, '张某')).toBeNull();
    expect(findWords(text, '')).toBeNull();
  });
});
