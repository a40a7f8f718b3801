import { lazy, Suspense, useCallback, useMemo } from 'react';
import { Link } from 'wouter';
import { useData } from '../../api/client';
import { graphql } from '../../gql';
import type { NetworkKind, NetworkPageQuery } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { useAddress } from '../../state/address';
import { Exports, exportAddress } from '../../widgets/export/Export';
import { dotOf, formatPins, parsePins, type Place } from '../../widgets/network/graph';
import '../../widgets/figure/figure.css';
import '../../widgets/network/network.css';
import { addressOf, nameOf } from '../../widgets/record/name';
import { Loading, Nothing, Show } from '../../widgets/status/Status';
import { member } from '../lists/conditions';

/** The canvas and its libraries load only here. */
const Canvas = lazy(() => import('../../widgets/network/Canvas'));
const Period = lazy(() => import('../../widgets/network/Period'));

const Query = graphql(`
  query NetworkPage($kind: NetworkKind!, $body: ID, $from: Date, $to: Date, $minWeight: Int!, $first: Int!) {
    network(kind: $kind, body: $body, from: $from, to: $to, minWeight: $minWeight, first: $first) {
      meetings
      totalNodes
      totalEdges
      exact
      truncated
      explanation
      nodes {
        degree
        weight
        pagerank
        betweenness
        community
        record {
          ...RecordName
        }
      }
      edges {
        weight
        denominators {
          from
          to
          all
        }
        from {
          __typename
          id
        }
        to {
          __typename
          id
        }
      }
    }
  }
`);

const BodiesQuery = graphql(`
  query NetworkBodies {
    meetings {
      bodies: groups(by: [BODY], first: 100) {
        count
        keys {
          ...FacetKey
        }
      }
    }
    earliest: meetings(first: 1, orderBy: [{ field: HELD_ON }]) {
      nodes {
        id
        heldOn
      }
    }
    latest: meetings(first: 1, orderBy: [{ field: HELD_ON, direction: DESC }]) {
      nodes {
        id
        heldOn
      }
    }
  }
`);

const kinds: readonly NetworkKind[] = ['CO_ATTENDANCE', 'PRESENTS_TO', 'OWES', 'DIRECTED_AT'];
const sizes = [50, 100, 200, 500];

