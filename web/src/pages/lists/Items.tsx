import { useData } from '../../api/client';
import { graphql } from '../../gql';
import type { AgendaItemKind, AgendaItemOrder, DecisionOutcome, DocumentKind } from '../../gql/graphql';
import { useAddress } from '../../state/address';
import { ListPage } from '../../widgets/list/ListPage';
import { ItemRow } from '../../widgets/rows/rows';
import { all, contains, equals, inYear, member, related } from './conditions';
import { documentKinds, itemKinds, outcomes } from './members';

const Query = graphql(`
  query AgendaItems($filter: AgendaItemFilter, $orderBy: [AgendaItemOrder!], $after: String) {
    agendaItems(filter: $filter, orderBy: $orderBy, first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      nodes {
        ...ItemRow
      }
      kinds: groups(by: [KIND], first: 20) {
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
      presenters: groups(by: [PRESENTER], first: 30) {
        count
        keys {
          ...FacetKey
        }
      }
      outcomes: groups(by: [OUTCOME], first: 20) {
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

const orders: Record<string, AgendaItemOrder[]> = {
  newest: [{ field: 'HELD_ON', direction: 'DESC' }, { field: 'POSITION' }],
  oldest: [{ field: 'HELD_ON' }, { field: 'POSITION' }],
  updated: [{ field: 'UPDATED_AT', direction: 'DESC' }],
};

export default function Items() {
  const { parameters: p } = useAddress();
  const presenter = related(p.get('presenter'));
  const outcome = equals(member<DecisionOutcome>(p.get('outcome'), outcomes));
  const document = equals(member<DocumentKind>(p.get('document'), documentKinds));
  const filter = all({
    title: contains(p.get('text')),
    kind: equals(member<AgendaItemKind>(p.get('kind'), itemKinds)),
    meeting: all({ heldOn: inYear(p.get('year')), body: related(p.get('body')) }),
    presenters: presenter && { some: { organization: presenter } },
    decisions: outcome && { some: { outcome } },
    documents: document && { some: { kind: document } },
  });
  const state = useData(Query, {
    filter,
    orderBy: orders[p.get('order') ?? 'newest'] ?? orders.newest,
    after: p.get('after') ?? undefined,
  });
  return (
    <ListPage
      title="nav.items"
      count="count.items"
      state={state}
      exported={{ list: 'agendaItems', filter }}
      page={(data) => data.agendaItems}
      facets={({ agendaItems }) => [
        { name: 'kind', title: 'filter.kind', groups: agendaItems.kinds, type: 'AgendaItemKind' },
        { name: 'outcome', title: 'filter.outcome', groups: agendaItems.outcomes, type: 'DecisionOutcome' },
        { name: 'year', title: 'filter.year', groups: agendaItems.years },
        { name: 'body', title: 'filter.body', groups: agendaItems.bodies },
        { name: 'presenter', title: 'filter.presenter', groups: agendaItems.presenters },
      ]}
      orders={[
        { value: 'newest', label: 'order.newest' },
        { value: 'oldest', label: 'order.oldest' },
        { value: 'updated', label: 'order.updated' },
      ]}
      row={(item) => <ItemRow item={item} />}
    />
  );
}
