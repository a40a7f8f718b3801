import { Link } from 'wouter';
import { useData } from '../../api/client';
import { graphql } from '../../gql';
import type { WayFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { useAddress } from '../../state/address';
import '../../widgets/network/network.css';
import { addressOf, nameOf, recordType } from '../../widgets/record/name';
import { Suggest } from '../../widgets/search/Suggest';
import { Source } from '../../widgets/source/Source';
import { Nothing, Show } from '../../widgets/status/Status';
import { member } from '../lists/conditions';
import { edgeKinds } from './steps';

graphql(`
  fragment Way on Path {
    length
    nodes {
      ...RecordName
    }
    hops {
      kind
      method
      record {
        ...RecordName
      }
      sources {
        ...Span
      }
    }
  }
`);

const Query = graphql(`
  query PathPage($from: ID!, $to: ID!, $exclude: [EdgeKind!]) {
    path(from: $from, to: $to, exclude: $exclude) {
      ...Way
      alternatives {
        ...Way
      }
    }
  }
`);

const EndsQuery = graphql(`
  query PathEnds($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Record {
        ...RecordName
      }
    }
  }
`);

/** Finds how two records are connected, with the sentence behind each hop. */
export default function PathPage() {
  const { t, term } = useWords();
  const { parameters: p, change } = useAddress();
  const [from, to] = [p.get('from'), p.get('to')];
  const exclude = (p.get('exclude') ?? '').split(',').flatMap((kind) => member(kind, edgeKinds) ?? []);
  const ids = [from, to].filter((id): id is string => Boolean(id));
  const ends = useData(EndsQuery, { ids }, !ids.length);
  const state = useData(Query, { from: from ?? '', to: to ?? '', exclude: exclude.length ? exclude : undefined }, !from || !to);
  const label = (id: string | null) => {
    const node = ends.data?.nodes.find((record) => record && 'id' in record && record.id === id);
    return node && 'id' in node ? nameOf(node) : '';
  };
  return (
    <main id="content" className="page narrow">
      <title>{`${t('nav.path')} · ${t('app.name')}`}</title>
      <header className="page-head">
        <h1>{t('nav.path')}</h1>
        <span className="facts">
          <Link href="/network">{t('nav.network')}</Link>
          <Link href={from && to ? `/canvas?steps=${encodeURIComponent(`${from}~${to}`)}` : '/canvas'}>{t('export.canvas')}</Link>
        </span>
      </header>
      <p className="quiet">{t('path.lead')}</p>
      <div className="network-controls">
        {(['from', 'to'] as const).map((end) => (
          <div key={end} className="path-end">
            <Suggest
              key={label(p.get(end))}
              label={t(end === 'from' ? 'path.from' : 'path.to')}
              placeholder={t(end === 'from' ? 'path.from' : 'path.to')}
              initial={label(p.get(end))}
              keep
              onChoose={({ id }) => change({ [end]: id })}
            />
          </div>
        ))}
      </div>
      <details>
        <summary>{t('path.exclude')}</summary>
        <div className="kinds">
          {edgeKinds.map((kind) => (
            <label key={kind}>
              <input
                type="checkbox"
                checked={exclude.includes(kind)}
                onChange={(event) => change({ exclude: (event.target.checked ? [...exclude, kind] : exclude.filter((other) => other !== kind)).join(',') })}
              />{' '}
              {term('EdgeKind', kind)}
            </label>
          ))}
        </div>
      </details>
      {from && to && (
        <Show state={state} lines={6}>
          {({ path }) =>
            path ? (
              <>
                <Way way={path} />
                {path.alternatives.length > 0 && (
                  <details>
                    <summary>{t('path.others', { n: path.alternatives.length })}</summary>
                    {path.alternatives.map((way, i) => (
                      <Way key={i} way={way} />
                    ))}
                  </details>
                )}
              </>
            ) : (
              <Nothing text={t('path.none')} hint={t('empty.none.hint')} />
            )
          }
        </Show>
      )}
    </main>
  );
}

function Way({ way }: { way: WayFragment }) {
  const { t, term } = useWords();
  return (
    <ol className="hops" aria-label={t('path.hops', { n: way.length })}>
      {way.nodes.flatMap((node, i) => {
        const hop = way.hops[i];
        return [
          <li key={`${node.id} ${i}`} className="stop">
            <Link href={addressOf(node)}>{nameOf(node)}</Link> <span className="quiet small">{term('RecordType', recordType(node.__typename))}</span>
          </li>,
          hop && (
            <li key={`hop ${i}`} className={hop.method === 'DERIVED' ? 'derived' : undefined}>
              {term('EdgeKind', hop.kind)}
              <Source sources={hop.sources} />
            </li>
          ),
        ];
      })}
    </ol>
  );
}
