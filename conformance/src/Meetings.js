// A page of meetings as Relay wants it: a refetchable connection with a fragment of a record below it.
import { graphql } from 'relay-runtime';

export const MeetingRow = graphql`
  fragment Meetings_row on Meeting {
    title
    heldOn
    body {
      name
    }
  }
`;

export const MeetingPage = graphql`
  fragment Meetings_page on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "MeetingsPaginationQuery") {
    meetings(first: $count, after: $cursor) @connection(key: "Meetings_meetings") {
      totalCount
      edges {
        node {
          id
          ...Meetings_row
          agendaItems(first: 5) {
            nodes {
              title
            }
          }
        }
      }
    }
  }
`;

export const MeetingsQuery = graphql`
  query MeetingsQuery($id: ID!) {
    ...Meetings_page
    node(id: $id) {
      __typename
      ... on Meeting {
        ...Meetings_row @alias(as: "meeting")
      }
    }
  }
`;
