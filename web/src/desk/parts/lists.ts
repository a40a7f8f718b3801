import type { DocumentRole, EditListsQuery, NameKind, TypedDocumentString } from '../../gql/graphql';
import type { Key } from '../../i18n';
import { stepKinds } from '../../pages/lists/members';
import type { Field } from '../fields';
import * as operations from './operations';

type Listed = NonNullable<EditListsQuery['record']>;
type Of<Type extends string> = Extract<Listed, { __typename: Type }>;

/** One entry of a list, with its values as the fields of the list read them. */
export interface Entry {
  values: Record<string, unknown>;
  /** What the store keeps of it and no form sets: the status of a step. */
  status?: { value: string; doneOn?: string | null };
  /** An entry that stays: the name that a record goes by. */
  fixed?: boolean;
}

/** Record that a list belongs to. */
export interface Owner {
  id: string;
  version: number;
}

type Write = TypedDocumentString<
  { answer: { record?: { id: string; version?: number } | null; userErrors: { code: string; message: string; path: string[] }[] } },
  Record<string, unknown>
>;

/** A list of a record, and how entries are added to it and removed from it. */
export interface List {
  /** Name in the patch of the record. */
  name: string;
  label: Key;
  fields: readonly Field[];
  entries: readonly Entry[];
  owner: Owner;
  /** Type of the owner. */
  type: string;
  add: Write;
  remove: Write;
  /** Variables of the mutation that adds an entry with these values. */
  adds(values: Record<string, unknown>): Record<string, unknown>;
  /** Variables of the mutation that removes an entry; the place is from 1. */
  removes(values: Record<string, unknown>, place: number): Record<string, unknown>;
  /** What the list in a patch takes for an entry; nothing where its entries are not changed in place. */
  patches?(values: Record<string, unknown>): unknown;
}

/** The mutations differ in the types of their variables only; they meet here once. */
const writes = (add: unknown, remove: unknown) => ({ add: add as Write, remove: remove as Write });

const whole = (values: Record<string, unknown>) => ({ entry: values });
const atPlace = (_: Record<string, unknown>, place: number) => ({ place });

/** A list whose entries are records, named by their ids. */
const only = (name: string, complete: boolean) => ({
  adds: (values: Record<string, unknown>) => ({ entry: values[name] }),
  removes: (values: Record<string, unknown>) => ({ entry: values[name] }),
  patches: complete ? (values: Record<string, unknown>) => values[name] : undefined,
});

const nameKinds: readonly NameKind[] = ['OFFICIAL', 'SHORT', 'FORMER', 'ALIAS'];
const documentRoles: readonly DocumentRole[] = ['UNDER_REVIEW', 'REPORT', 'STUDIED', 'BACKGROUND'];

const organization: Field = { name: 'organization', label: 'enum.RecordType.ORGANIZATION', kind: 'record', records: ['Organization'] };
const person: Field = { name: 'person', label: 'enum.RecordType.PERSON', kind: 'record', records: ['Person'] };
const paper: Field = { name: 'document', label: 'enum.RecordType.DOCUMENT', kind: 'record', records: ['Document'], required: true };

const identifiers = (record: Listed & Owner & { identifiers: { scheme: string; value: string }[] }): List => ({
  name: 'identifiers',
  label: 'parts.identifiers',
  fields: [
    { name: 'scheme', label: 'parts.scheme', kind: 'line', required: true },
    { name: 'value', label: 'parts.value', kind: 'line', required: true },
  ],
  entries: record.identifiers.map(({ scheme, value }) => ({ values: { scheme, value } })),
  owner: record,
  type: record.__typename,
  ...writes(operations.addIdentifier, operations.removeIdentifier),
  adds: whole,
  removes: whole,
});

const names = (record: Of<'Organization'> | Of<'Person'>): List => ({
  name: 'names',
  label: 'organization.names',
  fields: [
    { name: 'text', label: 'field.name', kind: 'line', required: true },
    { name: 'kind', label: 'filter.kind', kind: 'choice', type: 'NameKind', options: nameKinds, required: true, initial: 'ALIAS' },
  ],
  entries: record.names.map(({ text, kind }) => ({ values: { text, kind }, fixed: text === record.name })),
  owner: record,
  type: record.__typename,
  ...writes(operations.addName, operations.removeName),
  adds: whole,
  removes: ({ text }) => ({ entry: text }),
});

const distribution = (document: Pick<Of<'Document'>, 'id' | 'version' | 'distribution'>): List => ({
  name: 'distribution',
  label: 'meeting.distribution',
  fields: [
    { name: 'kind', label: 'filter.kind', kind: 'choice', type: 'DistributionKind', options: ['TO', 'CC'], required: true, initial: 'TO' },
    { name: 'label', label: 'field.asWritten', kind: 'line', required: true },
    organization,
    { name: 'collective', label: 'field.collective', kind: 'flag' },
  ],
  entries: document.distribution.map((values) => ({ values: { ...values } })),
  owner: document,
  type: 'Document',
  ...writes(operations.addDistribution, operations.removeDistribution),
  adds: whole,
  removes: atPlace,
  patches: (values) => values,
});

