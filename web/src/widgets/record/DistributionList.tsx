import { graphql } from '../../gql';
import type { DistributionLineFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { isDerived, Source } from '../source/Source';
import { RecordLink } from './RecordLink';

graphql(`
  fragment DistributionLine on Distribution {
    kind
    position
    label
    collective
    organization {
      id
      name
    }
    sources {
      ...Span
    }
  }
`);

/** To whom a document went, as recipients and as copies. */
export function DistributionList({ lines }: { lines: DistributionLineFragment[] }) {
  const { t } = useWords();
  return (['TO', 'CC'] as const).map((kind) => {
    const own = lines.filter((line) => line.kind === kind).sort((a, b) => a.position - b.position);
    if (!own.length) return null;
    return (
      <p key={kind} className="distribution">
        <span className="label">{t(kind === 'TO' ? 'document.to' : 'document.cc')}</span>{' '}
        {own.map(({ position, label, collective, organization, sources }, i) => (
          <span key={position} className={isDerived(sources) ? 'derived' : undefined}>
            {i > 0 && '、'}
            {organization && !collective ? (
              <RecordLink type="Organization" id={organization.id}>
                {label}
              </RecordLink>
            ) : (
              label
            )}
            {collective && <span className="manner">{t('document.collective')}</span>}
            <Source sources={sources} />
          </span>
        ))}
      </p>
    );
  });
}
