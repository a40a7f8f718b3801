import type { TypedDocumentString } from '../gql/graphql';
import { graphql } from '../gql';
import { capacities, documentKinds, itemKinds, organizationKinds, outcomes } from '../pages/lists/members';
import type { Field } from './fields';

graphql(`
  fragment Refusal on UserError {
    code
    message
    path
    currentVersion
    existing
  }
`);

/** What every answer to an edit looks like, through aliases. */
interface Answer {
  answer: {
    record?: { id: string; version: number } | null;
    userErrors: { code: string; message: string; path: string[]; currentVersion?: number | null; existing?: string | null }[];
  };
}

/** How records of one type are read and written at the desk. */
export interface Kind {
  fields: readonly Field[];
  read: TypedDocumentString<{ record?: ({ id: string; version: number } & object) | null }, { id: string }>;
  write: TypedDocumentString<Answer, { id: string; patch: object; version?: number | null }>;
}

/** The mutation of each type has its own patch; a form makes one from the fields above it, so the types meet here once. */
const kind = (fields: readonly Field[], read: unknown, write: unknown): Kind => ({
  fields,
  read: read as Kind['read'],
  write: write as Kind['write'],
});

export const kinds: Record<string, Kind> = {
  Meeting: kind(
    [
      { name: 'title', label: 'field.title', kind: 'line', required: true },
      { name: 'body', label: 'meeting.body', kind: 'record', records: ['Organization'], required: true },
      { name: 'series', label: 'filter.series', kind: 'line' },
      { name: 'ordinal', label: 'field.ordinal', kind: 'number' },
      { name: 'term', label: 'field.term', kind: 'line' },
      { name: 'heldOn', label: 'meeting.held', kind: 'date', required: true },
      { name: 'timeOfDay', label: 'field.timeOfDay', kind: 'line' },
      { name: 'place', label: 'meeting.place', kind: 'line' },
      { name: 'chair', label: 'meeting.chair', kind: 'record', records: ['Person'] },
      { name: 'minutes', label: 'meeting.minutes', kind: 'record', records: ['Document'] },
      { name: 'state', label: 'field.state', kind: 'choice', type: 'MeetingState', options: ['SCHEDULED', 'HELD', 'CANCELLED'], required: true },
    ],
    graphql(`
      query EditMeeting($id: ID!) {
        record: meeting(id: $id) {
          id
          version
          visibility
          title
          series
          ordinal
          term
          heldOn
          timeOfDay
          place
          state
          body {
            id
            name
          }
          chair {
            id
            name
          }
          minutes {
            id
            title
          }
        }
      }
    `),
    graphql(`
      mutation UpdateMeeting($id: ID!, $patch: UpdateMeetingPatch!, $version: Int) {
        answer: updateMeeting(id: $id, patch: $patch, expectedVersion: $version) {
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
  AgendaItem: kind(
    [
      { name: 'title', label: 'field.title', kind: 'text', required: true },
      { name: 'number', label: 'field.numeral', kind: 'line' },
      { name: 'position', label: 'field.position', kind: 'number', required: true },
      { name: 'kind', label: 'filter.kind', kind: 'choice', type: 'AgendaItemKind', options: itemKinds, required: true },
      { name: 'text', label: 'item.text', kind: 'text' },
    ],
    graphql(`
      query EditAgendaItem($id: ID!) {
        record: agendaItem(id: $id) {
          id
          version
          visibility
          title
          number
          position
          kind
          text
        }
      }
    `),
    graphql(`
      mutation UpdateAgendaItem($id: ID!, $patch: UpdateAgendaItemPatch!, $version: Int) {
        answer: updateAgendaItem(id: $id, patch: $patch, expectedVersion: $version) {
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
  ),
  Decision: kind(
    [
      { name: 'text', label: 'field.text', kind: 'text', required: true },
      { name: 'outcome', label: 'filter.outcome', kind: 'choice', type: 'DecisionOutcome', options: outcomes },
      { name: 'position', label: 'field.position', kind: 'number', required: true },
    ],
    graphql(`
      query EditDecision($id: ID!) {
        record: decision(id: $id) {
          id
          version
          visibility
          text
          outcome
          position
        }
      }
    `),
    graphql(`
      mutation UpdateDecision($id: ID!, $patch: UpdateDecisionPatch!, $version: Int) {
        answer: updateDecision(id: $id, patch: $patch, expectedVersion: $version) {
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
  ),
  Directive: kind(
    [
      { name: 'label', label: 'field.numeral', kind: 'line' },
      { name: 'text', label: 'field.text', kind: 'text', required: true },
      { name: 'position', label: 'field.position', kind: 'number', required: true },
    ],
    graphql(`
      query EditDirective($id: ID!) {
        record: directive(id: $id) {
          id
          version
          visibility
          label
          text
          position
        }
      }
    `),
    graphql(`
      mutation UpdateDirective($id: ID!, $patch: UpdateDirectivePatch!, $version: Int) {
        answer: updateDirective(id: $id, patch: $patch, expectedVersion: $version) {
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
  ),
  Document: kind(
    [
      { name: 'title', label: 'field.title', kind: 'text', required: true },
      { name: 'kind', label: 'filter.kind', kind: 'choice', type: 'DocumentKind', options: documentKinds, required: true },
      { name: 'number', label: 'meeting.number', kind: 'line' },
      { name: 'issuedOn', label: 'meeting.issued', kind: 'date' },
      { name: 'issuedBy', label: 'document.issuedBy', kind: 'record', records: ['Organization'] },
      { name: 'compiledOn', label: 'meeting.compiled', kind: 'date' },
      { name: 'compiledBy', label: 'document.compiledBy', kind: 'record', records: ['Organization'] },
      { name: 'publication', label: 'document.publication', kind: 'line' },
      { name: 'meeting', label: 'enum.RecordType.MEETING', kind: 'record', records: ['Meeting'] },
    ],
    graphql(`
      query EditDocument($id: ID!) {
        record: document(id: $id) {
          id
          version
          visibility
          title
          kind
          number
          issuedOn
          compiledOn
          publication
          issuedBy {
            id
            name
          }
          compiledBy {
            id
            name
          }
          meeting {
            id
            title
          }
        }
      }
    `),
    graphql(`
      mutation UpdateDocument($id: ID!, $patch: UpdateDocumentPatch!, $version: Int) {
        answer: updateDocument(id: $id, patch: $patch, expectedVersion: $version) {
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
  ),
  Organization: kind(
    [
      { name: 'name', label: 'field.name', kind: 'line', required: true },
      { name: 'kind', label: 'filter.kind', kind: 'choice', type: 'OrganizationKind', options: organizationKinds, required: true },
      { name: 'parent', label: 'organization.parent', kind: 'record', records: ['Organization'] },
    ],
    graphql(`
      query EditOrganization($id: ID!) {
        record: organization(id: $id) {
          id
          version
          visibility
          name
          kind
          parent {
            id
            name
          }
        }
      }
    `),
    graphql(`
      mutation UpdateOrganization($id: ID!, $patch: UpdateOrganizationPatch!, $version: Int) {
        answer: updateOrganization(id: $id, patch: $patch, expectedVersion: $version) {
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
  Person: kind(
    [
      { name: 'name', label: 'field.name', kind: 'line', required: true },
      { name: 'pinyin', label: 'person.pinyin', kind: 'line' },
    ],
    graphql(`
      query EditPerson($id: ID!) {
        record: person(id: $id) {
          id
          version
          visibility
          name
          pinyin
        }
      }
    `),
    graphql(`
      mutation UpdatePerson($id: ID!, $patch: UpdatePersonPatch!, $version: Int) {
        answer: updatePerson(id: $id, patch: $patch, expectedVersion: $version) {
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
  Attendance: kind(
    [
      { name: 'label', label: 'field.asWritten', kind: 'line', required: true },
      { name: 'person', label: 'enum.RecordType.PERSON', kind: 'record', records: ['Person'] },
      { name: 'organization', label: 'enum.RecordType.ORGANIZATION', kind: 'record', records: ['Organization'] },
      { name: 'title', label: 'field.office', kind: 'line' },
      { name: 'capacity', label: 'filter.capacity', kind: 'choice', type: 'AttendanceCapacity', options: capacities, required: true },
      { name: 'status', label: 'field.state', kind: 'choice', type: 'AttendanceStatus', options: ['PRESENT', 'EXCUSED', 'ABSENT'], required: true },
      { name: 'reason', label: 'field.reason', kind: 'line' },
      { name: 'position', label: 'field.position', kind: 'number', required: true },
    ],
    graphql(`
      query EditAttendance($id: ID!) {
        record: attendance(id: $id) {
          id
          version
          visibility
          label
          title
          capacity
          status
          reason
          position
          person {
            id
            name
          }
          organization {
            id
            name
          }
        }
      }
    `),
    graphql(`
      mutation UpdateAttendance($id: ID!, $patch: UpdateAttendancePatch!, $version: Int) {
        answer: updateAttendance(id: $id, patch: $patch, expectedVersion: $version) {
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
  ),
  Membership: kind(
    [
      { name: 'role', label: 'field.office', kind: 'line' },
      { name: 'start', label: 'field.start', kind: 'date' },
      { name: 'end', label: 'field.end', kind: 'date' },
    ],
    graphql(`
      query EditMembership($id: ID!) {
        record: membership(id: $id) {
          id
          version
          visibility
          role
          start
          end
        }
      }
    `),
    graphql(`
      mutation UpdateMembership($id: ID!, $patch: UpdateMembershipPatch!, $version: Int) {
        answer: updateMembership(id: $id, patch: $patch, expectedVersion: $version) {
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
  ),
};
