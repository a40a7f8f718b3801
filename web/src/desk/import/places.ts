import type { ImportValue } from './queue';
import type { Key } from '../../i18n';
import { capacities, itemKinds, outcomes, stepKinds } from '../../pages/lists/members';
import type { Stretch } from '../../widgets/text/offsets';

/** How the value of a place is shown and entered. */
export interface Place {
  label: Key;
  kind: 'line' | 'text' | 'number' | 'date' | 'choice' | 'flag';
  /** Enum of the API, for a choice. */
  type?: string;
  options?: readonly string[];
}

const line = (label: Key): Place => ({ label, kind: 'line' });
const text = (label: Key): Place => ({ label, kind: 'text' });
const choice = (label: Key, type: string, options: readonly string[]): Place => ({ label, kind: 'choice', type, options });

/** Places by their path without the numbers. */
const places: Record<string, Place> = {
  'meeting.body': line('meeting.body'),
  'meeting.series': line('filter.series'),
  'meeting.ordinal': { label: 'field.ordinal', kind: 'number' },
  'meeting.term': { label: 'field.term', kind: 'number' },
  'meeting.year': { label: 'field.year', kind: 'number' },
  'meeting.heldOn': { label: 'meeting.held', kind: 'date' },
  'meeting.timeOfDay': line('field.timeOfDay'),
  'meeting.place': line('meeting.place'),
  'minutes.issueNumber': { label: 'field.issueNumber', kind: 'number' },
  'minutes.documentNumber': line('meeting.number'),
  'minutes.issuedBy': line('document.issuedBy'),
  'minutes.issuedOn': { label: 'meeting.issued', kind: 'date' },
  'minutes.compiledBy': line('document.compiledBy'),
  'minutes.compiledOn': { label: 'meeting.compiled', kind: 'date' },
  'minutes.publication': choice('document.publication', 'Publication', ['PUBLIC', 'ON_REQUEST', 'NOT_PUBLIC']),
  'agendaItems.kind': choice('filter.kind', 'AgendaItemKind', itemKinds),
  'agendaItems.number': line('field.numeral'),
  'agendaItems.title': text('field.title'),
  'agendaItems.text': text('item.text'),
  'agendaItems.presenters.organization': line('enum.RecordType.ORGANIZATION'),
  'agendaItems.presenters.person': line('enum.RecordType.PERSON'),
  'agendaItems.presenters.role': line('field.office'),
  'agendaItems.documents.title': text('field.title'),
  'agendaItems.documents.shortTitle': line('field.shortTitle'),
  'agendaItems.documents.role': choice('field.role', 'DocumentRole', ['UNDER_REVIEW', 'REPORT', 'STUDIED', 'BACKGROUND']),
  'agendaItems.decisions.outcome': choice('filter.outcome', 'DecisionOutcome', outcomes),
  'agendaItems.decisions.text': text('field.text'),
  'agendaItems.decisions.documents': text('field.documents'),
  'agendaItems.decisions.steps.kind': choice('filter.kind', 'StepKind', stepKinds),
  'agendaItems.decisions.steps.actors': text('field.actors'),
  'agendaItems.decisions.steps.target': line('field.target'),
  'agendaItems.decisions.steps.inNameOf': text('field.inNameOf'),
  'agendaItems.decisions.steps.document': line('enum.RecordType.DOCUMENT'),
  'agendaItems.decisions.steps.condition': line('field.condition'),
  'agendaItems.directives.label': line('field.numeral'),
  'agendaItems.directives.text': text('field.text'),
  'agendaItems.directives.addressees': text('field.addressees'),
  'attendance.name': line('enum.RecordType.PERSON'),
  'attendance.organization': line('enum.RecordType.ORGANIZATION'),
  'attendance.title': line('field.office'),
  'attendance.capacity': choice('filter.capacity', 'AttendanceCapacity', capacities),
  'attendance.status': choice('field.state', 'AttendanceStatus', ['PRESENT', 'EXCUSED', 'ABSENT']),
  'attendance.reason': line('field.reason'),
  'attendance.items': text('field.items'),
  'distribution.kind': choice('filter.kind', 'DistributionKind', ['TO', 'CC']),
  'distribution.name': line('field.name'),
  'distribution.collective': { label: 'field.collective', kind: 'flag' },
};

