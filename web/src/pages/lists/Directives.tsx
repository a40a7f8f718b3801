import { useData } from '../../api/client';
import { graphql } from '../../gql';
import type { DirectiveOrder } from '../../gql/graphql';
import { useAddress } from '../../state/address';
import { ListPage } from '../../widgets/list/ListPage';
import { DirectiveRow } from '../../widgets/rows/rows';
import { all, contains, inYear, related } from './conditions';

const Query = graphql(`
  query Directives($filter: DirectiveFilter, $orderBy: [DirectiveOrder!], $after: String) {
    directives(filter: $filter, orderBy: $orderBy, first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      nodes {
        ...DirectiveRow
      }
      addressees: groups(by: [ADDRESSEE], first: 30) {
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
      bodies: groups(by: [BODY], first: 30) {
        count
        keys {
          ...FacetKey
        }
      }
    }
  }
`);

const orders: Record<string, DirectiveOrder[]> = {
  newest: [{ field: 'HELD_ON', direction: 'DESC' }, { field: 'POSITION' }],
  oldest: [{ field: 'HELD_ON' }, { field: 'POSITION' }],
  updated: [{ field: 'UPDATED_AT', direction: 'DESC' }],
};

export default function Directives() {
  const { parameters: p } = useAddress();
  const addressee = related(p.get('addressee'));
  const meeting = all({ heldOn: inYear(p.get('year')), body: related(p.get('body')) });
  const filter = all({
    text: contains(p.get('text')),
    addressees: addressee && { some: addressee },
    agendaItem: meeting && { meeting },
  });
  const state = useData(Query, {
    filter,
    orderBy: orders[p.get('order') ?? 'newest'] ?? orders.newest,
    after: p.get('after') ?? undefined,
  });
  return (
    <ListPage
      title="nav.directives"
      count="count.directives"
      state={state}
      exported={{ list: 'directives', filter }}
      page={(data) => data.directives}
      facets={({ directives }) => [
        { name: 'addressee', title: 'filter.addressee', groups: directives.addressees },
        { name: 'year', title: 'filter.year', groups: directives.years },
        { name: 'body', title: 'filter.body', groups: directives.bodies },
      ]}
      orders={[
        { value: 'newest', label: 'order.newest' },
        { value: 'oldest', label: 'order.oldest' },
        { value: 'updated', label: 'order.updated' },
      ]}
      row={(directive) => <DirectiveRow directive={directive} />}
    />
  );
}
