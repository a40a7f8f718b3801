import { graphql } from '../../gql';
import type { PresenterFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { isDerived, Source } from '../source/Source';
import { RecordLink } from './RecordLink';

graphql(`
  fragment Presenter on Presentation {
    position
    role
    organization {
      id
      name
    }
    person {
      id
      name
    }
    sources {
      ...Span
    }
  }
`);

/** Who reported on or submitted a matter. */
export function Presenters({ presenters }: { presenters: PresenterFragment[] }) {
  const { t } = useWords();
  if (!presenters.length) return null;
  return (
    <span>
      {t('item.presenters')}{' '}
      {presenters.map(({ position, organization, person, role, sources }, i) => (
        <span key={position} className={isDerived(sources) ? 'derived' : undefined}>
          {i > 0 && '、'}
          {organization && (
            <RecordLink type="Organization" id={organization.id}>
              {organization.name}
            </RecordLink>
          )}
          {organization && person && ' '}
          {person && (
            <RecordLink type="Person" id={person.id}>
              {person.name}
            </RecordLink>
          )}
          {role && ` ${role}`}
          <Source sources={sources} />
        </span>
      ))}
    </span>
  );
}
