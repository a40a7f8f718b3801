import { describe, expect, it } from 'vitest';
import { changed, type Field, patchOf, valuesOf } from './fields';

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
