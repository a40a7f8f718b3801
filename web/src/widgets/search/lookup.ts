import { useEffect, useState } from 'react';
import { useData } from '../../api/client';
import { graphql } from '../../gql';
import type { LookupQuery } from '../../gql/graphql';
import type { PageType } from '../../routes';

/** A record that a name leads to. */
export interface Suggestion {
  type: PageType;
  id: string;
  label: string;
  /** What tells it apart from others of the same name: its unit, its body, its meeting. */
  detail: string;
}

const Query = graphql(`
  query Lookup($text: String!, $lower: String!) {
    organizations(filter: { name: { contains: $text } }, first: 6) {
      nodes {
        id
        name
        parent {
          id
          name
        }
      }
    }
    people(filter: { or: [{ name: { contains: $text } }, { pinyin: { contains: $lower } }] }, first: 6) {
      nodes {
        id
        name
        attendances(first: 1) {
          nodes {
            id
            organization {
              id
              name
            }
          }
        }
      }
    }
    meetings(filter: { title: { contains: $text } }, orderBy: [{ field: HELD_ON, direction: DESC }], first: 4) {
      nodes {
        id
        title
        heldOn
      }
    }
    documents(filter: { title: { contains: $text } }, first: 6) {
      nodes {
        id
        title
        number
      }
    }
    agendaItems(filter: { title: { contains: $text } }, first: 6) {
      nodes {
        id
        title
        meeting {
          id
          title
        }
      }
    }
  }
`);

/** Flattens an answer into suggestions, people and organizations first, of the types asked for. */
export function suggestionsOf(data: LookupQuery, types?: readonly PageType[]): Suggestion[] {
  const found: Suggestion[] = [
    ...data.organizations.nodes.map((o) => ({ type: 'Organization' as const, id: o.id, label: o.name, detail: o.parent?.name ?? '' })),
    ...data.people.nodes.map((p) => ({
      type: 'Person' as const,
      id: p.id,
      label: p.name,
      detail: p.attendances.nodes[0]?.organization?.name ?? '',
    })),
    ...data.meetings.nodes.map((m) => ({ type: 'Meeting' as const, id: m.id, label: m.title, detail: m.heldOn })),
    ...data.documents.nodes.map((d) => ({ type: 'Document' as const, id: d.id, label: d.title, detail: d.number ?? '' })),
    ...data.agendaItems.nodes.map((i) => ({ type: 'AgendaItem' as const, id: i.id, label: i.title, detail: i.meeting.title })),
  ];
  return types ? found.filter(({ type }) => types.includes(type)) : found;
}

/** Records whose name has the text in it, a moment after the reader stops typing. */
export function useLookup(text: string, types?: readonly PageType[]) {
  const settled = useSettled(text.trim(), 150);
  const pause = [...settled].length < 2;
  const { data, error, fetching } = useData(Query, { text: settled, lower: settled.toLowerCase() }, pause);
  return { suggestions: pause || !data ? [] : suggestionsOf(data, types), error, busy: !pause && fetching, settled };
}

/** The value once it has not changed for some milliseconds. */
export function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
