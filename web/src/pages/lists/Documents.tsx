import { useData } from '../../api/client';
import { graphql } from '../../gql';
import type { DocumentKind, DocumentOrder } from '../../gql/graphql';
import { useAddress } from '../../state/address';
import { ListPage } from '../../widgets/list/ListPage';
import { DocumentRow } from '../../widgets/rows/rows';
import { all, contains, equals, inYear, member, related } from './conditions';
import { documentKinds } from './members';

const Query = graphql(`
  query Documents($filter: DocumentFilter, $orderBy: [DocumentOrder!], $after: String) {
    documents(filter: $filter, orderBy: $orderBy, first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      nodes {
        ...DocumentRow
      }
      kinds: groups(by: [KIND], first: 20) {
        count
        keys {
          ...FacetKey
        }
      }
      issuers: groups(by: [ISSUER], first: 30) {
        count
        keys {
          ...FacetKey
        }
      }
      years: groups(by: [YEAR], orderBy: KEY_DESC, first: 50) {
        count
        keys {
          ...FacetKey
        }
      }
    }
  }
`);

const orders: Record<string, DocumentOrder[]> = {
  name: [{ field: 'TITLE', direction: 'ASC' }],
  newest: [{ field: 'ISSUED_ON', direction: 'DESC' }],
  updated: [{ field: 'UPDATED_AT', direction: 'DESC' }],
};

export default function Documents() {
  const { parameters: p } = useAddress();
  const filter = all({
    title: contains(p.get('text')),
    kind: equals(member<DocumentKind>(p.get('kind'), documentKinds)),
    issuedOn: inYear(p.get('year')),
    issuedBy: related(p.get('issuer')),
  });
  const state = useData(Query, {
    filter,
    orderBy: orders[p.get('order') ?? 'name'] ?? orders.name,
    after: p.get('after') ?? undefined,
  });
  return (
    <ListPage
      title="nav.documents"
      count="count.documents"
      state={state}
      exported={{ list: 'documents', filter }}
      page={(data) => data.documents}
      facets={({ documents }) => [
        { name: 'kind', title: 'filter.kind', groups: documents.kinds, type: 'DocumentKind' },
        { name: 'year', title: 'filter.year', groups: documents.years },
        { name: 'issuer', title: 'filter.issuer', groups: documents.issuers },
      ]}
      orders={[
        { value: 'name', label: 'order.name' },
        { value: 'newest', label: 'order.newest' },
        { value: 'updated', label: 'order.updated' },
      ]}
      row={(document) => <DocumentRow document={document} />}
    />
  );
}
