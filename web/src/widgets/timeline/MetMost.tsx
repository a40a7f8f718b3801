import { Link } from 'wouter';
import { useData } from '../../api/client';
import { graphql } from '../../gql';
import { useWords } from '../../i18n';
import { RecordLink } from '../record/RecordLink';
import { Section } from '../record/Section';
import { Manner } from '../source/Source';
import { Failure } from '../status/Status';

const Query = graphql(`
  query MetMost($id: ID!) {
    person(id: $id) {
      id
      coAttendees(first: 12) {
        totalCount
        edges {
          meetings
          node {
            id
            name
          }
        }
      }
    }
  }
`);

/** Whom a person met most: counted from meetings, and said to be. Each count is a way to the meetings it was counted from. */
export function MetMost({ id, attended }: { id: string; attended: number }) {
  const { t } = useWords();
  const state = useData(Query, { id });
  const met = state.data?.person?.coAttendees;
  if (!met?.totalCount) return <Failure state={state} />;
  return (
    <Section title={t('person.coAttendees')} count={met.totalCount}>
      <p className="quiet small">
        <Manner sources={[{ method: 'DERIVED' }]} /> {t('person.coAttendees.hint')}
      </p>
      <ul className="met derived">
        {met.edges.map(({ node, meetings }) => (
          <li key={node.id}>
            <RecordLink type="Person" id={node.id}>
              {node.name}
            </RecordLink>{' '}
            <Link href={`/meetings?met=${encodeURIComponent(id)}&with=${encodeURIComponent(node.id)}`} className="quiet small">
              {t('person.together', { n: meetings, of: attended })}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
