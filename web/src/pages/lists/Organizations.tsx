import { useData } from '../../api/client';
import { graphql } from '../../gql';
import type { OrganizationKind, OrganizationOrder } from '../../gql/graphql';
import { useAddress } from '../../state/address';
import { ListPage } from '../../widgets/list/ListPage';
import { OrganizationRow } from '../../widgets/rows/rows';
import { all, contains, equals, member, related } from './conditions';
import { organizationKinds } from './members';

const Query = graphql(`
  query Organizations($filter: OrganizationFilter, $orderBy: [OrganizationOrder!], $after: String) {
    organizations(filter: $filter, orderBy: $orderBy, first: 30, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      nodes {
        ...OrganizationRow
      }
      kinds: groups(by: [KIND], first: 20) {
        count
        keys {
          ...FacetKey
        }
      }
      parents: groups(by: [PARENT], first: 30) {
        count
        keys {
          ...FacetKey
        }
      }
    }
  }
`);

const orders: Record<string, OrganizationOrder[]> = {
  name: [{ field: 'NAME', direction: 'ASC' }],
  updated: [{ field: 'UPDATED_AT', direction: 'DESC' }],
};

export default function Organizations() {
  const { parameters: p } = useAddress();
  const filter = all({
    name: contains(p.get('text')),
    kind: equals(member<OrganizationKind>(p.get('kind'), organizationKinds)),
    parent: related(p.get('parent')),
  });
  const state = useData(Query, {
    filter,
    orderBy: orders[p.get('order') ?? 'name'] ?? orders.name,
    after: p.get('after') ?? undefined,
  });
  return (
    <ListPage
      title="nav.organizations"
      count="count.organizations"
      state={state}
      exported={{ list: 'organizations', filter }}
      page={(data) => data.organizations}
      facets={({ organizations }) => [
        { name: 'kind', title: 'filter.kind', groups: organizations.kinds, type: 'OrganizationKind' },
        { name: 'parent', title: 'filter.parent', groups: organizations.parents },
      ]}
      orders={[
        { value: 'name', label: 'order.name' },
        { value: 'updated', label: 'order.updated' },
      ]}
      row={(organization) => <OrganizationRow organization={organization} />}
    />
  );
}
