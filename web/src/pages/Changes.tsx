import { Link } from 'wouter';
import { useData } from '../api/client';
import { graphql } from '../gql';
import type { RecordType } from '../gql/graphql';
import { useWords } from '../i18n';
import { useAddress } from '../state/address';
import { ChangeLine } from '../widgets/record/History';
import { Nothing, Show } from '../widgets/status/Status';
import { member } from './lists/conditions';

const Query = graphql(`
  query Changes($types: [RecordType!], $after: String) {
    changes(types: $types, after: $after, first: 50) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...ChangeLine
        type
        recordId
      }
    }
  }
`);

const types: readonly RecordType[] = [
  'MEETING',
  'AGENDA_ITEM',
  'DECISION',
  'DIRECTIVE',
  'DOCUMENT',
  'ORGANIZATION',
  'PERSON',
  'MEMBERSHIP',
  'ATTENDANCE',
];

export default function Changes() {
  const { t, term } = useWords();
  const { parameters, address, change } = useAddress();
  const type = member(parameters.get('type'), types);
  const state = useData(Query, { types: type && [type], after: parameters.get('after') ?? undefined });
  return (
    <main id="content" className="page narrow">
      <title>{`${t('nav.changes')} · ${t('app.name')}`}</title>
      <header className="page-head">
        <h1>{t('nav.changes')}</h1>
        <label>
          <span className="quiet">{t('search.type')}</span>{' '}
          <select value={type ?? ''} onChange={(event) => change({ type: event.target.value, after: undefined })}>
            <option value="">{t('state.all')}</option>
            {types.map((value) => (
              <option key={value} value={value}>
                {term('RecordType', value)}
              </option>
            ))}
          </select>
        </label>
      </header>
      <Show state={state} lines={8}>
        {({ changes }) => (
          <>
            {changes.nodes.length === 0 && <Nothing text={t('section.nothing')} />}
            <ol className="changes">
              {changes.nodes.map((entry) => (
                <li key={entry.id}>
                  <p>
                    <Link href={`/record/${encodeURIComponent(entry.recordId)}`}>{term('RecordType', entry.type)}</Link>
                  </p>
                  <ChangeLine change={entry} />
                </li>
              ))}
            </ol>
            <nav className="pager" aria-label={t('nav.changes')}>
              {parameters.get('after') && <Link href={address({ after: undefined })}>{t('state.first')}</Link>}
              {changes.pageInfo.hasNextPage && (
                <Link href={address({ after: changes.pageInfo.endCursor ?? undefined })}>{t('state.next')}</Link>
              )}
            </nav>
          </>
        )}
      </Show>
    </main>
  );
}
