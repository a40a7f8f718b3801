import { graphql } from '../../gql';

/** Reads the lists of a record of any type. */
export const ListsQuery = graphql(`
  query EditLists($id: ID!) {
    record: node(id: $id) {
      __typename
      ... on Record {
        id
        version
        identifiers {
          scheme
          value
        }
      }
      ... on Meeting {
        minutes {
          id
          version
          title
          distribution {
            ...SentTo
          }
        }
      }
      ... on AgendaItem {
        presenters(first: 100) {
          pageInfo {
            hasNextPage
          }
          nodes {
            role
            organization {
              id
              name
            }
            person {
              id
              name
            }
          }
        }
        papers: documents(first: 100) {
          pageInfo {
            hasNextPage
          }
          edges {
            role
            shortTitle
            node {
              id
              title
            }
          }
        }
      }
      ... on Decision {
        documents(first: 100) {
          pageInfo {
            hasNextPage
          }
          nodes {
            id
            title
          }
        }
        steps {
          kind
          condition
          dueOn
          doneOn
          status
          actors {
            id
            name
          }
          people {
            id
            name
          }
          target {
            id
            name
          }
          inNameOf {
            id
            name
          }
          document {
            id
            title
          }
        }
      }
      ... on Directive {
        addressees(first: 100) {
          pageInfo {
            hasNextPage
          }
          nodes {
            id
            name
          }
        }
      }
      ... on Document {
        distribution {
          ...SentTo
        }
      }
      ... on Organization {
        name
        names {
          text
          kind
        }
      }
      ... on Person {
        name
        names {
          text
          kind
        }
      }
      ... on Attendance {
        agendaItems {
          id
          number
          title
        }
        meeting {
          id
          agendaItems(first: 100, orderBy: [{ field: POSITION }]) {
            nodes {
              id
              number
              title
            }
          }
        }
      }
    }
  }

  fragment SentTo on Distribution {
    kind
    label
    collective
    organization {
      id
      name
    }
  }

  fragment Linked on LinkPayload {
    record {
      __typename
      id
      version
    }
    userErrors {
      ...Refusal
    }
  }
`);

export const addPresenter = graphql(`
  mutation AddPresenter($id: ID!, $entry: PresenterInput!, $position: Int, $version: Int) {
    answer: addPresenter(agendaItem: $id, presenter: $entry, position: $position, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const removePresenter = graphql(`
  mutation RemovePresenter($id: ID!, $place: Int!, $version: Int) {
    answer: removePresenter(agendaItem: $id, position: $place, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const addAgendaItemDocument = graphql(`
  mutation AddAgendaItemDocument($id: ID!, $entry: AgendaItemDocumentInput!, $position: Int, $version: Int) {
    answer: addAgendaItemDocument(agendaItem: $id, document: $entry, position: $position, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const removeAgendaItemDocument = graphql(`
  mutation RemoveAgendaItemDocument($id: ID!, $entry: ID!, $version: Int) {
    answer: removeAgendaItemDocument(agendaItem: $id, document: $entry, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const addDecisionDocument = graphql(`
  mutation AddDecisionDocument($id: ID!, $entry: ID!, $position: Int, $version: Int) {
    answer: addDecisionDocument(decision: $id, document: $entry, position: $position, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const removeDecisionDocument = graphql(`
  mutation RemoveDecisionDocument($id: ID!, $entry: ID!, $version: Int) {
    answer: removeDecisionDocument(decision: $id, document: $entry, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const addDecisionStep = graphql(`
  mutation AddDecisionStep($id: ID!, $entry: DecisionStepInput!, $position: Int, $version: Int) {
    answer: addDecisionStep(decision: $id, step: $entry, position: $position, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const removeDecisionStep = graphql(`
  mutation RemoveDecisionStep($id: ID!, $place: Int!, $version: Int) {
    answer: removeDecisionStep(decision: $id, position: $place, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const addAddressee = graphql(`
  mutation AddAddressee($id: ID!, $entry: ID!, $position: Int, $version: Int) {
    answer: addAddressee(directive: $id, organization: $entry, position: $position, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const removeAddressee = graphql(`
  mutation RemoveAddressee($id: ID!, $entry: ID!, $version: Int) {
    answer: removeAddressee(directive: $id, organization: $entry, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const addDistribution = graphql(`
  mutation AddDistribution($id: ID!, $entry: DistributionInput!, $position: Int, $version: Int) {
    answer: addDistribution(document: $id, distribution: $entry, position: $position, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const removeDistribution = graphql(`
  mutation RemoveDistribution($id: ID!, $place: Int!, $version: Int) {
    answer: removeDistribution(document: $id, position: $place, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const addAttendanceItem = graphql(`
  mutation AddAttendanceItem($id: ID!, $entry: ID!, $position: Int, $version: Int) {
    answer: addAttendanceItem(attendance: $id, agendaItem: $entry, position: $position, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const removeAttendanceItem = graphql(`
  mutation RemoveAttendanceItem($id: ID!, $entry: ID!, $version: Int) {
    answer: removeAttendanceItem(attendance: $id, agendaItem: $entry, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const addName = graphql(`
  mutation AddName($id: ID!, $entry: NameInput!, $position: Int, $version: Int) {
    answer: addName(id: $id, name: $entry, position: $position, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const removeName = graphql(`
  mutation RemoveName($id: ID!, $entry: String!, $version: Int) {
    answer: removeName(id: $id, text: $entry, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const addIdentifier = graphql(`
  mutation AddIdentifier($id: ID!, $entry: IdentifierInput!, $version: Int) {
    answer: addIdentifier(id: $id, identifier: $entry, expectedVersion: $version) {
      ...Linked
    }
  }
`);
export const removeIdentifier = graphql(`
  mutation RemoveIdentifier($id: ID!, $entry: IdentifierInput!, $version: Int) {
    answer: removeIdentifier(id: $id, identifier: $entry, expectedVersion: $version) {
      ...Linked
    }
  }
`);
