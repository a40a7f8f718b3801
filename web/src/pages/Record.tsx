import { Redirect } from 'wouter';
import { useData } from '../api/client';
import { graphql } from '../gql';
import { hasPage, pageOf } from '../routes';
import { Failure, isMissing, Loading, Missing } from '../widgets/status/Status';

const Query = graphql(`
  query RecordPage($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Attendance {
        meeting {
          id
        }
      }
      ... on Membership {
        person {
          id
        }
      }
    }
  }
`);

/** Sends the reader on to the page of a record whose type is not known, such as one that was merged. */
export default function Record({ id }: { id: string }) {
  const state = useData(Query, { id });
  const node = state.data?.node;
  if (node?.__typename === 'Attendance') return <Redirect to={pageOf('Meeting', node.meeting.id)} replace />;
  if (node?.__typename === 'Membership') return <Redirect to={pageOf('Person', node.person.id)} replace />;
  if (node && hasPage(node.__typename)) return <Redirect to={pageOf(node.__typename, node.id)} replace />;
  if (isMissing(state, (data) => data.node)) return <Missing />;
  return (
    <main id="content" className="page narrow">
      <Failure state={state} />
      {!state.error && <Loading />}
    </main>
  );
}
