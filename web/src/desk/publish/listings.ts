import { graphql } from '../../gql';
import type { PublishableFragment, RecordFields, TypedDocumentString } from '../../gql/graphql';
import type { PageType } from '../../routes';
import { nameOf } from '../../widgets/record/name';

graphql(`
  fragment Publishable on Record {
    __typename
    id
    version
    visibility
    ...RecordName
    ... on Meeting {
      heldOn
    }
    ... on AgendaItem {
      meeting {
        id
        title
      }
    }
    ... on Decision {
      meeting {
        id
        title
      }
    }
    ... on Directive {
      agendaItem {
        id
        title
      }
    }
    ... on Attendance {
      meeting {
        id
        title
      }
    }
    ... on Document {
      number
      issuedOn
    }
    ... on Organization {
      parent {
        id
        name
      }
    }
    ... on Person {
      attendances(first: 1) {
        nodes {
          id
          organization {
            id
            name
          }
        }
      }
    }
    ... on Membership {
      role
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
`);

type List = TypedDocumentString<
  {
    list: {
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor?: string | null };
      nodes: PublishableFragment[];
    };
  },
  { filter: object; first: number; after?: string | null }
>;

/** How records of one type are listed to be opened or closed, and how one of them is named in a bulk write. */
export interface Listing {
  query: List;
  /** Field that a condition on words is about. */
  words: string;
  /** Type of the records that a list can be narrowed to the belongings of. */
  within: PageType;
  /** The condition that a record belongs to the one with this id. */
  belongs(id: string): object;
  /** A bulk write that changes nothing but what stands beside it. */
  fields: RecordFields;
}

const is = (id: string) => ({ id: { eq: id } });

/** The queries differ in the types of their filters only; they meet here once. */
const listing = (query: unknown, words: string, within: PageType, belongs: Listing['belongs'], fields: RecordFields): Listing => ({
  query: query as List,
  words,
  within,
  belongs,
  fields,
});

export const listings: Record<string, Listing> = {
  Meeting: listing(
    graphql(`
      query PublishMeeting($filter: MeetingFilter, $first: Int, $after: String) {
        list: meetings(filter: $filter, first: $first, after: $after, orderBy: [{ field: CREATED_AT, direction: DESC }]) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...Publishable
          }
        }
      }
    `),
    'title',
    'Organization',
    (id) => ({ body: is(id) }),
    { meeting: {} },
  ),
  AgendaItem: listing(
    graphql(`
      query PublishAgendaItem($filter: AgendaItemFilter, $first: Int, $after: String) {
        list: agendaItems(filter: $filter, first: $first, after: $after, orderBy: [{ field: CREATED_AT, direction: DESC }]) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...Publishable
          }
        }
      }
    `),
    'title',
    'Meeting',
    (id) => ({ meeting: is(id) }),
    { agendaItem: {} },
  ),
  Decision: listing(
    graphql(`
      query PublishDecision($filter: DecisionFilter, $first: Int, $after: String) {
        list: decisions(filter: $filter, first: $first, after: $after, orderBy: [{ field: CREATED_AT, direction: DESC }]) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...Publishable
          }
        }
      }
    `),
    'text',
    'Meeting',
    (id) => ({ meeting: is(id) }),
    { decision: {} },
  ),
  Directive: listing(
    graphql(`
      query PublishDirective($filter: DirectiveFilter, $first: Int, $after: String) {
        list: directives(filter: $filter, first: $first, after: $after, orderBy: [{ field: CREATED_AT, direction: DESC }]) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...Publishable
          }
        }
      }
    `),
    'text',
    'Meeting',
    (id) => ({ agendaItem: { meeting: is(id) } }),
    { directive: {} },
  ),
  Document: listing(
    graphql(`
      query PublishDocument($filter: DocumentFilter, $first: Int, $after: String) {
        list: documents(filter: $filter, first: $first, after: $after, orderBy: [{ field: CREATED_AT, direction: DESC }]) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...Publishable
          }
        }
      }
    `),
    'title',
    'Organization',
    (id) => ({ issuedBy: is(id) }),
    { document: {} },
  ),
  Organization: listing(
    graphql(`
      query PublishOrganization($filter: OrganizationFilter, $first: Int, $after: String) {
        list: organizations(filter: $filter, first: $first, after: $after, orderBy: [{ field: CREATED_AT, direction: DESC }]) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...Publishable
          }
        }
      }
    `),
    'name',
    'Organization',
    (id) => ({ parent: is(id) }),
    { organization: {} },
  ),
  Person: listing(
    graphql(`
      query PublishPerson($filter: PersonFilter, $first: Int, $after: String) {
        list: people(filter: $filter, first: $first, after: $after, orderBy: [{ field: CREATED_AT, direction: DESC }]) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...Publishable
          }
        }
      }
    `),
    'name',
    'Organization',
    (id) => ({ attendances: { some: { organization: is(id) } } }),
    { person: {} },
  ),
  Attendance: listing(
    graphql(`
      query PublishAttendance($filter: AttendanceFilter, $first: Int, $after: String) {
        list: attendances(filter: $filter, first: $first, after: $after, orderBy: [{ field: CREATED_AT, direction: DESC }]) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...Publishable
          }
        }
      }
    `),
    'label',
    'Meeting',
    (id) => ({ meeting: is(id) }),
    { attendance: {} },
  ),
  Membership: listing(
    graphql(`
      query PublishMembership($filter: MembershipFilter, $first: Int, $after: String) {
        list: memberships(filter: $filter, first: $first, after: $after, orderBy: [{ field: CREATED_AT, direction: DESC }]) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...Publishable
          }
        }
      }
    `),
    'role',
    'Organization',
    (id) => ({ organization: is(id) }),
    { membership: {} },
  ),
};

/** The filter that conditions of an address make. */
export function filterOf({ words, belongs }: Listing, conditions: { visibility: string; text?: string | null; within?: string | null }): object {
  const { visibility, text, within } = conditions;
  return {
    visibility: { eq: visibility },
    ...(text ? { [words]: { contains: text } } : {}),
    ...(within ? belongs(within) : {}),
  };
}

/** What a record is called in a list. */
export function titleOf(record: PublishableFragment): string {
  if (record.__typename === 'Membership') return [record.person.name, record.organization.name, record.role].filter(Boolean).join(' · ');
  return nameOf(record);
}

/** What tells a record apart from others that are called the same. */
export function markOf(record: PublishableFragment): string | null | undefined {
  switch (record.__typename) {
    case 'Meeting':
      return record.heldOn;
    case 'AgendaItem':
    case 'Decision':
    case 'Attendance':
      return record.meeting.title;
    case 'Directive':
      return record.agendaItem.title;
    case 'Document':
      return record.number ?? record.issuedOn;
    case 'Organization':
      return record.parent?.name;
    case 'Person':
      return record.attendances.nodes[0]?.organization?.name;
    default:
      return undefined;
  }
}
