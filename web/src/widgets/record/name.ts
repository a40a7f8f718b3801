import { graphql } from '../../gql';
import type { RecordNameFragment } from '../../gql/graphql';
import { hasPage, pageOf } from '../../routes';

graphql(`
  fragment RecordName on Record {
    __typename
    id
    ... on Person {
      name
    }
    ... on Organization {
      name
    }
    ... on Meeting {
      title
    }
    ... on AgendaItem {
      title
    }
    ... on Document {
      title
    }
    ... on Decision {
      text
    }
    ... on Directive {
      text
    }
    ... on Attendance {
      seat: label
    }
  }
`);

/** What a record of any type is called. */
export function nameOf(record: RecordNameFragment): string {
  if ('name' in record) return record.name;
  if ('title' in record) return record.title;
  if ('text' in record) return record.text;
  if ('seat' in record) return record.seat;
  return record.id;
}

/** Address of the page of a record of any type. */
export const addressOf = (record: RecordNameFragment): string =>
  hasPage(record.__typename) ? pageOf(record.__typename, record.id) : `/record/${encodeURIComponent(record.id)}`;

/** Name of a record's type in the enum RecordType, whose words pages show. */
export const recordType = (typename: string): string => typename.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
