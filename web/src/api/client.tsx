import { cacheExchange, Client, fetchExchange, mapExchange } from '@urql/core';
import { type ReactNode, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { type AnyVariables, type CombinedError, Provider, useMutation, useQuery } from 'urql';
import type { TypedDocumentString } from '../gql/graphql';
import { operations } from './operations';
import { session } from './session';

export const endpoint = '/graphql';

/** Notes that the token is not taken any more, whatever was asked. */
const refusals = mapExchange({
  onError(error) {
    const status = (error.response as Response | undefined)?.status;
    if (status === 401 || error.graphQLErrors.some(({ extensions }) => extensions.code === 'UNAUTHENTICATED')) session.expire();
  },
});

export function makeClient(token: string | null): Client {
  return new Client({
    url: endpoint,
    preferGetMethod: false,
    // Subscriptions come as an event stream over the same endpoint, with the same token in the same header.
    fetchSubscriptions: true,
    exchanges: [cacheExchange, refusals, fetchExchange],
    fetchOptions: (): RequestInit => ({
      credentials: 'omit',
      // A multipart request is refused without the second header, which no form of another site can send.
      headers: token ? { authorization: `Bearer ${token}`, 'GraphQL-Require-Preflight': '1' } : {},
    }),
  });
}

/** Gives the pages a client; another token means another client, so nothing seen with the old one is left in its cache. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const token = useSyncExternalStore(session.subscribe, session.token);
  const client = useMemo(() => makeClient(token), [token]);
  return <Provider value={client}>{children}</Provider>;
}

/** What a page knows of a query: data, or an error, or neither while it is under way. */
export interface Loaded<Result> {
  data: Result | undefined;
  error: CombinedError | undefined;
  fetching: boolean;
  retry(): void;
}

/** Runs a query and tells the drawer of queries about it. */
export function useData<Result, Variables extends AnyVariables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  pause = false,
): Loaded<Result> {
  const query = document.toString();
  const [{ data, error, fetching }, execute] = useQuery<Result, Variables>({ query, variables, pause });
  const key = JSON.stringify(variables);
  useEffect(() => (pause ? undefined : operations.add({ query, variables: key })), [query, key, pause]);
  return { data, error, fetching, retry: () => execute({ requestPolicy: 'network-only' }) };
}

/** Keeps what was loaded while it is loaded anew, with another token, so that nothing typed on the page is lost. */
export function useKept<Result>(state: Loaded<Result>): Loaded<Result> {
  const last = useRef<Result>(undefined);
  if (state.data) last.current = state.data;
  return { ...state, data: state.data ?? last.current };
}

/** Returns a function that runs a mutation, and whether one is under way. */
export function useChange<Result, Variables extends AnyVariables>(document: TypedDocumentString<Result, Variables>) {
  const [{ fetching }, run] = useMutation<Result, Variables>(document.toString());
  return [run, fetching] as const;
}
