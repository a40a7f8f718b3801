import { describe, expect, it } from 'vitest';
import { correct, type Entry, entryOf, nextUp, openQuestions, type PreviewResult, resolve, type Stage, tally, uncorrect, unfinished } from './queue';

const queue = (...stages: Stage[]): Entry[] => stages.map((stage, i) => ({ ...entryOf(`${i}.txt`, { text: '' }), stage }));
const names = (entries: Entry[]) => entries.map(({ name }) => name);

describe('the queue', () => {
  it('works on two texts at a time', () => {
    expect(names(nextUp(queue('waiting', 'waiting', 'waiting'), false))).toEqual(['0.txt', '1.txt']);
    expect(names(nextUp(queue('reading', 'waiting', 'waiting'), false))).toEqual(['1.txt']);
    expect(nextUp(queue('reading', 'importing', 'waiting'), false)).toEqual([]);
  });

  it('imports what was chosen before it reads more', () => {
    expect(names(nextUp(queue('waiting', 'ready', 'chosen', 'waiting'), false))).toEqual(['2.txt', '0.txt']);
  });

  it('starts nothing while it is paused, and passes by what failed', () => {
    expect(nextUp(queue('waiting'), true)).toEqual([]);
    expect(names(nextUp(queue('failed', 'done', 'waiting'), false))).toEqual(['2.txt']);
  });

  it('counts where its texts stand', () => {
    expect(tally(queue('done', 'failed', 'ready', 'waiting', 'chosen', 'reading'))).toEqual({ total: 6, done: 1, failed: 1, ready: 1, working: 3 });
    expect(unfinished(queue('done', 'done'))).toBe(false);
    expect(unfinished(queue('done', 'ready'))).toBe(true);
  });
});

describe('answers', () => {
  it('replace each other', () => {
    const first = resolve([], 'person:王', { createNew: true });
    expect(resolve(first, 'person:王', { record: 'per_1' })).toEqual([{ key: 'person:王', record: 'per_1' }]);
    expect(resolve(first, 'person:王', null)).toEqual([]);
  });

  it('settle questions', () => {
    const [entry] = queue('ready');
    const preview = { matches: [{ key: 'a', status: 'AMBIGUOUS' }, { key: 'b', status: 'AMBIGUOUS' }, { key: 'c', status: 'NEW' }] } as PreviewResult;
    expect(openQuestions({ ...entry!, preview })).toBe(2);
    expect(openQuestions({ ...entry!, preview, resolutions: [{ key: 'a', createNew: true }] })).toBe(1);
  });
});

describe('corrections', () => {
  it('replace the one of the same place only', () => {
    let input = correct({ text: '' }, { path: 'meeting.place', value: 'a' });
    input = correct(input, { path: 'attendance[0].name', value: 'b' });
    input = correct(input, { path: 'meeting.place', value: 'c' });
    expect(input.corrections).toEqual([{ path: 'attendance[0].name', value: 'b' }, { path: 'meeting.place', value: 'c' }]);
  });

  it('are taken back with all below', () => {
    const input = correct({ text: '' }, { path: 'attendance[1]', start: 0, end: 2 }, { path: 'attendance[1].name', value: 'x' }, { path: 'attendance[10].name', value: 'y' });
    expect(uncorrect(input, 'attendance[1]').corrections).toEqual([{ path: 'attendance[10].name', value: 'y' }]);
  });
});
