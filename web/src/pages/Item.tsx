import { useData } from '../api/client';
import { graphql } from '../gql';
import { useWords } from '../i18n';
import { AttendanceList } from '../widgets/attendance/Attendance';
import { DecisionBlock } from '../widgets/decision/DecisionBlock';
import { DirectiveList } from '../widgets/decision/DirectiveList';
import { DocumentRow } from '../widgets/rows/rows';
import { RecordExport } from '../widgets/export/Export';
import { EditLink } from '../widgets/record/EditLink';
import { History } from '../widgets/record/History';
import { Internal } from '../widgets/record/Internal';
import { Presenters } from '../widgets/record/Presenters';
import { Properties } from '../widgets/record/Properties';
import { RecordLink } from '../widgets/record/RecordLink';
import { Source } from '../widgets/source/Source';
import { isMissing, Missing, Show } from '../widgets/status/Status';

const Query = graphql(`
  query ItemPage($id: ID!) {
    agendaItem(id: $id) {
      id
      visibility
      position
      number
      kind
      title
      text
      sources {
        ...Span
      }
      meeting {
        id
        title
        heldOn
      }
      presenters(first: 20) {
        nodes {
          ...Presenter
        }
      }
      documents(first: 20) {
        edges {
          role
          shortTitle
          node {
            ...DocumentRow
          }
        }
      }
      decisions(first: 20) {
        nodes {
          ...DecisionBlock
        }
      }
      directives(first: 50) {
        nodes {
          ...DirectiveLine
        }
      }
      attendances(first: 50) {
        nodes {
          ...Attendee
        }
      }
    }
  }
`);

export default function Item({ id }: { id: string }) {
  const { t, term, date } = useWords();
  const state = useData(Query, { id });
  if (isMissing(state, (data) => data.agendaItem)) return <Missing />;
  return (
    <main id="content" className="page narrow">
      <Show state={state} lines={8}>
        {({ agendaItem: item }) =>
          item && (
            <>
              <title>{`${item.title} · ${t('app.name')}`}</title>
              <header className="record-head">
                <p className="kicker">
                  <RecordLink type="Meeting" id={item.meeting.id}>
                    {item.meeting.title}
                  </RecordLink>{' '}
                  · {t('item.of', { n: item.number ?? item.position })}
                </p>
                <h1>
                  {item.title}
                  <Source sources={item.sources} />
                  <Internal visibility={item.visibility} />
                </h1>
                <Properties
                  lines={[
                    [t('filter.kind'), term('AgendaItemKind', item.kind)],
                    [t('meeting.held'), <time dateTime={item.meeting.heldOn}>{date(item.meeting.heldOn)}</time>],
                  ]}
                />
                {item.presenters.nodes.length > 0 && (
                  <p>
                    <Presenters presenters={item.presenters.nodes} />
                  </p>
                )}
              </header>
              <h2>{t('item.decision')}</h2>
              {item.decisions.nodes.length === 0 && <p className="quiet">{t('item.noDecision')}</p>}
              {item.decisions.nodes.map((decision) => (
                <DecisionBlock key={decision.id} decision={decision} />
              ))}
              {item.documents.edges.length > 0 && (
                <>
                  <h2>{t('item.documents')}</h2>
                  <ul className="rows">
                    {item.documents.edges.map(({ node, role, shortTitle }) => (
                      <li key={node.id}>
                        <DocumentRow document={node} />
                        <p className="quiet">
                          {term('DocumentRole', role)}
                          {shortTitle && ` · ${t('item.as', { name: shortTitle })}`}
                        </p>
                      </li>
                    ))}
                  </ul>
                </>
              )}
              {item.directives.nodes.length > 0 && (
                <>
                  <h2>{t('item.directives')}</h2>
                  <DirectiveList directives={item.directives.nodes} open />
                </>
              )}
              {item.attendances.nodes.length > 0 && (
                <>
                  <h2>{t('meeting.attendance')}</h2>
                  <AttendanceList attendees={item.attendances.nodes} />
                </>
              )}
              {item.text && (
                <>
                  <h2>{t('item.text')}</h2>
                  <div className="quoted" lang="zh-CN">
                    {item.text}
                  </div>
                </>
              )}
              <RecordExport id={id} />
              <EditLink id={id} type="AgendaItem" />
              <History id={id} />
            </>
          )
        }
      </Show>
    </main>
  );
}
