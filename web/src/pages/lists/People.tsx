import { useData } from '../../api/client';
import { graphql } from '../../gql';
import type { PersonOrder } from '../../gql/graphql';
import { useAddress } from '../../state/address';
import { ListPage } from '../../widgets/list/ListPage';
import { PersonRow } from '../../widgets/rows/rows';
import { all, related } from './conditions';

const Query = graphql(`
  query People($filter: PersonFilter, $orderBy: [PersonOrder!], $after: String) {
    people(filter: $filter, orderBy: $orderBy, first: 30, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      nodes {
        ...PersonRow
      }
    }
  }
`);

const orders: Record<string, PersonOrder[]> = {
  name: [{ field: 'PINYIN', direction: 'ASC' }],
  updated: [{ field: 'UPDATED_AT', direction: 'DESC' }],
};

export default function People() {
  const { parameters: p } = useAddress();
  const text = p.get('text');
  const body = related(p.get('body'));
  const seat = all({ organization: related(p.get('organization')), meeting: body && { body } });
  const filter = all({
    or: text ? [{ name: { contains: text } }, { pinyin: { contains: text.toLowerCase() } }] : undefined,
    attendances: seat && { some: seat },
  });
  const state = useData(Query, {
    filter,
    orderBy: orders[p.get('order') ?? 'name'] ?? orders.name,
    after: p.get('after') ?? undefined,
  });
  return (
    <ListPage
      title="nav.people"
      count="count.people"
      state={state}
      exported={{ list: 'people', filter }}
      page={(data) => data.people}
      facets={() => []}
      orders={[
        { value: 'name', label: 'order.name' },
        { value: 'updated', label: 'order.updated' },
      ]}
      row={(person) => <PersonRow person={person} />}
    />
  );
}
