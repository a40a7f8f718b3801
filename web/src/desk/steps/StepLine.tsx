import { useState } from 'react';
import { useChange } from '../../api/client';
import { describe } from '../../api/problem';
import { graphql } from '../../gql';
import type { DecisionRowFragment, StepFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { RecordLink, RecordLinks } from '../../widgets/record/RecordLink';
import { Source } from '../../widgets/source/Source';
import { useViewer } from '../viewer';

const Complete = graphql(`
  mutation CompleteStep($decision: ID!, $order: Int!, $doneOn: Date!, $version: Int) {
    completeStep(decision: $decision, order: $order, doneOn: $doneOn, expectedVersion: $version) {
      decision {
        id
        version
        steps {
          ...Step
        }
      }
      userErrors {
        ...Refusal
      }
    }
  }
`);

interface Props {
  step: StepFragment;
  decision: DecisionRowFragment & { version: number };
  /** Called with what was done. */
  onDone(message: string): void;
}

/** One step: what, who, to whom, by when, its sentence, and the day it was done on, to be filled in. */
export function StepLine({ step, decision, onDone }: Props) {
  const { t, term, date } = useWords();
  const late = step.status === 'OVERDUE';
  return (
    <li className={late ? 'late' : undefined}>
      <div>
        <strong>{term('StepKind', step.kind)}</strong> <Who step={step} />
        {step.target && (
          <>
            {' → '}
            <RecordLink type="Organization" id={step.target.id}>
              {step.target.name}
            </RecordLink>
          </>
        )}{' '}
        <Source sources={step.sources} />
        <p className="facts">
          {(late || step.status === 'DONE') && <span className="step-status">{term('StepStatus', step.status)}</span>}
          {step.dueOn && <span>{t('step.due', { date: date(step.dueOn, 'medium') })}</span>}
          {step.doneOn && <span>{t('step.done', { date: date(step.doneOn, 'medium') })}</span>}
          {step.condition && <span>{step.condition}</span>}
          {step.document && (
            <RecordLink type="Document" id={step.document.id}>
              {step.document.title}
            </RecordLink>
          )}
        </p>
      </div>
      {step.status !== 'DONE' && <Done step={step} decision={decision} onDone={onDone} />}
    </li>
  );
}

function Who({ step }: { step: StepFragment }) {
  if (!step.actors.length && !step.people.length) return step.actorLabels.join('、');
  return (
    <>
      <RecordLinks type="Organization" records={step.actors} />
      {step.actors.length > 0 && step.people.length > 0 && ' '}
      <RecordLinks type="Person" records={step.people} />
    </>
  );
}

/** Today where the reader is, as the API writes days. */
const today = () => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

function Done({ step, decision, onDone }: Props) {
  const words = useWords();
  const { t, term } = words;
  const { may } = useViewer();
  const [run, busy] = useChange(Complete);
  const [trouble, setTrouble] = useState<string>();
  if (!may('EDITOR')) return null;
  return (
    <form
      className="line"
      onSubmit={(event) => {
        event.preventDefault();
        const doneOn = String(new FormData(event.currentTarget).get('doneOn'));
        // The cache knows from the answer that decisions have changed, and asks for the list again.
        void run({ decision: decision.id, order: step.order, doneOn, version: decision.version }).then(({ data, error }) => {
          const refused = data?.completeStep.userErrors[0];
          setTrouble(error ? describe(error, words).text : refused?.message);
          if (!error && !refused) onDone(t('steps.marked', { kind: term('StepKind', step.kind), title: decision.agendaItem.title }));
        });
      }}
    >
      <input type="date" name="doneOn" required aria-label={t('desk.doneOn')} min={decision.meeting.heldOn} defaultValue={today()} />
      <button type="submit" disabled={busy}>
        {t('desk.markDone')}
      </button>
      {trouble && <span role="alert">{trouble}</span>}
    </form>
  );
}
