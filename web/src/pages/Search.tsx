import { useData } from '../api/client';
import { graphql } from '../gql';
import type { SearchType } from '../gql/graphql';
import { useWords } from '../i18n';
import { useAddress } from '../state/address';
import { ListPage } from '../widgets/list/ListPage';
import { addressOf, nameOf, recordType } from '../widgets/record/name';
import { detailOf } from '../widgets/search/lookup';
import { SearchBox } from '../widgets/search/SearchBox';
import { Snippet } from '../widgets/search/Snippet';
import { Link } from 'wouter';
import { inYear, member } from './lists/conditions';

const Query = graphql(`
  query Search($q: String!, $types: [SearchType!], $body: ID, $from: Date, $to: Date, $after: String) {
    search(query: $q, types: $types, body: $body, from: $from, to: $to, first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      nodes {
        record {
          ...FoundRecord
        }
        snippets {
          field
          text
          ranges {
            start
            end
          }
        }
      }
      types: groups(by: [TYPE]) {
        count
        keys {
          ...FacetKey
        }
      }
      bodies: groups(by: [BODY], first: 20) {
        count
        keys {
          ...FacetKey
        }
      }
      years: groups(by: [YEAR], orderBy: KEY_DESC, first: 20) {
        count
        keys {
          ...FacetKey
        }
      }
    }
  }
`);

const types: readonly SearchType[] = ['MEETING', 'AGENDA_ITEM', 'DECISION', 'DIRECTIVE', 'DOCUMENT', 'ORGANIZATION', 'PERSON'];

/** Everything that has the words, with the places where they stand; narrowed by type, body and year. */
export default function Search() {
  const { t, term } = useWords();
  const { parameters: p } = useAddress();
  const q = (p.get('q') ?? '').trim();
  const type = member(p.get('type'), types);
  const year = inYear(p.get('year'));
  const variables = { q, types: type && [type], body: p.get('body') ?? undefined, from: year?.gte, to: year?.lte, after: p.get('after') ?? undefined };
  const state = useData(Query, variables, q === '');
  if (q === '') {
    return (
      <main id="content" className="page narrow">
        <title>{`${t('search.title')} · ${t('app.name')}`}</title>
        <h1>{t('search.title')}</h1>
        <SearchBox />
        <p className="quiet">{t('search.prompt')}</p>
      </main>
    );
  }
  return (
    <ListPage
      title="search.title"
      count="search.results"
      head={<SearchBox initial={q} />}
      state={state}
      page={({ search }) => ({ ...search, nodes: search.nodes.map((hit) => ({ ...hit, id: hit.record.id })) })}
      facets={({ search }) => [
        { name: 'type', title: 'search.type', groups: search.types, type: 'RecordType' },
        { name: 'year', title: 'filter.year', groups: search.years },
        { name: 'body', title: 'filter.body', groups: search.bodies },
      ]}
      orders={[]}
      row={({ record, snippets }) => {
        const name = nameOf(record);
        const title = snippets.find(({ text }) => text === name);
        return (
          <>
            <h3>
              <Link href={addressOf(record)} className="clamp">
                {title ? <Snippet {...title} /> : name}
              </Link>
            </h3>
            <p className="facts">
              <span>{term('RecordType', recordType(record.__typename))}</span>
              <span>{detailOf(record)}</span>
            </p>
            {snippets
              .filter((snippet) => snippet !== title)
              .slice(0, 2)
              .map((snippet) => (
                <p key={snippet.field + snippet.text} className="snippet">
                  <Snippet {...snippet} />
                </p>
              ))}
          </>
        );
      }}
    />
  );
}
