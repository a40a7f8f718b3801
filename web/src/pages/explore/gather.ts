import { useEffect, useState } from 'react';
import { type Client, type CombinedError, useClient } from 'urql';
import type { Loaded } from '../../api/client';
import { operations } from '../../api/operations';
import { graphql } from '../../gql';
import type {
  CanvasAroundQuery,
  CanvasAroundQueryVariables,
  CanvasEdgeFragment,
  CanvasWayQuery,
  CanvasWayQueryVariables,
  RecordNameFragment,
} from '../../gql/graphql';
import { formatStep, type Step } from './steps';

graphql(`
  fragment CanvasEdge on GraphEdge {
    kind
    count
    method
    from {
      __typename
      id
    }
    to {
      __typename
      id
    }
    sources {
      ...Span
    }
    record {
      __typename
      id
      ... on Meeting {
        heldOn
      }
      ... on Attendance {
        meeting {
          id
          heldOn
        }
      }
      ... on AgendaItem {
        meeting {
          id
          heldOn
        }
      }
      ... on Decision {
        meeting {
          id
          heldOn
        }
      }
      ... on Directive {
        agendaItem {
          id
          meeting {
            id
            heldOn
          }
        }
      }
      ... on Document {
        issuedOn
      }
    }
  }
`);

const AroundQuery = graphql(`
  query CanvasAround($id: ID!, $via: [EdgeKind!], $after: String) {
    neighbors(id: $id, via: $via, first: 40, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...RecordName
      }
      edges {
        ...CanvasEdge
      }
    }
  }
`);

const WayQuery = graphql(`
  query CanvasWay($from: ID!, $to: ID!) {
    path(from: $from, to: $to) {
      nodes {
        ...RecordName
      }
      hops {
        ...CanvasEdge
      }
    }
    ends: nodes(ids: [$from, $to]) {
      ...RecordName
    }
  }
`);

/** A tie on the canvas, with the day it is of where one is known. */
export interface Line {
  key: string;
  edge: CanvasEdgeFragment;
  day?: string;
  /** Part of a way that was asked for. */
  way: boolean;
}

/** What the steps have brought onto the canvas. */
export interface Gathering {
  records: Map<string, RecordNameFragment>;
  lines: Map<string, Line>;
  /** What the ends of the ways are called, also of those that were not found. */
  ends: Map<string, RecordNameFragment>;
  /** Steps that found nothing: records and ways that are not there. */
  wayless: Step[];
}

const dayOf = ({ record }: CanvasEdgeFragment): string | undefined => {
  switch (record.__typename) {
    case 'Meeting':
      return record.heldOn;
    case 'Attendance':
    case 'AgendaItem':
    case 'Decision':
      return record.meeting.heldOn;
    case 'Directive':
      return record.agendaItem.meeting.heldOn;
    case 'Document':
      return record.issuedOn ?? undefined;
    default:
      return undefined;
  }
};

/** Adds an answer to what is there. */
export function add(to: Gathering, records: RecordNameFragment[], edges: CanvasEdgeFragment[], way: boolean) {
  for (const record of records) if (!to.records.has(record.id)) to.records.set(record.id, record);
  for (const edge of edges) {
    const key = `${edge.from.id} ${edge.kind} ${edge.to.id}`;
    const known = to.lines.get(key);
    if (!known) to.lines.set(key, { key, edge, day: dayOf(edge), way });
    else if (way) to.lines.set(key, { ...known, way });
  }
}

/** What one step brings: a page of what lies around a record, or a way. */
interface Brought {
  records: RecordNameFragment[];
  edges: CanvasEdgeFragment[];
  ends?: RecordNameFragment[];
  next?: string;
  found: boolean;
  error?: CombinedError;
}

async function bring(client: Client, step: Step, after: string | undefined, asked: (query: string, variables: object) => void): Promise<Brought> {
  if ('around' in step) {
    const variables = { id: step.around, ...(step.via ? { via: [step.via] } : {}), ...(after ? { after } : {}) };
    asked(AroundQuery.toString(), variables);
    const { data, error } = await client.query<CanvasAroundQuery, CanvasAroundQueryVariables>(AroundQuery.toString(), variables).toPromise();
    const around = data?.neighbors;
    const next = around?.pageInfo.hasNextPage ? (around.pageInfo.endCursor ?? undefined) : undefined;
    return { records: around?.nodes ?? [], edges: around?.edges ?? [], next, found: Boolean(around), error };
  }
  asked(WayQuery.toString(), step);
  const { data, error } = await client.query<CanvasWayQuery, CanvasWayQueryVariables>(WayQuery.toString(), step).toPromise();
  return { records: data?.path?.nodes ?? [], edges: data?.path?.hops ?? [], ends: data?.ends.filter((end) => end !== null && end !== undefined), found: Boolean(data?.path), error };
}

/** Takes the steps one after another and gives what they have brought; what was asked before comes from the cache. */
export function useGathering(steps: Step[]): Loaded<Gathering> & { taken: number } {
  const client = useClient();
  const written = steps.map(formatStep).join(',');
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{ data: Gathering | undefined; error: CombinedError | undefined; fetching: boolean; taken: number }>({
    data: undefined,
    error: undefined,
    fetching: true,
    taken: 0,
  });
  useEffect(() => {
    let stopped = false;
    const forgets: (() => void)[] = [];
    const asked = (query: string, variables: object) => forgets.push(operations.add({ query, variables: JSON.stringify(variables) }));
    const take = async () => {
      const data: Gathering = { records: new Map(), lines: new Map(), ends: new Map(), wayless: [] };
      const cursors = new Map<string, string | undefined>();
      setState((old) => ({ ...old, error: undefined, fetching: true, taken: 0 }));
      for (const [i, step] of steps.entries()) {
        const key = formatStep(step);
        // The whole of it is there already.
        if (cursors.has(key) && !cursors.get(key)) continue;
        const { records, edges, ends, next, found, error } = await bring(client, step, cursors.get(key), asked);
        if (stopped) return;
        if (error) {
          setState({ data, error, fetching: false, taken: i });
          return;
        }
        add(data, records, edges, 'from' in step);
        for (const record of ends ?? []) data.ends.set(record.id, record);
        if (!found) data.wayless.push(step);
        cursors.set(key, next);
        setState((old) => ({ ...old, taken: i + 1 }));
      }
      setState({ data, error: undefined, fetching: false, taken: steps.length });
    };
    void take();
    return () => {
      stopped = true;
      forgets.forEach((forget) => forget());
    };
    // The steps are what is written of them.
  }, [client, written, attempt]);
  return { ...state, retry: () => setAttempt((n) => n + 1) };
}
