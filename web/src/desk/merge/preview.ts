import type { MergeCandidatesQuery, MergeSharedPeopleQuery } from '../../gql/graphql';
import type { Key } from '../../i18n';
import type { PageType } from '../../routes';

export type Candidate = Extract<NonNullable<MergeCandidatesQuery['nodes'][number]>, { __typename: 'Person' | 'Organization' }>;
type Of<Type extends Candidate['__typename']> = Extract<Candidate, { __typename: Type }>;
type SharedMeeting = MergeSharedPeopleQuery['meetings']['nodes'][number];

/** A record, to be shown as a link with what tells it apart. */
export interface Mention {
  type?: PageType;
  id: string;
  name: string;
  detail?: string | null;
}

/** Records of one kind that will name the record kept: how many, and the first of them. */
export interface Move {
  label: Key;
  total: number;
  first: Mention[];
}

/** A field in which the records differ. The value of the record kept stays; the others are lost. */
export interface Difference {
  label: Key;
  /** Enum that the values belong to. */
  type?: string;
  kept: string;
  lost: string[];
}

/** The form in which the store compares names. */
export const fold = (text: string | null | undefined): string =>
  (text ?? '')
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toLowerCase();

const shown = 5;

function move<Node>(label: Key, lists: { totalCount: number; nodes: Node[] }[], mention: (node: Node) => Mention): Move[] {
  const total = lists.reduce((sum, { totalCount }) => sum + totalCount, 0);
  return total ? [{ label, total, first: lists.flatMap(({ nodes }) => nodes).slice(0, shown).map(mention) }] : [];
}

/** What names the records that go, and will name the one kept. */
export function movesOf(gone: Candidate[]): Move[] {
  const people = gone.filter((one): one is Of<'Person'> => one.__typename === 'Person');
  const bodies = gone.filter((one): one is Of<'Organization'> => one.__typename === 'Organization');
  const meeting = ({ id, title, heldOn }: { id: string; title: string; heldOn: string }): Mention => ({ type: 'Meeting', id, name: title, detail: heldOn });
  return [
    ...move(
      'fact.attendance',
      gone.map(({ attendances }): { totalCount: number; nodes: { label: string; meeting: { id: string; title: string; heldOn: string } }[] } => attendances),
      ({ label, meeting: at }) => ({ ...meeting(at), detail: `${at.heldOn} · ${label}` }),
    ),
    ...move('person.presentations', gone.map(({ presentations }) => presentations), ({ agendaItem: { id, title } }) => ({ type: 'AgendaItem', id, name: title })),
    ...move('person.chaired', people.map(({ meetingsChaired }) => meetingsChaired), meeting),
    ...move('person.memberships', people.map(({ memberships }) => memberships), ({ organization: { id, name }, role }) => ({ type: 'Organization', id, name, detail: role })),
    ...move('organization.members', bodies.map(({ members }) => members), ({ person: { id, name }, role }) => ({ type: 'Person', id, name, detail: role })),
    ...move('organization.children', bodies.map(({ children }) => children), ({ id, name }) => ({ type: 'Organization', id, name })),
    ...move('organization.meetings', bodies.map(({ meetings }) => meetings), meeting),
    ...move('organization.owed', bodies.map(({ decisionsOwed }) => decisionsOwed), ({ id, text }) => ({ type: 'Decision', id, name: text })),
    ...move('organization.directives', bodies.map(({ directives }) => directives), ({ id, text }) => ({ type: 'Directive', id, name: text })),
    ...move('organization.issued', bodies.map(({ documentsIssued }) => documentsIssued), ({ id, title }) => ({ type: 'Document', id, name: title })),
    ...move('organization.received', bodies.map(({ documentsReceived }) => documentsReceived), ({ id, title }) => ({ type: 'Document', id, name: title })),
  ];
}

/** Names that the record kept gets as aliases: those that it does not have yet, each once. */
export function aliasesOf(kept: Candidate, gone: Candidate[]): string[] {
  const known = new Set(kept.names.map(({ text }) => fold(text)));
  return gone
    .flatMap(({ names }) => names)
    .map(({ text }) => text)
    .filter((text) => !known.has(fold(text)) && known.add(fold(text)));
}

/** Identifiers that the record kept gets. */
export function identifiersOf(kept: Candidate, gone: Candidate[]): string[] {
  const said = ({ identifiers }: Candidate) => identifiers.map(({ scheme, value }) => `${scheme}: ${value}`);
  const known = new Set(said(kept));
  return [...new Set(gone.flatMap(said))].filter((one) => !known.has(one));
}

