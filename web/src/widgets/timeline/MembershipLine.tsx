import { graphql } from '../../gql';
import type { MembershipLineFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { RecordLink } from '../record/RecordLink';
import { isDerived, Source } from '../source/Source';

graphql(`
  fragment MembershipLine on Membership {
    id
    role
    start
    end
    person {
      id
      name
    }
    organization {
      id
      name
    }
    sources {
      ...Span
    }
  }
`);

/** A membership, seen from the person or from the organization. One concluded from attendance says so. */
export function MembershipLine({ membership, of }: { membership: MembershipLineFragment; of: 'person' | 'organization' }) {
  const { date } = useWords();
  const { person, organization, role, start, end, sources } = membership;
  return (
    <p className={isDerived(sources) ? 'derived' : undefined}>
      {of === 'organization' ? (
        <RecordLink type="Person" id={person.id}>
          {person.name}
        </RecordLink>
      ) : (
        <RecordLink type="Organization" id={organization.id}>
          {organization.name}
        </RecordLink>
      )}{' '}
      {role}
      {(start || end) && (
        <span className="quiet">
          {' '}
          {date(start, 'medium')}–{date(end, 'medium')}
        </span>
      )}
      <Source sources={sources} />
    </p>
  );
}
