import { graphql } from '../../gql';
import type { DirectiveLineFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { RecordLinks } from '../record/RecordLink';
import { isDerived, Source } from '../source/Source';
import './decision.css';

graphql(`
  fragment DirectiveLine on Directive {
    id
    position
    label
    text
    addressees(first: 10) {
      nodes {
        id
        name
      }
    }
    sources {
      ...Span
    }
  }
`);

/** What a meeting emphasised or demanded under one item, in the order of the minutes. */
export function DirectiveList({ directives, open = false }: { directives: DirectiveLineFragment[]; open?: boolean }) {
  const { t } = useWords();
  return (
    <details className="directives" open={open}>
      <summary>{`${t('item.directives')} · ${t('count.directives', { n: directives.length })}`}</summary>
      <ol>
        {[...directives]
          .sort((a, b) => a.position - b.position)
          .map((directive) => (
            <li key={directive.id} className={isDerived(directive.sources) ? 'derived' : undefined}>
              <p lang="zh-CN">
                {directive.label && <span className="numeral">{directive.label}</span>}
                {directive.text}
                <Source sources={directive.sources.filter(({ field }) => !field || field === 'text')} />
              </p>
              {directive.addressees.nodes.length > 0 && (
                <p className="facts">
                  <span>
                    {t('directive.to')} <RecordLinks type="Organization" records={directive.addressees.nodes} />
                  </span>
                </p>
              )}
            </li>
          ))}
      </ol>
    </details>
  );
}