/** Fields in which the record kept and the others differ. */
export function differencesOf(kept: Candidate, gone: Candidate[]): Difference[] {
  const fields: [label: Key, value: (one: Candidate) => string | null | undefined, type?: string][] = [
    ['field.name', ({ name }) => name],
    ['person.pinyin', (one) => (one.__typename === 'Person' ? one.pinyin : '')],
    ['filter.kind', (one) => (one.__typename === 'Organization' ? one.organizationKind : ''), 'OrganizationKind'],
    ['organization.parent', (one) => (one.__typename === 'Organization' ? one.parent?.name : '')],
    ['edit.visibility', ({ visibility }) => visibility, 'Visibility'],
  ];
  return fields.flatMap(([label, value, type]) => {
    const own = value(kept) ?? '';
    const lost = [...new Set(gone.map((one) => value(one) ?? ''))].filter((other) => other !== own);
    return lost.length ? [{ label, type, kept: own, lost }] : [];
  });
}

/** Of several with the same key, those after the first; the ones of the record kept stand before the others. */
function repeated<Node>(nodes: Node[], key: (node: Node) => string | undefined): Node[] {
  const seen = new Set<string>();
  return nodes.filter((node) => {
    const text = key(node);
    if (text === undefined) return false;
    return seen.has(text) || !seen.add(text);
  });
}

/**
 * Attendances that go because the record kept attended the same meeting in the same way: for people on behalf of the same
 * organization and in the same capacity, for organizations by the same person in the same capacity.
 */
export function sameSeats(type: Candidate['__typename'], keep: string, meetings: SharedMeeting[]): Mention[] {
  return meetings.flatMap(({ id, title, heldOn, attendances }) => {
    const own = (seat: (typeof attendances.nodes)[number]) => (type === 'Person' ? seat.person?.id : seat.organization?.id) === keep;
    const ordered = [...attendances.nodes.filter(own), ...attendances.nodes.filter((seat) => !own(seat))];
    const key = ({ capacity, person, organization }: (typeof ordered)[number]) =>
      type === 'Person' ? `${capacity} ${organization?.id ?? ''}` : person ? `${capacity} ${person.id}` : undefined;
    return repeated(ordered, key).map(({ label }): Mention => ({ type: 'Meeting', id, name: title, detail: `${heldOn} · ${label}` }));
  });
}

/** Memberships that go because the record kept has the same. */
export function sameOffices(kept: Candidate, gone: Candidate[]): Mention[] {
  type Office = Mention & { role?: string | null; start?: string | null };
  const all = [kept, ...gone].flatMap((one): Office[] =>
    one.__typename === 'Person'
      ? one.memberships.nodes.map(({ role, start, organization: { id, name } }) => ({ type: 'Organization', id, name, role, start }))
      : one.members.nodes.map(({ role, start, person: { id, name } }) => ({ type: 'Person', id, name, role, start })),
  );
  return repeated(all, ({ id, role, start }) => `${id} ${fold(role)} ${start ?? ''}`).map(({ type, id, name, role }) => ({ type, id, name, detail: role }));
}

/**
 * Records that keep the merge from happening, as they would become the same as another of the organization kept: bureaus of one
 * name, meetings of one number, papers of one title and number or day.
 */
export function obstaclesOf(kept: Candidate, gone: Candidate[]): Mention[] {
  const bodies = [kept, ...gone].filter((one): one is Of<'Organization'> => one.__typename === 'Organization');
  const children = bodies.flatMap((one) => one.children.nodes).filter(({ id }) => !bodies.some((one) => one.id === id));
  const meetings = bodies.flatMap((one) => one.meetings.nodes);
  const papers = bodies.flatMap((one) => one.documentsIssued.nodes);
  return [
    ...repeated(children, ({ name }) => fold(name)).map(({ id, name }): Mention => ({ type: 'Organization', id, name })),
    ...repeated(meetings, ({ series, ordinal, term, heldOn }) =>
      series && ordinal ? `${fold(series)} ${ordinal} ${term ? `term ${fold(term)}` : heldOn}` : undefined,
    ).map(({ id, title, heldOn }): Mention => ({ type: 'Meeting', id, name: title, detail: heldOn })),
    ...repeated(papers, ({ title, number, issuedOn }) => (number || issuedOn ? `${fold(title)} ${fold(number)} ${issuedOn ?? ''}` : undefined)).map(
      ({ id, title, number }): Mention => ({ type: 'Document', id, name: title, detail: number }),
    ),
  ];
}

/** Whether all that could collide was loaded: collisions among the rest are found by the merge itself. */
export const complete = (candidates: Candidate[]): boolean =>
  candidates
    .flatMap((one): { totalCount: number; nodes: object[] }[] =>
      one.__typename === 'Person' ? [one.memberships] : [one.members, one.children, one.meetings, one.documentsIssued],
    )
    .every(({ totalCount, nodes }) => totalCount <= nodes.length);
