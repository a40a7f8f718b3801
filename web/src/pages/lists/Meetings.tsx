import { useData } from '../../api/client';
import { graphql } from '../../gql';
import type { MeetingFilter, MeetingOrder } from '../../gql/graphql';
import { useAddress } from '../../state/address';
import { ListPage } from '../../widgets/list/ListPage';
import { MeetingRow } from '../../widgets/rows/rows';
import { all, contains, equals, inYear, related } from './conditions';

const Query = graphql(`
  query Meetings($filter: MeetingFilter, $orderBy: [MeetingOrder!], $after: String) {
    meetings(filter: $filter, orderBy: $orderBy, first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      nodes {
        ...MeetingRow
      }
      years: groups(by: [YEAR], orderBy: KEY_DESC, first: 50) {
        count
        keys {
          ...FacetKey
        }
      }
      bodies: groups(by: [BODY], first: 50) {
        count
        keys {
          ...FacetKey
        }
      }
      series: groups(by: [SERIES], first: 50) {
        count
        keys {
          ...FacetKey
        }
      }
    }
  }
`);

const orders: Record<string, MeetingOrder[]> = {
  newest: [{ field: 'HELD_ON', direction: 'DESC' }],
  oldest: [{ field: 'HELD_ON', direction: 'ASC' }],
  updated: [{ field: 'UPDATED_AT', direction: 'DESC' }],
};

/** Meetings where each of the people was present. */
function together(people: (string | null)[]): MeetingFilter[] | undefined {
  const present = people.flatMap((id) => (id ? [{ attendances: { some: { status: { eq: 'PRESENT' as const }, person: { id: { eq: id } } } } }] : []));
  return present.length ? present : undefined;
}

export default function Meetings() {
  const { parameters: p } = useAddress();
  const filter = all({
    title: contains(p.get('text')),
    heldOn: inYear(p.get('year')),
    body: related(p.get('body')),
    series: equals(p.get('series')),
    and: together([p.get('met'), p.get('with')]),
  });
  const state = useData(Query, {
    filter,
    orderBy: orders[p.get('order') ?? 'newest'] ?? orders.newest,
    after: p.get('after') ?? undefined,
  });
  return (
    <ListPage
      title="nav.meetings"
      count="count.meetings"
      state={state}
      exported={{ list: 'meetings', filter }}
      page={(data) => data.meetings}
      facets={({ meetings }) => [
        { name: 'year', title: 'filter.year', groups: meetings.years },
        { name: 'body', title: 'filter.body', groups: meetings.bodies },
        { name: 'series', title: 'filter.series', groups: meetings.series },
      ]}
      orders={[
        { value: 'newest', label: 'order.newest' },
        { value: 'oldest', label: 'order.oldest' },
        { value: 'updated', label: 'order.updated' },
      ]}
      row={(meeting) => <MeetingRow meeting={meeting} />}
    />
  );
}
