import { useData } from '../api/client';
import { graphql } from '../gql';
import { useWords } from '../i18n';
import { DecisionBlock } from '../widgets/decision/DecisionBlock';
import { RecordExport } from '../widgets/export/Export';
import { EditLink } from '../widgets/record/EditLink';
import { History } from '../widgets/record/History';
import { Properties } from '../widgets/record/Properties';
import { RecordLink } from '../widgets/record/RecordLink';
import { DocumentRow } from '../widgets/rows/rows';
import { isMissing, Missing, Show } from '../widgets/status/Status';

const Query = graphql(`
  query DecisionPage($id: ID!) {
    decision(id: $id) {
      ...DecisionBlock
      agendaItem {
        id
        title
      }
      meeting {
        id
        title
        heldOn
      }
      documents(first: 20) {
        nodes {
          ...DocumentRow
        }
      }
    }
  }
`);

export default function Decision({ id }: { id: string }) {
  const { t, date } = useWords();
  const state = useData(Query, { id });
  if (isMissing(state, (data) => data.decision)) return <Missing />;
  return (
    <main id="content" className="page narrow">
      <Show state={state}>
        {({ decision }) =>
          decision && (
            <>
              <title>{`${t('decision.title')} · ${decision.agendaItem.title} · ${t('app.name')}`}</title>
              <header className="record-head">
                <p className="kicker">
                  <RecordLink type="Meeting" id={decision.meeting.id}>
                    {decision.meeting.title}
                  </RecordLink>
                </p>
                <h1>
                  <span className="unseen">{t('decision.title')}: </span>
                  {decision.agendaItem.title}
                </h1>
                <Properties
                  lines={[
                    [t('meeting.held'), <time dateTime={decision.meeting.heldOn}>{date(decision.meeting.heldOn)}</time>],
                    [
                      t('fact.item'),
                      <RecordLink type="AgendaItem" id={decision.agendaItem.id}>
                        {decision.agendaItem.title}
                      </RecordLink>,
                    ],
                  ]}
                />
              </header>
              <h2>{t('decision.title')}</h2>
              <DecisionBlock decision={decision} />
              {decision.steps.length === 0 && <p className="quiet">{t('decision.noSteps')}</p>}
              {decision.documents.nodes.length > 0 && (
                <>
                  <h2>{t('item.documents')}</h2>
                  <ul className="rows">
                    {decision.documents.nodes.map((document) => (
                      <li key={document.id}>
                        <DocumentRow document={document} />
                      </li>
                    ))}
                  </ul>
                </>
              )}
              <RecordExport id={id} />
              <EditLink id={id} type="Decision" />
              <History id={id} />
            </>
          )
        }
      </Show>
    </main>
  );
}
