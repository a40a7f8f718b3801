import { useEffect, useSyncExternalStore } from 'react';
import { useData } from '../api/client';
import { session } from '../api/session';
import { graphql } from '../gql';
import type { Role } from '../gql/graphql';

const Query = graphql(`
  query Viewer {
    viewer {
      subject
      role
      expiresAt
    }
  }
`);

const ranks: Role[] = ['VIEWER', 'EDITOR', 'ADMIN'];

/** Whether a role may do what another may. */
export const mayAs = (role: Role | undefined, needed: Role): boolean =>
  role !== undefined && ranks.indexOf(role) >= ranks.indexOf(needed);

/** Who the token says is asking; nothing is asked for a guest. Who is known stays so while the token is renewed. */
export function useViewer() {
  const { token, expired, known } = useSyncExternalStore(session.subscribe, session.state);
  const state = useData(Query, {}, !token);
  const found = token ? state.data?.viewer : undefined;
  useEffect(() => {
    if (found) session.know(found);
  }, [found]);
  const viewer = found ?? known ?? undefined;
  return { state, expired, viewer, signedIn: Boolean(token), may: (needed: Role) => mayAs(viewer?.role, needed) };
}
