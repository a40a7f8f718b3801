import { graphql } from '../../gql';

/** What each of the records to merge has, the first few of each kind. */
export const Candidates = graphql(`
  query MergeCandidates($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Person {
        id
        name
        pinyin
        visibility
        identifiers {
          scheme
          value
        }
        names {
          text
          kind
        }
        attendances(first: 5, orderBy: [{ field: HELD_ON, direction: DESC }]) {
          totalCount
          nodes {
            id
            label
            organization {
              id
              name
            }
            meeting {
              id
              title
              heldOn
            }
          }
        }
        presentations(first: 5) {
          totalCount
          nodes {
            position
            agendaItem {
              id
              title
            }
          }
        }
        meetingsChaired(first: 5, orderBy: [{ field: HELD_ON, direction: DESC }]) {
          totalCount
          nodes {
            id
            title
            heldOn
          }
        }
        memberships(first: 50) {
          totalCount
          nodes {
            id
            role
            start
            organization {
              id
              name
            }
          }
        }
      }
      ... on Organization {
        id
        name
        organizationKind: kind
        visibility
        identifiers {
          scheme
          value
        }
        names {
          text
          kind
        }
        parent {
          id
          name
        }
        attendances(first: 5, orderBy: [{ field: HELD_ON, direction: DESC }]) {
          totalCount
          nodes {
            id
            label
            meeting {
              id
              title
              heldOn
            }
          }
        }
        presentations(first: 5) {
          totalCount
          nodes {
            position
            agendaItem {
              id
              title
            }
          }
        }
        decisionsOwed(first: 5) {
          totalCount
          nodes {
            id
            text
          }
        }
        directives(first: 5) {
          totalCount
          nodes {
            id
            text
          }
        }
        children(first: 50) {
          totalCount
          nodes {
            id
            name
          }
        }
        meetings(first: 50, orderBy: [{ field: HELD_ON, direction: DESC }]) {
          totalCount
          nodes {
            id
            title
            series
            ordinal
            term
            heldOn
          }
        }
        documentsIssued(first: 50) {
          totalCount
          nodes {
            id
            title
            number
            issuedOn
          }
        }
        documentsReceived(first: 5) {
          totalCount
          nodes {
            id
            title
          }
        }
        members(first: 50) {
          totalCount
          nodes {
            id
            role
            start
            person {
              id
              name
            }
          }
        }
      }
    }
  }
`);

/** Attendances of the records to merge at meetings at which the one to keep was, too. */
export const SharedPeople = graphql(`
  query MergeSharedPeople($keep: ID!, $merge: [ID!]!, $all: [ID!]!) {
    meetings(
      filter: { attendances: { some: { person: { id: { eq: $keep } } } }, and: [{ attendances: { some: { person: { id: { in: $merge } } } } }] }
      first: 20
      orderBy: [{ field: HELD_ON, direction: DESC }]
    ) {
      totalCount
      nodes {
        id
        title
        heldOn
        attendances(filter: { person: { id: { in: $all } } }, first: 20) {
          nodes {
            id
            label
            capacity
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
      }
    }
  }
`);

/** Attendances on behalf of the organizations to merge at meetings at which the one to keep was represented, too. */
export const SharedOrganizations = graphql(`
  query MergeSharedOrganizations($keep: ID!, $merge: [ID!]!, $all: [ID!]!) {
    meetings(
      filter: { attendances: { some: { organization: { id: { eq: $keep } } } }, and: [{ attendances: { some: { organization: { id: { in: $merge } } } } }] }
      first: 20
      orderBy: [{ field: HELD_ON, direction: DESC }]
    ) {
      totalCount
      nodes {
        id
        title
        heldOn
        attendances(filter: { organization: { id: { in: $all } } }, first: 50) {
          nodes {
            id
            label
            capacity
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
      }
    }
  }
`);

export const MergePeople = graphql(`
  mutation MergePeople($keep: ID!, $merge: [ID!]!, $reason: String) {
    answer: mergePeople(keep: $keep, merge: $merge, reason: $reason) {
      record {
        id
      }
      userErrors {
        ...Refusal
      }
    }
  }
`);

export const MergeOrganizations = graphql(`
  mutation MergeOrganizations($keep: ID!, $merge: [ID!]!, $reason: String) {
    answer: mergeOrganizations(keep: $keep, merge: $merge, reason: $reason) {
      record {
        id
      }
      userErrors {
        ...Refusal
      }
    }
  }
`);
