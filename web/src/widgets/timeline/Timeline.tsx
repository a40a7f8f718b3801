import { Link } from 'wouter';
import { useState } from 'react';
import { useData } from '../../api/client';
import { graphql } from '../../gql';
import { useWords } from '../../i18n';
import { addressOf, nameOf, recordType } from '../record/name';
import { Show } from '../status/Status';
import './timeline.css';

const Query = graphql(`
  query Timeline($id: ID!, $after: String) {
    timeline(id: $id, first: 50, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        date
        kind
        record {
          ...RecordName
          ... on Attendance {
            meeting {
              id
              title
            }
          }
          ... on Membership {
            role
          }
        }
      }
    }
  }
`);

/** What happened around a record, by day; loaded when the reader opens it. */
export function Timeline({ id, unfolded = false }: { id: string; unfolded?: boolean }) {
  const { t } = useWords();
  const [open, setOpen] = useState(unfolded);
  return (
    <details className="history" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('timeline.title')}</summary>
      {open && <Entries id={id} />}
    </details>
  );
}

function Entries({ id }: { id: string }) {
  const { t, term, date } = useWords();
  const [after, setAfter] = useState<string>();
  const state = useData(Query, { id, after });
  return (
    <Show state={state} lines={4}>
      {({ timeline }) => (
        <>
          {timeline.nodes.length === 0 && <p className="quiet">{t('section.nothing')}</p>}
          <ol className="times">
            {timeline.nodes.map(({ date: day, kind, record }, i) => (
              <li key={`${record.id} ${kind} ${i}`}>
                <time dateTime={day}>{date(day, 'medium')}</time>
                <div>
                  <span className="quiet">{term('TimelineKind', kind)}</span>{' '}
                  <Link href={addressOf(record)}>
                    {record.__typename === 'Attendance' ? record.meeting.title : record.__typename === 'Membership' ? (record.role ?? term('RecordType', recordType(record.__typename))) : nameOf(record)}
                  </Link>
                </div>
              </li>
            ))}
          </ol>
          {timeline.pageInfo.hasNextPage && (
            <button type="button" onClick={() => setAfter(timeline.pageInfo.endCursor ?? undefined)}>
              {t('state.next')}
            </button>
          )}
        </>
      )}
    </Show>
  );
}
