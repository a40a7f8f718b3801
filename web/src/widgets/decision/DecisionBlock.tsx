import { graphql } from '../../gql';
import type { DecisionBlockFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { Chain } from '../chain/Chain';
import { Internal } from '../record/Internal';
import { RecordLink } from '../record/RecordLink';
import { isDerived, Source } from '../source/Source';
import './decision.css';

graphql(`
  fragment DecisionBlock on Decision {
    id
    text
    outcome
    visibility
    sources {
      ...Span
    }
    steps {
      ...Step
    }
  }
`);

/** A decision as it stands under its item: the outcome, the words of the minutes, and what follows. */
export function DecisionBlock({ decision }: { decision: DecisionBlockFragment }) {
  const { t, term } = useWords();
  return (
    <div className={`decision${isDerived(decision.sources) ? ' derived' : ''}`}>
      <p className="outcome">
        <RecordLink type="Decision" id={decision.id} className="plain">
          {decision.outcome ? term('DecisionOutcome', decision.outcome) : t('decision.noOutcome')}
        </RecordLink>
        <Internal visibility={decision.visibility} />
      </p>
      <blockquote lang="zh-CN">
        {decision.text}
        <Source sources={decision.sources.filter(({ field }) => field === null || field === undefined || field === 'text')} />
      </blockquote>
      {decision.steps.length > 0 && <Chain steps={decision.steps} />}
    </div>
  );
}
