import { Link } from 'wouter';
import { useData, useKept } from '../../api/client';
import { graphql } from '../../gql';
import type { BelongingsQuery } from '../../gql/graphql';
import { type Key, useWords } from '../../i18n';
import { newIn } from '../../routes';
import { AddLinks } from '../../widgets/record/EditLink';
import { Show } from '../../widgets/status/Status';
import { useViewer } from '../viewer';

const Query = graphql(`
  query Belongings($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Meeting {
        agendaItems(first: 50, orderBy: [{ field: POSITION }]) {
          totalCount
          nodes {
            id
            number
            title
          }
        }
        attendances(first: 100, orderBy: [{ field: POSITION }]) {
          totalCount
          nodes {
            id
            label
          }
        }
      }
      ... on AgendaItem {
        decisions(first: 50, orderBy: [{ field: POSITION }]) {
          totalCount
          nodes {
            id
            text
          }
        }
        directives(first: 50, orderBy: [{ field: POSITION }]) {
          totalCount
          nodes {
            id
            label
            text
          }
        }
      }
      ... on Organization {
        members(first: 50) {
          totalCount
          nodes {
            id
            role
            person {
              id
              name
            }
          }
        }
      }
      ... on Person {
        memberships(first: 50) {
          totalCount
          nodes {
            id
            role
            organization {
              id
              name
            }
          }
        }
      }
    }
  }
`);

interface Group {
  label: Key;
  total: number;
  records: { id: string; name: string }[];
}

/** Records that are made for one record, each with the way to edit it, and ways to add more. */
export function Belongings({ id, type }: { id: string; type: string }) {
  const { t, number } = useWords();
  const { may } = useViewer();
  const none = newIn(type).length === 0;
  const state = useKept(useData(Query, { id }, none));
  if (none) return null;
  return (
    <Show state={state}>
      {({ node }) => (
        <div className="belongings">
          {node &&
            groupsOf(node).map(({ label, total, records }) => (
              <section key={label} aria-label={t(label)} className="part-list">
                <h3>
                  {t(label)} <span className="count">{number(total)}</span>
                </h3>
                {records.length > 0 && (
                  <ol>
                    {records.map((record) => (
                      <li key={record.id} className="belonging">
                        <Link href={`/admin/edit/${encodeURIComponent(record.id)}`}>{record.name}</Link>
                      </li>
                    ))}
                  </ol>
                )}
                {total > records.length && <p className="quiet">{t('state.partial', { n: records.length })}</p>}
              </section>
            ))}
          {may('EDITOR') && (
            <p className="add-links">
              <AddLinks id={id} type={type} />
            </p>
          )}
        </div>
      )}
    </Show>
  );
}

type Node = NonNullable<BelongingsQuery['node']>;

function groupsOf(node: Node): Group[] {
  const named = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' ');
  switch (node.__typename) {
    case 'Meeting':
      return [
        group('nav.items', node.agendaItems, ({ number, title }) => named(number, title)),
        group('meeting.attendance', node.attendances, ({ label }) => label),
      ];
    case 'AgendaItem':
      return [group('nav.decisions', node.decisions, ({ text }) => text), group('nav.directives', node.directives, ({ label, text }) => named(label, text))];
    case 'Organization':
      return [group('organization.members', node.members, ({ person, role }) => named(person.name, role))];
    case 'Person':
      return [group('person.memberships', node.memberships, ({ organization, role }) => named(organization.name, role))];
    default:
      return [];
  }
}

function group<Member extends { id: string }>(label: Key, { totalCount, nodes }: { totalCount: number; nodes: Member[] }, nameOf: (member: Member) => string): Group {
  return { label, total: totalCount, records: nodes.map((node) => ({ id: node.id, name: nameOf(node) })) };
}
