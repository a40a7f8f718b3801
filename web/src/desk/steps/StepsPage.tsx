import { useState } from 'react';
import { Link } from 'wouter';
import { useData, useKept } from '../../api/client';
import { graphql } from '../../gql';
import { useWords } from '../../i18n';
import { useAddress } from '../../state/address';
import { Internal } from '../../widgets/record/Internal';
import { RecordLink } from '../../widgets/record/RecordLink';
import { Source } from '../../widgets/source/Source';
import { Nothing, Show } from '../../widgets/status/Status';
import { Conditions } from './Conditions';
import { filterOf, shown, viewOf } from './conditions';
import { StepLine } from './StepLine';
import './steps.css';

const Query = graphql(`
  query Steps(
    $filter: DecisionFilter
    $anyBody: DecisionFilter
    $open: DecisionFilter
    $overdue: DecisionFilter
    $done: DecisionFilter
    $orderBy: [DecisionOrder!]
    $after: String
  ) {
    decisions(filter: $filter, orderBy: $orderBy, first: 20, after: $after) {
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
    anyBody: decisions(filter: $anyBody) {
      bodies: groups(by: [BODY], first: 50) {
        count
        keys {
          ...FacetKey
        }
      }
    }
    open: decisions(filter: $open) {
      totalCount
    }
    overdue: decisions(filter: $overdue) {
      totalCount
    }
    done: decisions(filter: $done) {
      totalCount
    }
  }
`);

/** Steps that decisions set off: what is to be done, what is late, and what is done; to be marked as done. */
export function StepsPage() {
  const { t, date } = useWords();
  const { parameters, address } = useAddress();
  const view = viewOf(parameters.get('status'));
  const [said, say] = useState('');
  const newest = parameters.get('order') === 'newest';
  const state = useKept(
    useData(Query, {
      filter: filterOf(parameters, view),
      anyBody: filterOf(parameters, view, false),
      open: filterOf(parameters, 'open'),
      overdue: filterOf(parameters, 'overdue'),
      done: filterOf(parameters, 'done'),
      orderBy: [{ field: 'HELD_ON', direction: newest ? 'DESC' : 'ASC' }, { field: 'POSITION' }],
      after: parameters.get('after') ?? undefined,
    }),
  );
  return (
    <>
      <h2>{t('steps.title')}</h2>
      <p role="status" className={said && 'said'}>
        {said}
      </p>
      <Show state={state} lines={8}>
        {({ decisions, anyBody, open, overdue, done }) => (
          <div className={state.fetching ? 'stale' : undefined}>
            <Conditions view={view} counts={{ open: open.totalCount, overdue: overdue.totalCount, done: done.totalCount }} bodies={anyBody.bodies} />
            {decisions.nodes.length === 0 && <Empty />}
            <ul className="rows">
              {decisions.nodes.map((decision) => (
                <li key={decision.id}>
                  <h3>
                    <RecordLink type="Decision" id={decision.id}>
                      {decision.agendaItem.title}
                    </RecordLink>
                    <Internal visibility={decision.visibility} />
                  </h3>
                  <p className="facts">
                    <time dateTime={decision.meeting.heldOn}>{date(decision.meeting.heldOn, 'medium')}</time>
                    <RecordLink type="Meeting" id={decision.meeting.id}>
                      {decision.meeting.title}
                    </RecordLink>
                    <Source sources={decision.sources} />
                  </p>
                  <ol className="open-steps">
                    {shown(decision.steps, parameters, view).map((step) => (
                      <StepLine key={step.order} step={step} decision={decision} onDone={say} />
                    ))}
                  </ol>
                </li>
              ))}
            </ul>
            <nav className="pager" aria-label={t('desk.steps')}>
              {parameters.get('after') && <Link href={address({ after: undefined })}>{t('state.first')}</Link>}
              {decisions.pageInfo.hasNextPage && <Link href={address({ after: decisions.pageInfo.endCursor ?? undefined })}>{t('state.next')}</Link>}
            </nav>
          </div>
        )}
      </Show>
    </>
  );
}

function Empty() {
  const { t } = useWords();
  const { parameters, address } = useAddress();
  const narrowed = ['body', 'owedBy', 'text'].some((name) => parameters.get(name));
  const view = viewOf(parameters.get('status'));
  return (
    <Nothing text={t(`steps.none.${view}`)} hint={narrowed ? t('empty.none.hint') : undefined}>
      {narrowed && <Link href={address({ body: undefined, owedBy: undefined, text: undefined, after: undefined })}>{t('state.clear')}</Link>}
    </Nothing>
  );
}
