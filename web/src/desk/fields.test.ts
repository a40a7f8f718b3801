import { describe, expect, it } from 'vitest';
import { blank, changed, type Field, inputsOf, patchOf, valueOf, valuesOf } from './fields';

const fields: Field[] = [
  { name: 'title', label: 'field.title', kind: 'line' },
  { name: 'ordinal', label: 'field.ordinal', kind: 'number' },
  { name: 'place', label: 'meeting.place', kind: 'line' },
  { name: 'chair', label: 'meeting.chair', kind: 'record' },
];
const record = { title: '第7次', ordinal: 7, place: null, chair: { id: 'p1', name: '胡卫江' } };

describe('a form', () => {
  const before = valuesOf(record, fields);

  it('shows the record', () => {
    expect(before).toEqual({
      title: { value: '第7次' },
      ordinal: { value: '7' },
      place: { value: '' },
      chair: { value: 'p1', name: '胡卫江' },
    });
  });

  it('sends only what was changed', () => {
    expect(changed(before, before)).toEqual([]);
    const after = { ...before, ordinal: { value: '8' }, place: { value: '市政府' } };
    expect(patchOf(before, after, fields)).toEqual({ ordinal: 8, place: '市政府' });
  });

  it('clears what was emptied', () => {
    const after = { ...before, chair: { value: '', name: '' }, ordinal: { value: '' } };
    expect(patchOf(before, after, fields)).toEqual({ chair: null, ordinal: null });
  });
});

describe('an entry of a list', () => {
  const entry: Field[] = [
    { name: 'kind', label: 'filter.kind', kind: 'choice', initial: 'TO' },
    { name: 'actors', label: 'parts.actors', kind: 'records' },
    { name: 'collective', label: 'field.collective', kind: 'flag' },
    { name: 'dueOn', label: 'parts.due', kind: 'date' },
  ];

  it('begins with what is usual, and sends every value', () => {
    expect(inputsOf(blank(entry), entry)).toEqual({ kind: 'TO', actors: [], collective: false, dueOn: null });
  });

  it('holds several records by their ids', () => {
    const before = valuesOf({ kind: 'TO', actors: [{ id: 'a', name: '甲' }], collective: true, dueOn: null }, entry);
    const after = { ...before, actors: valueOf([{ id: 'a', name: '甲' }, { id: 'b', name: '乙' }]) };
    expect(changed(before, after)).toEqual(['actors']);
    expect(inputsOf(after, entry)).toEqual({ kind: 'TO', actors: ['a', 'b'], collective: true, dueOn: null });
  });
});