const presenters = (item: Of<'AgendaItem'>): List => ({
  name: 'presenters',
  label: 'item.presenters',
  fields: [organization, person, { name: 'role', label: 'field.role', kind: 'line' }],
  entries: item.presenters.nodes.map((values) => ({ values: { ...values } })),
  owner: item,
  type: item.__typename,
  ...writes(operations.addPresenter, operations.removePresenter),
  adds: whole,
  removes: atPlace,
  patches: item.presenters.pageInfo.hasNextPage ? undefined : (values) => values,
});

const itemPapers = (item: Of<'AgendaItem'>): List => ({
  name: 'documents',
  label: 'item.documents',
  fields: [
    paper,
    { name: 'role', label: 'field.role', kind: 'choice', type: 'DocumentRole', options: documentRoles, required: true, initial: 'UNDER_REVIEW' },
    { name: 'shortTitle', label: 'field.shortTitle', kind: 'line' },
  ],
  entries: item.papers.edges.map(({ role, shortTitle, node }) => ({ values: { document: node, role, shortTitle } })),
  owner: item,
  type: item.__typename,
  ...writes(operations.addAgendaItemDocument, operations.removeAgendaItemDocument),
  adds: whole,
  removes: ({ document }) => ({ entry: document }),
  patches: item.papers.pageInfo.hasNextPage ? undefined : (values) => values,
});

const decisionPapers = (decision: Of<'Decision'>): List => ({
  name: 'documents',
  label: 'item.documents',
  fields: [paper],
  entries: decision.documents.nodes.map((document) => ({ values: { document } })),
  owner: decision,
  type: decision.__typename,
  ...writes(operations.addDecisionDocument, operations.removeDecisionDocument),
  ...only('document', !decision.documents.pageInfo.hasNextPage),
});

const steps = (decision: Of<'Decision'>): List => ({
  name: 'steps',
  label: 'decision.chain',
  fields: [
    { name: 'kind', label: 'filter.kind', kind: 'choice', type: 'StepKind', options: stepKinds, required: true, initial: 'REVISE' },
    { name: 'actors', label: 'parts.actors', kind: 'records', records: ['Organization'] },
    { name: 'people', label: 'parts.people', kind: 'records', records: ['Person'] },
    { name: 'target', label: 'field.target', kind: 'record', records: ['Organization'] },
    { name: 'inNameOf', label: 'field.inNameOf', kind: 'records', records: ['Organization'] },
    { ...paper, required: false },
    { name: 'condition', label: 'field.condition', kind: 'line' },
    { name: 'dueOn', label: 'parts.due', kind: 'date' },
  ],
  entries: decision.steps.map(({ status, doneOn, ...values }) => ({ values, status: { value: status, doneOn } })),
  owner: decision,
  type: decision.__typename,
  ...writes(operations.addDecisionStep, operations.removeDecisionStep),
  adds: whole,
  removes: atPlace,
  patches: (values) => values,
});

const addressees = (directive: Of<'Directive'>): List => ({
  name: 'addressees',
  label: 'field.addressees',
  fields: [{ ...organization, required: true }],
  entries: directive.addressees.nodes.map((values) => ({ values: { organization: values } })),
  owner: directive,
  type: directive.__typename,
  ...writes(operations.addAddressee, operations.removeAddressee),
  ...only('organization', !directive.addressees.pageInfo.hasNextPage),
});

const attendanceItems = (attendance: Of<'Attendance'>): List => {
  const named = ({ id, number, title }: { id: string; number?: string | null; title: string }) => ({ id, name: [number, title].filter(Boolean).join(' ') });
  return {
    name: 'agendaItems',
    label: 'parts.items',
    fields: [
      {
        name: 'agendaItem',
        label: 'enum.RecordType.AGENDA_ITEM',
        kind: 'record',
        records: ['AgendaItem'],
        required: true,
        members: attendance.meeting.agendaItems.nodes.map(named),
      },
    ],
    entries: attendance.agendaItems.map((item) => ({ values: { agendaItem: named(item) } })),
    owner: attendance,
    type: attendance.__typename,
    ...writes(operations.addAttendanceItem, operations.removeAttendanceItem),
    ...only('agendaItem', true),
  };
};

/** The lists of a record, in the order in which they are shown. */
export function listsOf(record: Listed): List[] {
  switch (record.__typename) {
    case 'Meeting':
      return [...(record.minutes ? [distribution(record.minutes)] : []), identifiers(record)];
    case 'AgendaItem':
      return [presenters(record), itemPapers(record), identifiers(record)];
    case 'Decision':
      return [steps(record), decisionPapers(record), identifiers(record)];
    case 'Directive':
      return [addressees(record), identifiers(record)];
    case 'Document':
      return [distribution(record), identifiers(record)];
    case 'Organization':
    case 'Person':
      return [names(record), identifiers(record)];
    case 'Attendance':
      return [attendanceItems(record), identifiers(record)];
    case 'Membership':
      return [identifiers(record)];
    default:
      return [];
  }
}
