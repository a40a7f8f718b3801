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

/** Pages that are read in one go; the reader is asked before the next ones are. */
const pagesAtOnce = 20;

/** What has come of a set that is read page by page. */
export interface Gathered<Node> extends Loaded<Node[]> {
  /** Reads on, where reading stopped before the end of the set. */
  more?: () => void;
}

/**
 * Reads the pages of a connection, one after another, and gives what has come so far. The query takes the cursor as `$after`;
 * `pick` finds the page in an answer. A very large set is read in goes, each when the reader asks for it.
 */
export function useAll<Result, Variables extends AnyVariables & { after?: string | null }, Node>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  pick: (data: Result) => Page<Node> | null | undefined,
  pause = false,
): Gathered<Node> {
  const client = useClient();
  const query = document.toString();
  const key = JSON.stringify(variables);
  const [attempt, setAttempt] = useState(0);
  const [goes, setGoes] = useState(1);
  const [state, setState] = useState<{ data?: Node[]; error?: CombinedError; fetching: boolean; stopped?: boolean }>({ fetching: !pause });
  useEffect(() => {
    if (pause) return;
    let stopped = false;
    const forget = operations.add({ query, variables: key });
    const read = async () => {
      let nodes: Node[] = [];
      let after: string | null | undefined;
      for (let page = 0; page < goes * pagesAtOnce; page++) {
        const given = { ...(JSON.parse(key) as Variables), ...(after ? { after } : {}) };
        const policy = attempt > 0 ? 'network-only' : 'cache-first';
        const { data, error } = await client.query<Result, Variables>(query, given, { requestPolicy: policy }).toPromise();
        if (stopped) return;
        const found = data && pick(data);
        if (found) nodes = [...nodes, ...found.nodes];
        after = found?.pageInfo.hasNextPage ? found.pageInfo.endCursor : undefined;
        const last = page === goes * pagesAtOnce - 1;
        setState({ data: nodes.length || data ? nodes : undefined, error, fetching: Boolean(after) && !error && !last, stopped: Boolean(after) && last });
        if (error || !after) return;
      }
    };
    void read();
    return () => {
      stopped = true;
      forget();
    };
    // `pick` is written in place by callers and says nothing that the query does not.
  }, [client, query, key, pause, attempt, goes]);
  return {
    data: state.data,
    error: state.error,
    fetching: state.fetching,
    retry: () => setAttempt((n) => n + 1),
    more: state.stopped && !state.fetching ? () => setGoes((n) => n + 1) : undefined,
  };
}
