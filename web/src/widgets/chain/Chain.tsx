import { graphql } from '../../gql';
import type { StepFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { RecordLink, RecordLinks } from '../record/RecordLink';
import { isDerived, Source } from '../source/Source';
import './chain.css';

graphql(`
  fragment Step on DecisionStep {
    order
    kind
    actorLabels
    actors {
      id
      name
    }
    people {
      id
      name
    }
    target {
      id
      name
    }
    inNameOf {
      id
      name
    }
    document {
      id
      title
    }
    condition
    status
    dueOn
    doneOn
    sources {
      ...Span
    }
  }
`);

/** The steps that follow a decision, in order: what, by whom, to whom, in whose name, on which condition, and how far it is. */
export function Chain({ steps }: { steps: StepFragment[] }) {
  const { t } = useWords();
  if (!steps.length) return <p className="quiet">{t('decision.noSteps')}</p>;
  return (
    <ol className="chain" aria-label={t('decision.chain')}>
      {steps.map((step) => (
        <StepBox key={step.order} step={step} />
      ))}
    </ol>
  );
}

function StepBox({ step }: { step: StepFragment }) {
  const { t, term, date } = useWords();
  return (
    <li className={`step step-${step.status.toLowerCase()}${isDerived(step.sources) ? ' derived' : ''}`}>
      {step.condition && <p className="step-condition">{step.condition}</p>}
      <p className="step-head">
        <span className="step-mark" aria-hidden="true" />
        <strong>{term('StepKind', step.kind)}</strong>
        <span className="step-status">{term('StepStatus', step.status)}</span>
        <Source sources={step.sources} />
      </p>
      <Actors step={step} />
      {step.target && (
        <p>
          <span className="label">{t('step.to')}</span>{' '}
          <RecordLink type="Organization" id={step.target.id}>
            {step.target.name}
          </RecordLink>
        </p>
      )}
      {step.document && (
        <p>
          <RecordLink type="Document" id={step.document.id}>
            {step.document.title}
          </RecordLink>
        </p>
      )}
      {step.inNameOf.length > 0 && <InNameOf step={step} />}
      {step.doneOn && <p className="quiet">{t('step.done', { date: date(step.doneOn, 'medium') })}</p>}
      {step.dueOn && !step.doneOn && <p className="quiet">{t('step.due', { date: date(step.dueOn, 'medium') })}</p>}
    </li>
  );
}

/** Who does a step: the records where they are known, and otherwise the words of the minutes. */
function Actors({ step }: { step: StepFragment }) {
  const { t } = useWords();
  if (step.actors.length || step.people.length) {
    return (
      <p>
        <span className="label">{t('step.by')}</span> <RecordLinks type="Organization" records={step.actors} />
        {step.actors.length > 0 && step.people.length > 0 && ' '}
        <RecordLinks type="Person" records={step.people} />
      </p>
    );
  }
  if (step.actorLabels.length) {
    return (
      <p>
        <span className="label">{t('step.by')}</span> {step.actorLabels.join('、')}
      </p>
    );
  }
  return step.target || step.inNameOf.length ? null : <p className="quiet">{t('step.noActor')}</p>;
}

function InNameOf({ step }: { step: StepFragment }) {
  const { t } = useWords();
  const [before, after] = t('step.inName', { names: '\u0000' }).split('\u0000');
  return (
    <p>
      <span className="label">{before}</span>
      <RecordLinks type="Organization" records={step.inNameOf} />
      <span className="label">{after}</span>
    </p>
  );
}
