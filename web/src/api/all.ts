import { useEffect, useState } from 'react';
import { type AnyVariables, type CombinedError, useClient } from 'urql';
import type { TypedDocumentString } from '../gql/graphql';
import { type Loaded } from './client';
import { operations } from './operations';

/** A page of a connection. */
interface Page<Node> {
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

/** Most pages that are read for one set; a set of more than this many hundreds belongs in a list of its own. */
const mostPages = 20;

/**
 * Reads every page of a connection, one after another, and gives what has come so far. The query takes the cursor as `$after`;
 * `pick` finds the page in an answer.
 */
export function useAll<Result, Variables extends AnyVariables & { after?: string | null }, Node>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  pick: (data: Result) => Page<Node> | null | undefined,
  pause = false,
): Loaded<Node[]> {
  const client = useClient();
  const query = document.toString();
  const key = JSON.stringify(variables);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{ data?: Node[]; error?: CombinedError; fetching: boolean }>({ fetching: !pause });
  useEffect(() => {
    if (pause) return;
    let stopped = false;
    const forget = operations.add({ query, variables: key });
    const read = async () => {
      let nodes: Node[] = [];
      let after: string | null | undefined;
      for (let page = 0; page < mostPages; page++) {
        const given = { ...(JSON.parse(key) as Variables), ...(after ? { after } : {}) };
        const policy = attempt > 0 ? 'network-only' : 'cache-first';
        const { data, error } = await client.query<Result, Variables>(query, given, { requestPolicy: policy }).toPromise();
        if (stopped) return;
        const found = data && pick(data);
        if (found) nodes = [...nodes, ...found.nodes];
        after = found?.pageInfo.hasNextPage ? found.pageInfo.endCursor : undefined;
        setState({ data: data ? nodes : undefined, error, fetching: Boolean(after) });
        if (error || !after) return;
      }
    };
    void read();
    return () => {
      stopped = true;
      forget();
    };
    // `pick` is written in place by callers and says nothing that the query does not.
  }, [client, query, key, pause, attempt]);
  return { data: state.data, error: state.error, fetching: state.fetching, retry: () => setAttempt((n) => n + 1) };
}
