import { graphql } from '../../gql';
import type { TypedDocumentString } from '../../gql/graphql';
import type { Field } from '../fields';
import { kinds } from '../kinds';
import type { Refusal } from '../Refused';

type Create = TypedDocumentString<{ answer: { record?: { id: string; version: number } | null; userErrors: Refusal[] } }, { input: object }>;

/** How a new record of one type is written. */
export interface Creatable {
  fields: readonly Field[];
  create: Create;
}

const of = (name: 'meeting' | 'agendaItem' | 'person' | 'organization'): Field => {
  const types = { meeting: 'Meeting', agendaItem: 'AgendaItem', person: 'Person', organization: 'Organization' } as const;
  const labels = { meeting: 'MEETING', agendaItem: 'AGENDA_ITEM', person: 'PERSON', organization: 'ORGANIZATION' } as const;
  return { name, label: `enum.RecordType.${labels[name]}`, kind: 'record', records: [types[name]], required: true };
};

/** What most new records have. */
const usual: Record<string, string> = { state: 'HELD', capacity: 'ATTENDING', status: 'PRESENT' };

/** A new record has the fields of its type, those that never change once it is made, and who may see it. */
function creatable(type: string, create: unknown, first: Field[] = [], more: Field[] = []): Creatable {
  const fields = kinds[type]!.fields.map((field) => ({ ...field, initial: usual[field.name] }));
  const visibility: Field = { name: 'visibility', label: 'edit.visibility', kind: 'choice', type: 'Visibility', options: ['INTERNAL', 'PUBLIC'], required: true, initial: 'INTERNAL' };
  return { fields: [...first, ...fields, ...more, visibility], create: create as Create };
}

/** Types of which records can be made, in the order in which they are offered. */
export const creatables: Record<string, Creatable> = {
  Meeting: creatable(
    'Meeting',
    graphql(`
      mutation CreateMeeting($input: CreateMeetingInput!) {
        answer: createMeeting(input: $input) {
          record: meeting {
            id
            version
          }
          userErrors {
            ...Refusal
          }
        }
      }
    `),
  ),
  AgendaItem: creatable(
    'AgendaItem',
    graphql(`
      mutation CreateAgendaItem($input: CreateAgendaItemInput!) {
        answer: createAgendaItem(input: $input) {
          record: agendaItem {
            id
            version
          }
          userErrors {
            ...Refusal
          }
        }
      }
    `),
    [of('meeting')],
  ),
  Decision: creatable(
    'Decision',
    graphql(`
      mutation CreateDecision($input: CreateDecisionInput!) {
        answer: createDecision(input: $input) {
          record: decision {
            id
            version
          }
          userErrors {
            ...Refusal
          }
        }
      }
    `),
    [of('agendaItem')],
  ),
  Directive: creatable(
    'Directive',
    graphql(`
      mutation CreateDirective($input: CreateDirectiveInput!) {
        answer: createDirective(input: $input) {
          record: directive {
            id
            version
          }
          userErrors {
            ...Refusal
          }
        }
      }
    `),
    [of('agendaItem')],
  ),
  Attendance: creatable(
    'Attendance',
    graphql(`
      mutation CreateAttendance($input: CreateAttendanceInput!) {
        answer: createAttendance(input: $input) {
          record: attendance {
            id
            version
          }
          userErrors {
            ...Refusal
          }
        }
      }
    `),
    [of('meeting')],
  ),
  Document: creatable(
    'Document',
    graphql(`
      mutation CreateDocument($input: CreateDocumentInput!) {
        answer: createDocument(input: $input) {
          record: document {
            id
            version
          }
          userErrors {
            ...Refusal
          }
        }
      }
    `),
    [],
    [{ name: 'text', label: 'document.text', kind: 'text' }],
  ),
  Organization: creatable(
    'Organization',
    graphql(`
      mutation CreateOrganization($input: CreateOrganizationInput!) {
        answer: createOrganization(input: $input) {
          record: organization {
            id
            version
          }
          userErrors {
            ...Refusal
          }
        }
      }
    `),
  ),
  Person: creatable(
    'Person',
    graphql(`
      mutation CreatePerson($input: CreatePersonInput!) {
        answer: createPerson(input: $input) {
          record: person {
            id
            version
          }
          userErrors {
            ...Refusal
          }
        }
      }
    `),
  ),
  Membership: creatable(
    'Membership',
    graphql(`
      mutation CreateMembership($input: CreateMembershipInput!) {
        answer: createMembership(input: $input) {
          record: membership {
            id
            version
          }
          userErrors {
            ...Refusal
          }
        }
      }
    `),
    [of('person'), of('organization')],
  ),
};

// The API gives a decision the next place where none is named.
creatables.Decision = {
  ...creatables.Decision!,
  fields: creatables.Decision!.fields.map((field) => (field.name === 'position' ? { ...field, required: false } : field)),
};
