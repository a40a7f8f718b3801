import { type ReactNode, useRef } from 'react';
import { Link } from 'wouter';
import { type Loaded, useData } from '../../api/client';
import { graphql } from '../../gql';
import { type Key, useWords } from '../../i18n';
import { useAddress } from '../../state/address';
import { ListExport } from '../export/Export';
import { nameOf } from '../record/name';
import { Nothing, Show } from '../status/Status';
import { type Facet, Facets, keyLabel } from './Facets';
import './list.css';

/** A page of records as every connection of the API gives it. */
interface Page<Node> {
  nodes: Node[];
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor?: string | null };
}

interface Props<Result, Node extends { id: string }> {
  title: Key;
  count: Key;
  state: Loaded<Result>;
  page(data: Result): Page<Node>;
  facets(data: Result): Facet[];
  /** Orders to choose from, the first being the one without a parameter. */
  orders: { value: string; label: Key }[];
  row(node: Node): ReactNode;
  /** The list as the exports name it, with the filter in force. */
  exported?: { list: string; filter: object | undefined };
  /** Stands in the head in place of the condition on text, whose parameter is `text`. */
  head?: ReactNode;
}

const isId = /^[a-z]+_[\w-]{16,}$/;

/** Names of the records that a list is narrowed by, where its facets do not say them. */
const NamesQuery = graphql(`
  query ConditionNames($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Record {
        ...RecordName
      }
    }
  }
`);

/** Parameters that narrow nothing. */
const neutral = new Set(['after', 'order', 'lang', 'q']);

/** A list of records with its conditions, counts and pages, all of them in the address. */
export function ListPage<Result, Node extends { id: string }>(props: Props<Result, Node>) {
  const { t } = useWords();
  const { parameters, address } = useAddress();
  const kept = useRef<Result>(undefined);
  if (props.state.data) kept.current = props.state.data;
  const state = { ...props.state, data: props.state.data ?? (props.state.error ? undefined : kept.current) };
  const cleared = useCleared();
  const narrowed = [...parameters.keys()].some((name) => !neutral.has(name));
  return (
    <main id="content" className="page with-rail">
      <title>{`${t(props.title)} · ${t('app.name')}`}</title>
      <header className="page-head">
        <h1>{t(props.title)}</h1>
        {props.head ?? <TextCondition />}
      </header>
      <Show state={state} lines={8}>
        {(data) => {
          const page = props.page(data);
          const facets = props.facets(data);
          return (
            <>
              <aside className="rail rail-start" aria-label={t('filter.label')}>
                <details className="drawer" open={matchMedia('(width >= 60rem)').matches}>
                  <summary>{t('filter.label')}</summary>
                  <Facets facets={facets} />
                </details>
              </aside>
              <div className={`results${state.fetching ? ' stale' : ''}`}>
                <div className="results-head">
                  <h2>
                    <span role="status">{t(props.count, { n: page.totalCount })}</span>
                  </h2>
                  <Order orders={props.orders} />
                </div>
                {narrowed && <Conditions facets={facets} />}
                {page.nodes.length === 0 ? (
                  <Nothing text={t('empty.none')} hint={narrowed ? t('empty.none.hint') : undefined}>
                    {narrowed && <Link href={cleared}>{t('state.clear')}</Link>}
                  </Nothing>
                ) : (
                  <ul className="rows">
                    {page.nodes.map((node) => (
                      <li key={node.id}>{props.row(node)}</li>
                    ))}
                  </ul>
                )}
                <nav className="pager" aria-label={t('state.next')}>
                  {parameters.get('after') && <Link className="to-first" href={address({ after: undefined })}>{t('state.first')}</Link>}
                  {page.pageInfo.hasNextPage && (
                    <Link className="to-next" href={address({ after: page.pageInfo.endCursor ?? undefined })}>
                      {t('state.next')}
                    </Link>
                  )}
                </nav>
                {props.exported && page.nodes.length > 0 && <ListExport {...props.exported} />}
              </div>
            </>
          );
        }}
      </Show>
    </main>
  );
}

/** Address of the list without its conditions. */
function useCleared(): string {
  const { parameters, address } = useAddress();
  const conditions = [...parameters.keys()].filter((name) => !neutral.has(name));
  return address({ after: undefined, ...Object.fromEntries(conditions.map((name) => [name, undefined])) });
}

/** Looks for a text; the address changes when it is entered, not with every letter. */
function TextCondition() {
  const { t } = useWords();
  const { parameters, change } = useAddress();
  const text = parameters.get('text') ?? '';
  return (
    <form
      className="text-condition"
      role="search"
      aria-label={t('filter.text')}
      onSubmit={(event) => {
        event.preventDefault();
        const value = new FormData(event.currentTarget).get('text');
        change({ text: String(value ?? '').trim(), after: undefined });
      }}
    >
      <label>
        <span className="unseen">{t('filter.text')}</span>
        <input key={text} name="text" type="search" defaultValue={text} placeholder={t('filter.text')} maxLength={200} />
      </label>
      <button type="submit">{t('filter.apply')}</button>
    </form>
  );
}

function Order({ orders }: { orders: { value: string; label: Key }[] }) {
  const { t } = useWords();
  const { parameters, change } = useAddress();
  if (orders.length < 2) return null;
  return (
    <label className="order">
      <span className="quiet">{t('filter.order')}</span>{' '}
      <select
        value={parameters.get('order') ?? orders[0]!.value}
        onChange={(event) => {
          const value = event.target.value;
          change({ order: value === orders[0]!.value ? undefined : value, after: undefined });
        }}
      >
        {orders.map(({ value, label }) => (
          <option key={value} value={value}>
            {t(label)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The conditions in force, each with a way to take it off. */
function Conditions({ facets }: { facets: Facet[] }) {
  const words = useWords();
  const { t } = words;
  const { parameters, address } = useAddress();
  const cleared = useCleared();
  const shown = [...parameters].filter(([name]) => !neutral.has(name));
  const keyOf = (name: string, value: string) => facets.find((f) => f.name === name)?.groups.find(({ keys }) => keys[0]?.value === value)?.keys[0];
  const ids = shown.filter(([name, value]) => isId.test(value) && !keyOf(name, value)).map(([, value]) => value);
  const named = useData(NamesQuery, { ids }, ids.length === 0);
  const nameOfId = (id: string) => {
    const node = ids.includes(id) ? named.data?.nodes.find((other) => other && 'id' in other && other.id === id) : undefined;
    return node && 'id' in node ? nameOf(node) : undefined;
  };
  return (
    <ul className="conditions" aria-label={t('filter.active')}>
      {shown.map(([name, value]) => {
        const facet = facets.find((f) => f.name === name);
        const key = keyOf(name, value);
        const label = key ? keyLabel(key, facet?.type, words) : facet?.type ? words.term(facet.type, value) : (nameOfId(value) ?? value);
        return (
          <li key={name}>
            <Link href={address({ [name]: undefined, after: undefined })} className="chip" aria-label={t('state.remove', { name: label })}>
              {label} <span aria-hidden="true">×</span>
            </Link>
          </li>
        );
      })}
      {shown.length > 1 && (
        <li>
          <Link href={cleared}>{t('state.clear')}</Link>
        </li>
      )}
    </ul>
  );
}
