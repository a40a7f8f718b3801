import { useData } from '../api/client';
import { graphql } from '../gql';
import { useWords } from '../i18n';
import { RecordExport } from '../widgets/export/Export';
import { EditLink } from '../widgets/record/EditLink';
import { History } from '../widgets/record/History';
import { Internal } from '../widgets/record/Internal';
import { Properties } from '../widgets/record/Properties';
import { RecordLink, RecordLinks } from '../widgets/record/RecordLink';
import { Source } from '../widgets/source/Source';
import { isMissing, Missing, Show } from '../widgets/status/Status';

const Query = graphql(`
  query DirectivePage($id: ID!) {
    directive(id: $id) {
      id
      text
      label
      visibility
      sources {
        ...Span
      }
      agendaItem {
        id
        title
        meeting {
          id
          title
          heldOn
        }
      }
      addressees(first: 50) {
        nodes {
          id
          name
        }
      }
    }
  }
`);

export default function Directive({ id }: { id: string }) {
  const { t, date } = useWords();
  const state = useData(Query, { id });
  if (isMissing(state, (data) => data.directive)) return <Missing />;
  return (
    <main id="content" className="page narrow">
      <Show state={state}>
        {({ directive }) =>
          directive && (
            <>
              <title>{`${t('directive.title')} · ${directive.agendaItem.title} · ${t('app.name')}`}</title>
              <header className="record-head">
                <p className="kicker">
                  <RecordLink type="Meeting" id={directive.agendaItem.meeting.id}>
                    {directive.agendaItem.meeting.title}
                  </RecordLink>
                </p>
                <h1>
                  <span className="unseen">{t('directive.title')}: </span>
                  {directive.agendaItem.title}
                  <Internal visibility={directive.visibility} />
                </h1>
              </header>
              <p className="quoted" lang="zh-CN">
                {directive.label && <span className="numeral">{directive.label}</span>}
                {directive.text}
                <Source sources={directive.sources} />
              </p>
              <Properties
                lines={[
                  [
                    t('directive.to'),
                    directive.addressees.nodes.length > 0 && <RecordLinks type="Organization" records={directive.addressees.nodes} />,
                  ],
                  [
                    t('fact.item'),
                    <RecordLink type="AgendaItem" id={directive.agendaItem.id}>
                      {directive.agendaItem.title}
                    </RecordLink>,
                  ],
                  [
                    t('meeting.held'),
                    <time dateTime={directive.agendaItem.meeting.heldOn}>{date(directive.agendaItem.meeting.heldOn)}</time>,
                  ],
                ]}
              />
              <RecordExport id={id} />
              <EditLink id={id} type="Directive" />
              <History id={id} />
            </>
          )
        }
      </Show>
    </main>
  );
}
