import { useEffect, useState } from 'react';
import { useData } from '../../api/client';
import { graphql } from '../../gql';
import type { LookupQuery, SearchType } from '../../gql/graphql';
import { hasPage, type PageType } from '../../routes';
import { nameOf, recordType } from '../record/name';

/** A record that some words lead to. */
export interface Suggestion {
  type: PageType;
  id: string;
  label: string;
  /** What tells it apart from others of the same name: its unit, its body, its meeting. */
  detail: string;
}

graphql(`
  fragment FoundRecord on Record {
    ...RecordName
    ... on Person {
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
    ... on Organization {
      parent {
        id
        name
      }
    }
    ... on Meeting {
      heldOn
    }
    ... on AgendaItem {
      meeting {
        id
        title
      }
    }
    ... on Decision {
      meeting {
        id
        title
      }
    }
    ... on Document {
      number
    }
  }
`);

const Query = graphql(`
  query Lookup($text: String!, $types: [SearchType!]) {
    search(query: $text, types: $types, first: 10) {
      nodes {
        record {
          ...FoundRecord
        }
      }
    }
  }
`);

type Found = LookupQuery['search']['nodes'][number]['record'];

/** What tells a record apart from others of the same name. */
export function detailOf(record: Found): string {
  switch (record.__typename) {
    case 'Person':
      return record.attendances.nodes[0]?.organization?.name ?? '';
    case 'Organization':
      return record.parent?.name ?? '';
    case 'Meeting':
      return record.heldOn;
    case 'AgendaItem':
    case 'Decision':
      return record.meeting.title;
    case 'Document':
      return record.number ?? '';
    default:
      return '';
  }
}

/** Makes suggestions of what a search found, best first. */
export const suggestionsOf = (data: LookupQuery): Suggestion[] =>
  data.search.nodes.flatMap(({ record }) =>
    hasPage(record.__typename)
      ? [{ type: record.__typename, id: record.id, label: nameOf(record), detail: detailOf(record) }]
      : [],
  );

/** Records that have the words, of the types asked for, a moment after the reader stops typing. */
export function useLookup(text: string, types?: readonly PageType[]) {
  const settled = useSettled(text.trim(), 150);
  const pause = settled === '';
  const variables = { text: settled, types: types?.map((type) => recordType(type) as SearchType) };
  const { data, error, fetching } = useData(Query, variables, pause);
  return { suggestions: pause || !data ? [] : suggestionsOf(data), error, busy: !pause && fetching, settled };
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