/** Who meets, presents, owes and is addressed, as a network counted from the meetings; every choice is in the address. */
export default function Network() {
  const { t, term } = useWords();
  const { parameters: p, change } = useAddress();
  const kind = member(p.get('kind'), kinds) ?? 'CO_ATTENDANCE';
  const day = (name: string) => (/^\d{4}-\d{2}-\d{2}$/.test(p.get(name) ?? '') ? p.get(name)! : undefined);
  const minWeight = Math.min(Math.max(Number(p.get('min')) || 1, 1), 1000);
  const first = sizes.find((size) => String(size) === p.get('first')) ?? 100;
  const state = useData(Query, { kind, body: p.get('body') ?? undefined, from: day('from'), to: day('to'), minWeight, first });
  const bodies = useData(BodiesQuery, {});
  const earliest = bodies.data?.earliest.nodes[0]?.heldOn;
  const latest = bodies.data?.latest.nodes[0]?.heldOn;
  const exported = { kind, body: p.get('body') ?? undefined, from: day('from'), to: day('to'), minWeight, first };
  return (
    <main id="content" className="page">
      <title>{`${t('nav.network')} · ${t('app.name')}`}</title>
      <header className="page-head">
        <h1>{t('nav.network')}</h1>
        <span className="facts">
          <Link href="/canvas">{t('nav.canvas')}</Link>
          <Link href="/path">{t('nav.path')}</Link>
        </span>
      </header>
      <div>
        <div className="network-controls">
          <label>
            <span>{t('network.kind')}</span>
            <select value={kind} onChange={(event) => change({ kind: event.target.value, node: undefined })}>
              {kinds.map((value) => (
                <option key={value} value={value}>
                  {term('NetworkKind', value)}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>{t('filter.body')}</span>
            <select value={p.get('body') ?? ''} onChange={(event) => change({ body: event.target.value, node: undefined })}>
              <option value="">{t('state.all')}</option>
              {bodies.data?.meetings.bodies.map(({ keys: [key] }) =>
                key?.node && 'name' in key.node ? (
                  <option key={key.node.id} value={key.node.id}>
                    {key.node.name}
                  </option>
                ) : null,
              )}
            </select>
          </label>
          <label>
            <span>{t('network.minWeight')}</span>
            <input type="number" min={1} max={1000} value={minWeight} onChange={(event) => change({ min: event.target.value === '1' ? undefined : event.target.value }, true)} />
          </label>
          <label>
            <span>{t('network.first')}</span>
            <select value={first} onChange={(event) => change({ first: event.target.value })}>
              {sizes.map((size) => (
                <option key={size}>{size}</option>
              ))}
            </select>
          </label>
        </div>
        {earliest && latest && (
          <Suspense fallback={null}>
            <Period earliest={earliest} latest={latest} from={day('from')} to={day('to')} onChange={(from, to) => change({ from, to }, true)} />
          </Suspense>
        )}
        <Show state={state} lines={10}>
          {({ network }) => (network.nodes.length ? <Drawn network={network} exported={exported} /> : <Nothing text={t('network.none')} hint={t('empty.none.hint')} />)}
        </Show>
      </div>
    </main>
  );
}

function Drawn({ network, exported }: { network: NetworkPageQuery['network']; exported: Record<string, string | number | undefined> }) {
  const { t, number } = useWords();
  const { parameters: p, change } = useAddress();
  const selected = p.get('node') ?? undefined;
  const dots = useMemo(() => network.nodes.map(({ record, weight, community }) => dotOf(record, weight, community)), [network]);
  const ties = useMemo(() => network.edges.map(({ from, to, weight }) => ({ from: from.id, to: to.id, weight })), [network]);
  const pinText = p.get('pin');
  const pins = useMemo(() => parsePins(pinText), [pinText]);
  const pin = (id: string, place: Place | undefined) => {
    const next = new Map(pins);
    if (place) next.set(id, place);
    else next.delete(id);
    change({ pin: formatPins(next) }, true);
  };
  const select = useCallback((id: string | undefined) => change({ node: id }, true), [change]);
  return (
    <>
      <p className="derived">
        <abbr className="manner derived-mark" title={t('derived.title')}>
          {t('derived.label')}
        </abbr>{' '}
        {t('network.counted', { meetings: network.meetings, nodes: network.nodes.length, of: network.totalNodes })}
        {network.truncated && ` ${t('network.truncated')}`}
        {!network.exact && ` ${t('network.sampled')}`}
      </p>
      <div className="network">
        <Suspense fallback={<Loading lines={10} />}>
          <Canvas dots={dots} ties={ties} pins={pins} selected={selected} name={`minutebook-${network.meetings}-meetings`} onSelect={select} onPin={pin} />
        </Suspense>
        <div className="network-table" tabIndex={0} role="region" aria-label={t('network.table')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('field.name')}</th>
                <th scope="col">{t('network.degree')}</th>
                <th scope="col">{t('network.weight')}</th>
                <th scope="col">PageRank</th>
                <th scope="col">{t('network.betweenness')}</th>
                <th scope="col">{t('network.community')}</th>
              </tr>
            </thead>
            <tbody>
              {network.nodes.map((node) => (
                <tr key={node.record.id} className={node.record.id === selected ? 'chosen-row' : undefined}>
                  <th scope="row">
                    <Link href={addressOf(node.record)}>{nameOf(node.record)}</Link>{' '}
                    <button
                      type="button"
                      className="link"
                      aria-pressed={node.record.id === selected}
                      aria-label={`${t('network.show')}: ${nameOf(node.record)}`}
                      onClick={() => select(node.record.id === selected ? undefined : node.record.id)}
                    >
                      ◎
                    </button>
                  </th>
                  <td>{number(node.degree)}</td>
                  <td>{number(node.weight)}</td>
                  <td>{node.pagerank.toFixed(4)}</td>
                  <td>{node.betweenness.toFixed(4)}</td>
                  <td>
                    <span className={`swatch swatch-${node.community % 8}`} aria-hidden="true" /> {number(node.community + 1)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
      <Exports
        links={[
          [t('network.gexf'), exportAddress('network.gexf', exported)],
          ['GraphML', exportAddress('network.graphml', exported)],
        ]}
      />
      {pins.size > 0 && (
        <p>
          <button type="button" className="link" onClick={() => change({ pin: undefined }, true)}>
            {t('network.unpinAll', { n: pins.size })}
          </button>
        </p>
      )}
      {selected && <Ties network={network} selected={selected} />}
    </>
  );
}

/** What the chosen record is tied to, with what the count is out of: a tie is no claim, and a rate needs its denominators. */
function Ties({ network, selected }: { network: NetworkPageQuery['network']; selected: string }) {
  const { t, number } = useWords();
  const names = new Map(network.nodes.map(({ record }) => [record.id, record]));
  const own = names.get(selected);
  if (!own) return null;
  const ties = network.edges
    .filter(({ from, to }) => from.id === selected || to.id === selected)
    .map((edge) => ({ edge, other: names.get(edge.from.id === selected ? edge.to.id : edge.from.id) }))
    .sort((a, b) => b.edge.weight - a.edge.weight);
  return (
    <section className="section" aria-label={t('network.ties', { name: nameOf(own) })}>
      <h2>
        {t('network.ties', { name: nameOf(own) })} <span className="count">{number(ties.length)}</span>
      </h2>
      <p>
        <Link href={`/canvas?steps=${encodeURIComponent(selected)}`}>{t('export.canvas')}</Link>
      </p>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('field.name')}</th>
              <th scope="col">{t('network.weight')}</th>
              <th scope="col">{t('network.outOf')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {ties.map(({ edge, other }) =>
              other ? (
                <tr key={other.id}>
                  <th scope="row">
                    <Link href={addressOf(other)}>{nameOf(other)}</Link>
                  </th>
                  <td>{number(edge.weight)}</td>
                  <td>
                    {number(edge.denominators.from)} / {number(edge.denominators.to)} / {number(edge.denominators.all)}
                  </td>
                  <td>
                    <Link href={`/path?from=${encodeURIComponent(selected)}&to=${encodeURIComponent(other.id)}`}>{t('nav.path')}</Link>
                  </td>
                </tr>
              ) : null,
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}
