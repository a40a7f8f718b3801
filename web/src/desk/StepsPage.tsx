import { useState } from 'react';
import { useChange, useData } from '../api/client';
import { describe } from '../api/problem';
import { graphql } from '../gql';
import type { DecisionRowFragment } from '../gql/graphql';
import { useWords } from '../i18n';
import { useAddress } from '../state/address';
import { RecordLink } from '../widgets/record/RecordLink';
import { Nothing, Show } from '../widgets/status/Status';
import { useViewer } from './viewer';

const Query = graphql(`
  query OpenSteps($after: String) {
    decisions(filter: { steps: { some: { status: { in: [OPEN, OVERDUE] } } } }, first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...DecisionRow
        version
      }
    }
  }
`);

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

/** Steps of decisions that are not done, to be marked as done. */
export function StepsPage() {
  const { t, term, date } = useWords();
  const { parameters, change } = useAddress();
  const state = useData(Query, { after: parameters.get('after') ?? undefined });
  return (
    <Show state={state} lines={6}>
      {({ decisions }) => (
        <>
          <h2>
            {t('desk.steps')} <span className="count">{t('count.decisions', { n: decisions.totalCount })}</span>
          </h2>
          {decisions.nodes.length === 0 && <Nothing text={t('desk.noSteps')} />}
          <ul className="rows">
            {decisions.nodes.map((decision) => (
              <li key={decision.id}>
                <h3>
                  <RecordLink type="Decision" id={decision.id}>
                    {decision.agendaItem.title}
                  </RecordLink>
                </h3>
                <p className="facts">
                  <time dateTime={decision.meeting.heldOn}>{date(decision.meeting.heldOn, 'medium')}</time>
                  <span>{decision.meeting.title}</span>
                </p>
                <ol className="open-steps">
                  {decision.steps
                    .filter(({ status }) => status === 'OPEN' || status === 'OVERDUE')
                    .map((step) => (
                      <li key={step.order}>
                        <span>
                          <strong>{term('StepKind', step.kind)}</strong> {step.actors.map(({ name }) => name).join('、') || step.actorLabels.join('、')}{' '}
                          {step.target && `→ ${step.target.name}`}
                        </span>
                        <Done decision={decision} version={decision.version} order={step.order} onDone={state.retry} />
                      </li>
                    ))}
                </ol>
              </li>
            ))}
          </ul>
          {decisions.pageInfo.hasNextPage && (
            <button type="button" onClick={() => change({ after: decisions.pageInfo.endCursor ?? undefined })}>
              {t('state.next')}
            </button>
          )}
        </>
      )}
    </Show>
  );
}

function Done({ decision, version, order, onDone }: { decision: DecisionRowFragment; version: number; order: number; onDone(): void }) {
  const words = useWords();
  const { t } = words;
  const { may } = useViewer();
  const [run, busy] = useChange(Complete);
  const [trouble, setTrouble] = useState<string>();
  return (
    <form
      className="line"
      onSubmit={(event) => {
        event.preventDefault();
        const doneOn = String(new FormData(event.currentTarget).get('doneOn'));
        void run({ decision: decision.id, order, doneOn, version }).then(({ data, error }) => {
          const refused = data?.completeStep.userErrors[0];
          setTrouble(error ? describe(error, words).text : refused?.message);
          if (!error && !refused) onDone();
        });
      }}
    >
      <input type="date" name="doneOn" required aria-label={t('desk.doneOn')} defaultValue={new Date().toISOString().slice(0, 10)} />
      <button type="submit" disabled={busy || !may('EDITOR')}>
        {t('desk.markDone')}
      </button>
      {trouble && <span role="alert">{trouble}</span>}
    </form>
  );
}