const pattern = (path: string): string => path.replace(/\[\d+\]/g, '');

/** How the place of a value is shown; a place that the API has grown is a line under its own name. */
export const placeOf = (path: string): Place | undefined => places[pattern(path)];

/** Lists whose elements a person may add or take out, by their path without the numbers. */
export const listNames: Record<string, Key> = {
  agendaItems: 'fact.item',
  'agendaItems.presenters': 'fact.presenter',
  'agendaItems.documents': 'fact.document',
  'agendaItems.decisions': 'fact.decision',
  'agendaItems.decisions.steps': 'fact.step',
  'agendaItems.directives': 'fact.directive',
  attendance: 'fact.attendance',
  distribution: 'fact.distribution',
};

/** Name of the list that a path of an element or of a place of one belongs to. */
export const listOf = (path: string): Key | undefined => listNames[pattern(path)];

/** Something with values of its own: the meeting, its minutes, or an element of a list, with the elements below it. */
export interface Node {
  path: string;
  /** The element itself; none for the meeting and its minutes. */
  self?: ImportValue;
  values: ImportValue[];
  children: Node[];
}

const parent = (path: string): string => path.replace(/\.?[^.]*$/, '');

/** Builds the record of the values of a preview. */
export function treeOf(values: ImportValue[]): Node[] {
  const nodes = new Map<string, Node>();
  const roots: Node[] = [];
  const node = (path: string): Node => {
    const known = nodes.get(path);
    if (known) return known;
    const made: Node = { path, values: [], children: [] };
    nodes.set(path, made);
    const above = parent(path);
    if (above) node(above).children.push(made);
    else roots.push(made);
    return made;
  };
  for (const value of values) {
    if (value.path.endsWith(']')) node(value.path).self = value;
    else node(parent(value.path)).values.push(value);
  }
  return roots;
}

/** Path of the place behind the last element of a list. */
export function behind(values: ImportValue[], list: string): string {
  const n = values.filter(({ path }) => path.startsWith(`${list}[`) && /^\[\d+\]$/.test(path.slice(list.length))).length;
  return `${list}[${n}]`;
}

/** What an element says of itself, in a few words. */
export function summary({ values }: Node): string {
  const get = (name: string) => values.find(({ path }) => path.endsWith(`.${name}`))?.value;
  return get('title') && !get('name') ? get('title')! : [get('organization'), get('name') ?? get('person'), get('text')].filter(Boolean).join(' ');
}

/** Where words stand in a text, in code points: the place nearest to another. */
export function findWords(source: string, words: string, near = 0): Stretch | null {
  if (!words) return null;
  let best: number | null = null;
  const characters = [...source];
  const wanted = [...words];
  for (let i = 0; i + wanted.length <= characters.length; i++) {
    if (characters[i] !== wanted[0] || !wanted.every((c, k) => characters[i + k] === c)) continue;
    if (best === null || Math.abs(i - near) < Math.abs(best - near)) best = i;
  }
  return best === null ? null : { start: best, end: best + wanted.length };
}

/** Words of a stretch. */
export const wordsAt = (source: string, { start, end }: Stretch): string => [...source].slice(start, end).join('');

/** Places to which words that were selected may belong: those of the elements that they touch, then those of the head. */
export function placesFor(values: ImportValue[], { start, end }: Stretch): ImportValue[] {
  const touched = new Set(
    values
      .filter(({ path, removed, start: a, end: b }) => path.endsWith(']') && !removed && typeof a === 'number' && typeof b === 'number' && a < end && b > start)
      .map(({ path }) => path),
  );
  const fields = values.filter(({ path }) => !path.endsWith(']'));
  return [...fields.filter(({ path }) => touched.has(parent(path))), ...fields.filter(({ path }) => /^(meeting|minutes)\./.test(path))];
}
