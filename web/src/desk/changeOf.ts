import type { Client } from 'urql';
import { graphql } from '../gql';
import type { ChangeIdsQuery } from '../gql/graphql';

const Query = graphql(`
  query ChangeIds($id: ID!, $after: String) {
    node(id: $id) {
      __typename
      id
      ... on Record {
        history(first: 100, after: $after) {
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            id
            version
          }
        }
      }
    }
  }
`);

/** Finds the entry of the log by which a record got a version; nothing where the log cannot be read. */
export async function changeOf(client: Client, id: string, version: number): Promise<string | undefined> {
  let after: string | null | undefined;
  do {
    const { data } = await client.query<ChangeIdsQuery>(Query.toString(), { id, after }, { requestPolicy: 'network-only' }).toPromise();
    const node = data?.node;
    if (!node || !('history' in node)) return undefined;
    const found = node.history.nodes.find((change) => change.version === version);
    if (found) return found.id;
    after = node.history.pageInfo.hasNextPage ? node.history.pageInfo.endCursor : undefined;
  } while (after);
  return undefined;
}
