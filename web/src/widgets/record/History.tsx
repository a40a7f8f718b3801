import { type ReactNode, useState } from 'react';
import { useData } from '../../api/client';
import { graphql } from '../../gql';
import type { ChangeLineFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { Show } from '../status/Status';

graphql(`
  fragment ChangeLine on Change {
    id
    operation
    version
    actor
    at
    reason
    fields {
      field
      before
      after
    }
  }
`);

const Query = graphql(`
  query History($id: ID!, $after: String) {
    node(id: $id) {
      __typename
      id
      ... on Record {
        history(first: 50, after: $after) {
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...ChangeLine
          }
        }
      }
    }
  }
`);

/** The changes of a record, loaded when the reader opens them. */
export function History({ id, action }: { id: string; action?: (change: string, reload: () => void) => ReactNode }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <details className="history" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('history.title')}</summary>
      {open && <Changes id={id} action={action} />}
    </details>
  );
}

function Changes({ id, action }: { id: string; action?: (change: string, reload: () => void) => ReactNode }) {
  const { t } = useWords();
  const [after, setAfter] = useState<string>();
  const state = useData(Query, { id, after });
  return (
    <Show state={state} lines={3}>
      {({ node }) => {
        if (!node || !('history' in node)) return null;
        const { nodes, pageInfo } = node.history;
        return (
          <>
            <ol className="changes">
              {nodes.map((change) => (
                <li key={change.id}>
                  <ChangeLine change={change} />
                  {action?.(change.id, state.retry)}
                </li>
              ))}
            </ol>
            {pageInfo.hasNextPage && pageInfo.endCursor && (
              <button type="button" onClick={() => setAfter(pageInfo.endCursor!)}>
                {t('state.next')}
              </button>
            )}
          </>
        );
      }}
    </Show>
  );
}

/** One change: what, when, by whom, and each field before and after. */
export function ChangeLine({ change }: { change: ChangeLineFragment }) {
  const { t, term, moment } = useWords();
  return (
    <>
      <p>
        <strong>{term('ChangeOperation', change.operation)}</strong>{' '}
        <span className="quiet">
          {t('history.by', { actor: change.actor, at: moment(change.at) })} · {t('history.version', { n: change.version })}
        </span>
        {change.reason && ` ${change.reason}`}
      </p>
      {change.fields.length > 0 && change.operation !== 'CREATE' && (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('history.field')}</th>
                <th scope="col">{t('history.before')}</th>
                <th scope="col">{t('history.after')}</th>
              </tr>
            </thead>
            <tbody>
              {change.fields.map(({ field, before, after }) => (
                <tr key={field}>
                  <th scope="row">{field}</th>
                  <td>
                    <del>{plain(before)}</del>
                  </td>
                  <td>
                    <ins>{plain(after)}</ins>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

/** A JSON value as a reader wants it: a string without its quotes, everything else as it is. */
function plain(json: string | null | undefined): string {
  if (!json) return '';
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : value === null ? '' : json;
  } catch {
    return json;
  }
}
