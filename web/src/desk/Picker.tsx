import { Autocomplete } from '@base-ui/react/autocomplete';
import { useState } from 'react';
import { useData } from '../api/client';
import { graphql } from '../gql';
import type { PickQuery, SearchType } from '../gql/graphql';
import { useWords, type Words } from '../i18n';
import type { PageType } from '../routes';
import { nameOf, recordType } from '../widgets/record/name';
import { useSettled } from '../widgets/search/lookup';
import '../widgets/search/search.css';
import type { Named } from './fields';

const Query = graphql(`
  query Pick($text: String!, $types: [SearchType!]) {
    search(query: $text, types: $types, first: 12) {
      nodes {
        record {
          ...RecordName
          ... on Person {
            attendances(first: 1, orderBy: [{ field: HELD_ON, direction: DESC }]) {
              nodes {
                id
                organization {
                  id
                  name
                }
                meeting {
                  id
                  heldOn
                }
              }
            }
            memberships(first: 1) {
              nodes {
                id
                role
                organization {
                  id
                  name
                }
              }
            }
          }
          ... on Organization {
            organizationKind: kind
            parent {
              id
              name
            }
          }
          ... on Meeting {
            heldOn
            body {
              id
              name
            }
          }
          ... on AgendaItem {
            meeting {
              id
              title
              heldOn
            }
          }
          ... on Decision {
            meeting {
              id
              title
              heldOn
            }
          }
          ... on Document {
            documentKind: kind
            number
            issuedOn
            issuedBy {
              id
              name
            }
          }
        }
      }
    }
  }
`);

type Found = PickQuery['search']['nodes'][number]['record'];

/** What tells a record apart from others of the same name: its body or unit, and its year or day. */
function marksOf(record: Found, { t, term }: Words): (string | null | undefined)[] {
  switch (record.__typename) {
    case 'Person': {
      const [seat] = record.attendances.nodes;
      const [office] = record.memberships.nodes;
      return [seat?.organization?.name ?? office?.organization.name, office?.role, seat && t('pick.seen', { year: seat.meeting.heldOn.slice(0, 4) })];
    }
    case 'Organization':
      return [term('OrganizationKind', record.organizationKind), record.parent?.name];
    case 'Meeting':
      return [record.body.name, record.heldOn];
    case 'AgendaItem':
    case 'Decision':
      return [record.meeting.title, record.meeting.heldOn];
    case 'Document':
      return [term('DocumentKind', record.documentKind), record.issuedBy?.name, record.number, record.issuedOn];
    default:
      return [];
  }
}

interface Props {
  id?: string;
  label: string;
  types?: readonly PageType[];
  /** The record that is chosen; nothing where the field only adds. */
  chosen?: Named;
  required?: boolean;
  'aria-invalid'?: true;
  'aria-describedby'?: string;
  /** The reader chose a record, or, with nothing, emptied the field. */
  onChoose(record?: Named): void;
}

/** A field that finds records while the reader types. What was typed without choosing is no value, and goes when the field is left. */
export function Picker({ label, types, chosen, onChoose, ...input }: Props) {
  const words = useWords();
  const { t, term } = words;
  const [text, setText] = useState(chosen?.name ?? '');
  const [typing, setTyping] = useState(false);
  const settled = useSettled(text.trim(), 150);
  const idle = !typing || settled === '';
  const { data, fetching } = useData(Query, { text: settled, types: types?.map((type) => recordType(type) as SearchType) }, idle);
  const found = idle || !data ? [] : data.search.nodes.map(({ record }) => record);
  const name = chosen?.name ?? '';
  return (
    <Autocomplete.Root<Found>
      items={found}
      value={text}
      onValueChange={(value, details) => {
        if (details.reason === 'item-press') return;
        setTyping(true);
        setText(value);
      }}
      itemToStringValue={nameOf}
      filter={null}
    >
      <Autocomplete.Input
        {...input}
        className="search-input"
        aria-label={label}
        placeholder={t('pick.hint')}
        maxLength={200}
        onBlur={() => {
          setTyping(false);
          if (text.trim() === '' && chosen && !input.required) onChoose();
          else setText(name);
        }}
        onKeyDown={(event) => {
          // Enter chooses from the list, and does not send a form whose field is half filled.
          if (event.key === 'Enter' && typing) event.preventDefault();
        }}
      />
      <Autocomplete.Portal hidden={idle || (fetching && !found.length)}>
        <Autocomplete.Positioner className="search-positioner" sideOffset={4} align="start">
          <Autocomplete.Popup className="search-popup" aria-busy={fetching || undefined}>
            <Autocomplete.Status className="unseen">{!idle && !fetching && t('search.matches', { n: found.length })}</Autocomplete.Status>
            {!idle && !fetching && !found.length && <p className="pick-none quiet small">{t('pick.none', { q: settled })}</p>}
            <Autocomplete.List className="search-list">
              {(record: Found) => (
                <Autocomplete.Item
                  key={record.id}
                  value={record}
                  className="search-item pick-item"
                  onClick={() => {
                    setTyping(false);
                    setText(chosen === undefined ? '' : nameOf(record));
                    onChoose({ id: record.id, name: nameOf(record) });
                  }}
                >
                  <span className="search-kind">{term('RecordType', recordType(record.__typename))}</span>
                  <span className="search-label">{nameOf(record)}</span>
                  <span className="pick-marks quiet small">{marksOf(record, words).filter(Boolean).join(' · ')}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
