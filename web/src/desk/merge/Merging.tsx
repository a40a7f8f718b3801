import { useState } from 'react';
import { type Client, useClient } from 'urql';
import { Link } from 'wouter';
import { useChange } from '../../api/client';
import { describe } from '../../api/problem';
import { graphql } from '../../gql';
import type { MergeChangesQuery, MergeLatestQuery, RecordType } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { pageOf } from '../../routes';
import { type Refusal, Refused } from '../Refused';
import { Undo } from '../Undo';
import { useViewer } from '../viewer';
import { MergeOrganizations, MergePeople } from './operations';

const Latest = graphql(`
  query MergeLatest {
    people(first: 1, orderBy: [{ field: UPDATED_AT, direction: DESC }]) {
      nodes {
        id
        history(first: 100) {
          nodes {
            cursor
          }
        }
      }
    }
    organizations(first: 1, orderBy: [{ field: UPDATED_AT, direction: DESC }]) {
      nodes {
        id
        history(first: 100) {
          nodes {
            cursor
          }
        }
      }
    }
  }
`);

const Changes = graphql(`
  query MergeChanges($after: String, $types: [RecordType!]) {
    changes(after: $after, types: $types, first: 100) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        operation
        recordId
      }
    }
  }
`);

const fresh = { requestPolicy: 'network-only' } as const;

/** A place in the log, not far from its end, after which the merge will be noted. */
async function placeInLog(client: Client, type: RecordType): Promise<string | undefined> {
  const { data } = await client.query<MergeLatestQuery>(Latest.toString(), {}, fresh).toPromise();
  return (type === 'PERSON' ? data?.people : data?.organizations)?.nodes[0]?.history.nodes.at(-1)?.cursor;
}

/** The entries of the log that say of records that they were merged, latest first; some are missing where the log is long. */
async function mergesOf(client: Client, type: RecordType, gone: string[], start?: string): Promise<string[]> {
  const found: string[] = [];
  let after: string | null | undefined = start;
  for (let page = 0; page < 20 && found.length < gone.length; page++) {
    const { data }: { data?: MergeChangesQuery } = await client.query<MergeChangesQuery>(Changes.toString(), { after, types: [type] }, fresh).toPromise();
    if (!data) break;
    found.unshift(...data.changes.nodes.filter(({ operation, recordId }) => operation === 'MERGE' && gone.includes(recordId)).map(({ id }) => id).reverse());
    if (!data.changes.pageInfo.hasNextPage) break;
    after = data.changes.pageInfo.endCursor;
  }
  return found;
}

/** Makes the records one, and offers to take that back. */
export function Merging({ type, keep, merge, onDone }: { type: 'Person' | 'Organization'; keep: string; merge: { id: string; name: string }[]; onDone(): void }) {
  const words = useWords();
  const { t, term } = words;
  const { may } = useViewer();
  const client = useClient();
  const [run, busy] = useChange(type === 'Person' ? MergePeople : MergeOrganizations);
  const [trouble, setTrouble] = useState<string | Refusal>();
  const [merges, setMerges] = useState<string[]>();
  const [taken, setTaken] = useState(0);
  const logType: RecordType = type === 'Person' ? 'PERSON' : 'ORGANIZATION';
  const ids = merge.map(({ id }) => id);
  const submit = async (reason: string) => {
    const start = await placeInLog(client, logType);
    const { data, error } = await run({ keep, merge: ids, reason: reason || null });
    const refused = data?.answer.userErrors[0];
    setTrouble(error ? describe(error, words).text : refused);
    if (error || refused) return;
    onDone();
    setMerges([]);
    setMerges(await mergesOf(client, logType, ids, start));
  };
  if (merges) {
    return (
      <div role="status">
        <p>
          {t('merge.done')} <Link href={pageOf(type, keep)}>{t('edit.page')}</Link> · <Link href={`/admin/edit/${encodeURIComponent(keep)}`}>{t('history.title')}</Link>
        </p>
        {merges.slice(taken).length > 0 && (
          <p key={merges[taken]} className="line">
            <Undo change={merges[taken]!} onDone={() => setTaken(taken + 1)} />
          </p>
        )}
        {taken > 0 && <p>{t('undo.done')}</p>}
      </div>
    );
  }
  return (
    <form
      className="line"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(String(new FormData(event.currentTarget).get('reason') ?? '').trim());
      }}
    >
      <label>
        <span className="quiet">{t('field.reason')}</span> <input name="reason" maxLength={200} />
      </label>
      <button type="submit" className="primary" disabled={busy || !may('ADMIN')}>
        {t('merge.do', { n: merge.length + 1 })}
      </button>
      {!may('ADMIN') && <span className="quiet">{t('edit.needs', { role: term('Role', 'ADMIN') })}</span>}
      {trouble && <span role="alert">{typeof trouble === 'string' ? trouble : <Told refusal={trouble} />}</span>}
    </form>
  );
}

/** Why a merge was refused, with the record that stands in the way. */
function Told({ refusal }: { refusal: Refusal }) {
  return (
    <>
      {refusal.message} {refusal.existing && <Refused refusal={refusal} />}
    </>
  );
}
