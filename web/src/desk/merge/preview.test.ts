import { describe, expect, it } from 'vitest';
import { aliasesOf, type Candidate, complete, differencesOf, fold, identifiersOf, movesOf, obstaclesOf, sameOffices, sameSeats } from './preview';

const none = { totalCount: 0, nodes: [] };

function person(id: string, more: object = {}): Candidate {
  return {
    __typename: 'Person', id, name: `人${id}`, pinyin: null, visibility: 'PUBLIC', identifiers: [], names: [{ text: `人${id}`, kind: 'OFFICIAL' }],
    attendances: none, presentations: none, meetingsChaired: none, memberships: none, ...more,
  } as Candidate;
}

function body(id: string, more: object = {}): Candidate {
  return {
    __typename: 'Organization', id, name: `局${id}`, organizationKind: 'DEPARTMENT', visibility: 'PUBLIC', identifiers: [], names: [], parent: null,
    attendances: none, presentations: none, decisionsOwed: none, directives: none, children: none, meetings: none, documentsIssued: none,
    documentsReceived: none, members: none, ...more,
  } as Candidate;
}

const list = (...nodes: object[]) => ({ totalCount: nodes.length, nodes });
const seat = (id: string, who: string, capacity: string, unit?: string) => ({ id, label: id, capacity, person: { id: who, name: who }, organization: unit ? { id: unit, name: unit } : null });

describe('the preview of a merge', () => {
  it('folds names as the store does', () => {
    expect(fold('  Ａ局 一\u200b')).toBe('a局一');
  });

  it('makes aliases of names that are new, each once', () => {
    const names = (...texts: string[]) => ({ names: texts.map((text) => ({ text, kind: 'OFFICIAL' })) });
    expect(aliasesOf(person('1', names('王 一', '老王')), [person('2', names('王一', '王二')), person('3', names('王二'))])).toEqual(['王二']);
  });

  it('adds up what moves, and shows the first', () => {
    const meetings = Array.from({ length: 4 }, (_, i) => ({ id: `m${i}`, title: `会${i}`, heldOn: '2024-01-01' }));
    const [chaired] = movesOf([person('2', { meetingsChaired: { totalCount: 40, nodes: meetings } }), person('3', { meetingsChaired: list(...meetings) })]);
    expect(chaired).toMatchObject({ label: 'person.chaired', total: 44 });
    expect(chaired!.first).toHaveLength(5);
  });

  it('names the values that win and those that are lost', () => {
    expect(differencesOf(person('1', { name: '甲' }), [person('2', { name: '乙', visibility: 'INTERNAL' }), person('3', { name: '甲' })])).toEqual([
      { label: 'field.name', type: undefined, kept: '甲', lost: ['乙'] },
      { label: 'edit.visibility', type: 'Visibility', kept: 'PUBLIC', lost: ['INTERNAL'] },
    ]);
  });

  it('adds identifiers that are new', () => {
    const wikidata = { identifiers: [{ scheme: 'wikidata', value: 'Q1' }] };
    expect(identifiersOf(person('1'), [person('2', wikidata)])).toEqual(['wikidata: Q1']);
    expect(identifiersOf(person('1', wikidata), [person('2', wikidata)])).toEqual([]);
  });

  it('drops a seat only where both sat in the same way', () => {
    const meeting = (id: string, ...seats: object[]) => ({ id, title: id, heldOn: '2024-01-01', attendances: { nodes: seats } }) as never;
    const same = meeting('同', seat('other', 'p2', 'ATTENDING', 'o'), seat('own', 'p1', 'ATTENDING', 'o'));
    const different = meeting('异', seat('own', 'p1', 'ATTENDING', 'o'), seat('other', 'p2', 'PRESIDING', 'o'));
    expect(sameSeats('Person', 'p1', [same, different])).toEqual([{ type: 'Meeting', id: '同', name: '同', detail: '2024-01-01 · other' }]);
    const unnamed = { id: 'u', label: 'u', capacity: 'ATTENDING', person: null, organization: { id: 'o1', name: '' } };
    expect(sameSeats('Organization', 'o1', [meeting('无名', unnamed, { ...unnamed, id: 'v', organization: { id: 'o2', name: '' } })])).toEqual([]);
  });

  it('drops an office that is held already', () => {
    const office = (role: string) => ({ memberships: list({ id: role, role, start: null, organization: { id: 'o', name: '局' } }) });
    expect(sameOffices(person('1', office('局长')), [person('2', office('局 长')), person('3', office('副局长'))])).toHaveLength(1);
  });

  it('finds what keeps organizations from being one', () => {
    const meeting = (id: string, ordinal: number | null) => ({ id, title: id, series: '常务会议', ordinal, term: null, heldOn: '2024-01-01' });
    const own = body('1', { children: list({ id: 'c1', name: '办公室' }), meetings: list(meeting('m1', 7)), documentsIssued: list({ id: 'd1', title: '通知', number: '1号', issuedOn: null }) });
    const other = body('2', {
      children: list({ id: 'c2', name: '办公室' }, { id: '1', name: '局1' }),
      meetings: list(meeting('m2', 7), meeting('m3', 8), meeting('m4', null)),
      documentsIssued: list({ id: 'd2', title: '通知', number: '2号', issuedOn: null }, { id: 'd3', title: '通知', number: '1号', issuedOn: null }),
    });
    expect(obstaclesOf(own, [other]).map(({ id }) => id)).toEqual(['c2', 'm2', 'd3']);
  });

  it('knows when it has not seen everything', () => {
    expect(complete([body('1'), body('2')])).toBe(true);
    expect(complete([body('1'), body('2', { meetings: { totalCount: 51, nodes: [] } })])).toBe(false);
  });
});
