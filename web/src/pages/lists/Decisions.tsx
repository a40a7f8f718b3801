import { useData } from '../../api/client';
import { graphql } from '../../gql';
import type { DecisionOrder, DecisionOutcome, StepStatus } from '../../gql/graphql';
import { useAddress } from '../../state/address';
import { ListPage } from '../../widgets/list/ListPage';
import { DecisionRow } from '../../widgets/rows/rows';
import { all, contains, equals, inYear, member, related } from './conditions';
import { outcomes, stepStatuses } from './members';

const Query = graphql(`
  query Decisions($filter: DecisionFilter, $orderBy: [DecisionOrder!], $after: String, $open: DecisionFilter, $late: DecisionFilter) {
    decisions(filter: $filter, orderBy: $orderBy, first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      nodes {
        ...DecisionRow
      }
      outcomes: groups(by: [OUTCOME], first: 20) {
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
    open: decisions(filter: $open) {
      totalCount
    }
    late: decisions(filter: $late) {
      totalCount
    }
  }
`);

const orders: Record<string, DecisionOrder[]> = {
  newest: [{ field: 'HELD_ON', direction: 'DESC' }, { field: 'POSITION' }],
  oldest: [{ field: 'HELD_ON' }, { field: 'POSITION' }],
  updated: [{ field: 'UPDATED_AT', direction: 'DESC' }],
};

export default function Decisions() {
  const { parameters: p } = useAddress();
  const others = {
    text: contains(p.get('text')),
    outcome: equals(member<DecisionOutcome>(p.get('outcome'), outcomes)),
    meeting: all({ heldOn: inYear(p.get('year')), body: related(p.get('body')) }),
  };
  const owedBy = related(p.get('owedBy'));
  const steps = (status: StepStatus | undefined) => {
    const some = all({ status: equals(status), actors: owedBy && { some: owedBy } });
    return all({ ...others, steps: some && { some } });
  };
  const filter = steps(member<StepStatus>(p.get('status'), stepStatuses));
  const state = useData(Query, {
    filter,
    open: steps('OPEN'),
    late: steps('OVERDUE'),
    orderBy: orders[p.get('order') ?? 'newest'] ?? orders.newest,
    after: p.get('after') ?? undefined,
  });
  const status = (value: StepStatus, count: number) => ({ keys: [{ dimension: 'STATUS', value, node: null }], count });
  return (
    <ListPage
      title="nav.decisions"
      count="count.decisions"
      state={state}
      exported={{ list: 'decisions', filter }}
      page={(data) => data.decisions}
      facets={({ decisions, open, late }) => [
        {
          name: 'status',
          title: 'filter.status',
          groups: [status('OPEN', open.totalCount), status('OVERDUE', late.totalCount)].filter(({ count }) => count > 0),
          type: 'StepStatus',
        },
        { name: 'outcome', title: 'filter.outcome', groups: decisions.outcomes, type: 'DecisionOutcome' },
        { name: 'year', title: 'filter.year', groups: decisions.years },
        { name: 'body', title: 'filter.body', groups: decisions.bodies },
      ]}
      orders={[
        { value: 'newest', label: 'order.newest' },
        { value: 'oldest', label: 'order.oldest' },
        { value: 'updated', label: 'order.updated' },
      ]}
      row={(decision) => <DecisionRow decision={decision} />}
    />
  );
}
