import { useState } from 'react';
import { useClient } from 'urql';
import { Link } from 'wouter';
import { useData, useKept } from '../../api/client';
import { describe } from '../../api/problem';
import { graphql } from '../../gql';
import type { PublishableFragment, PublishRecordsMutation, Visibility } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { useAddress } from '../../state/address';
import { recordType } from '../../widgets/record/name';
import { Nothing, Show } from '../../widgets/status/Status';
import { useGuard } from '../guard';
import { useViewer } from '../viewer';
import { Conditions } from './Conditions';
import { filterOf, type Listing, listings, markOf, titleOf } from './listings';
import { Outcome } from './Outcome';
import { type Chosen, type Run, runAll, type Send } from './run';
import './publish.css';

const Mutation = graphql(`
  mutation PublishRecords($records: [RecordUpsert!]!) {
    upsertRecords(records: $records) {
      results {
        id
        outcome
        record {
          __typename
          id
          version
          visibility
        }
      }
      userErrors {
        ...Refusal
      }
    }
  }
`);

/** As many as one order may be about. */
const most = 500;
const pageSize = 50;

/** Opens records to everybody, or closes them, many at once. */
export function PublishPage() {
  const { t } = useWords();
  const { parameters } = useAddress();
  const asked = parameters.get('type') ?? '';
  const type = Object.hasOwn(listings, asked) ? asked : 'Meeting';
  const listing = listings[type]!;
  const visibility: Visibility = parameters.get('is') === 'PUBLIC' ? 'PUBLIC' : 'INTERNAL';
  const filter = filterOf(listing, { visibility, text: parameters.get('text'), within: parameters.get('in') });
  return (
    <>
      <h2>{t('publish.title')}</h2>
      <p className="quiet">{t('publish.lead')}</p>
      <Conditions type={type} listing={listing} visibility={visibility} />
      <Selection key={JSON.stringify([type, filter])} listing={listing} filter={filter} from={visibility} />
    </>
  );
}

const chosenOf = (record: PublishableFragment): Chosen => ({ id: record.id, version: record.version, name: titleOf(record) });

function Selection({ listing, filter, from }: { listing: Listing; filter: object; from: Visibility }) {
  const words = useWords();
  const { t, term } = words;
  const { may } = useViewer();
  const client = useClient();
  const { parameters, address } = useAddress();
  const state = useKept(useData(listing.query, { filter, first: pageSize, after: parameters.get('after') }));
  const [chosen, setChosen] = useState<ReadonlyMap<string, Chosen>>(new Map());
  const [run, setRun] = useState<Run>();
  const [trouble, setTrouble] = useState<string>();
  const [gathering, setGathering] = useState(false);
  const busy = gathering || (run !== undefined && !run.ended);
  useGuard(run !== undefined && !run.ended);
  const to: Visibility = from === 'PUBLIC' ? 'INTERNAL' : 'PUBLIC';

  const choose = (records: Chosen[], on: boolean) => {
    const next = new Map(chosen);
    for (const record of records) {
      if (on && next.size < most) next.set(record.id, record);
      if (!on) next.delete(record.id);
    }
    setChosen(next);
  };
  /** Chooses all that the conditions fit, page by page, as many as one order may be about. */
  const chooseAll = async () => {
    setGathering(true);
    setTrouble(undefined);
    const all = new Map<string, Chosen>();
    let after: string | null | undefined;
    do {
      const { data, error } = await client.query(listing.query.toString(), { filter, first: 100, after }, { requestPolicy: 'network-only' }).toPromise();
      if (error) setTrouble(describe(error, words).text);
      const list = data?.list as { nodes: PublishableFragment[]; pageInfo: { hasNextPage: boolean; endCursor?: string | null } } | undefined;
      for (const record of list?.nodes ?? []) if (all.size < most) all.set(record.id, chosenOf(record));
      after = list?.pageInfo.hasNextPage && all.size < most ? list.pageInfo.endCursor : undefined;
    } while (after);
    setChosen(all);
    setGathering(false);
  };
  const send: Send = async (records) => {
    const { data, error } = await client
      .mutation<PublishRecordsMutation>(Mutation.toString(), { records: records.map((record) => ({ ...record, fields: listing.fields })) })
      .toPromise();
    if (error || !data) return { results: [], refusals: [], trouble: error ? describe(error, words).text : '' };
    return { results: data.upsertRecords.results as Awaited<ReturnType<Send>>['results'], refusals: data.upsertRecords.userErrors };
  };
  const apply = async (records: Chosen[], visibility: Visibility) => {
    setChosen(new Map());
    await runAll(records, visibility, send, setRun);
    state.retry();
  };
  return (
    <>
      {run && <Outcome run={run} onUndo={(back) => void apply(run.changed, back)} />}
      <Show state={state} lines={8}>
        {({ list }) => {
          const page = list.nodes.map(chosenOf);
          const whole = page.length > 0 && page.every(({ id }) => chosen.has(id));
          return (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                void apply([...chosen.values()], to);
              }}
            >
              <div className="publish-bar">
                <label>
                  <input type="checkbox" checked={whole} disabled={busy || !page.length} onChange={(event) => choose(page, event.target.checked)} /> {t('publish.page')}
                </label>
                {list.totalCount > page.length && (
                  <button type="button" className="link" disabled={busy} onClick={() => void chooseAll()}>
                    {list.totalCount > most ? t('publish.first', { n: most, of: list.totalCount }) : t('publish.all', { n: list.totalCount })}
                  </button>
                )}
                <span role="status" className="quiet">
                  {t('publish.chosen', { n: chosen.size })}
                </span>
                <button type="submit" className="primary" disabled={busy || !chosen.size || !may('EDITOR')}>
                  {t(to === 'PUBLIC' ? 'publish.open' : 'publish.close', { n: chosen.size })}
                </button>
                {!may('EDITOR') && <span className="quiet">{t('edit.needs', { role: term('Role', 'EDITOR') })}</span>}
              </div>
              {trouble && <p role="alert">{trouble}</p>}
              {page.length === 0 && <Nothing text={t('empty.none')} />}
              <ul className="publish-list">
                {list.nodes.map((record, i) => (
                  <li key={record.id}>
                    <input
                      type="checkbox"
                      aria-label={page[i]!.name}
                      checked={chosen.has(record.id)}
                      disabled={busy}
                      onChange={(event) => choose([page[i]!], event.target.checked)}
                    />
                    <span>
                      <Link href={`/admin/edit/${encodeURIComponent(record.id)}`}>{page[i]!.name || term('RecordType', recordType(record.__typename))}</Link>{' '}
                      <span className="quiet small">{markOf(record)}</span>
                    </span>
                  </li>
                ))}
              </ul>
              <nav className="pager" aria-label={t('state.next')}>
                {parameters.get('after') && <Link href={address({ after: undefined })}>{t('state.first')}</Link>}
                {list.pageInfo.hasNextPage && <Link href={address({ after: list.pageInfo.endCursor ?? undefined })}>{t('state.next')}</Link>}
              </nav>
            </form>
          );
        }}
      </Show>
    </>
  );
}
