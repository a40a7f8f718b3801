import { useState } from 'react';
import { Link } from 'wouter';
import { useData } from '../api/client';
import { graphql } from '../gql';
import type { MeetingDirectivesQuery, MeetingPageQuery } from '../gql/graphql';
import { useWords } from '../i18n';
import { sentence } from '../routes';
import { AttendanceList } from '../widgets/attendance/Attendance';
import { DecisionBlock } from '../widgets/decision/DecisionBlock';
import { DirectiveList } from '../widgets/decision/DirectiveList';
import { DistributionList } from '../widgets/record/DistributionList';
import { EditLink } from '../widgets/record/EditLink';
import { History } from '../widgets/record/History';
import { Internal } from '../widgets/record/Internal';
import { Properties } from '../widgets/record/Properties';
import { RecordLink } from '../widgets/record/RecordLink';
import { Presenters } from '../widgets/record/Presenters';
import { Source } from '../widgets/source/Source';
import { Failure, Loading, Missing, Nothing, Show } from '../widgets/status/Status';

const Query = graphql(`
  query MeetingPage($id: ID!) {
    meeting(id: $id) {
      id
      version
      visibility
      title
      series
      ordinal
      term
      heldOn
      timeOfDay
      place
      state
      sources {
        ...Span
      }
      body {
        id
        name
      }
      chair {
        id
        name
      }
      minutes {
        id
        title
        number
        issuedOn
        compiledOn
        publication
        issuedBy {
          id
          name
        }
        compiledBy {
          id
          name
        }
        sources {
          ...Span
        }
        distribution {
          ...DistributionLine
        }
      }
      agendaItems(first: 60, orderBy: [{ field: POSITION }]) {
        totalCount
        nodes {
          id
          position
          number
          kind
          title
          visibility
          sources {
            ...Span
          }
          presenters(first: 10) {
            nodes {
              ...Presenter
            }
          }
          documents(first: 10) {
            edges {
              role
              shortTitle
              node {
                id
                title
              }
            }
          }
          decisions(first: 10) {
            nodes {
              ...DecisionBlock
            }
          }
        }
      }
    }
  }
`);

const DirectivesQuery = graphql(`
  query MeetingDirectives($id: ID!, $after: String) {
    directives(filter: { agendaItem: { meeting: { id: { eq: $id } } } }, first: 100, after: $after, orderBy: [{ field: POSITION }]) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...DirectiveLine
        agendaItem {
          id
        }
      }
    }
  }
`);

const AttendanceQuery = graphql(`
  query MeetingAttendance($id: ID!, $after: String) {
    meeting(id: $id) {
      id
      attendances(first: 100, after: $after, orderBy: [{ field: POSITION }]) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...Attendee
        }
      }
    }
  }
`);

export default function Meeting({ id }: { id: string }) {
  const { t } = useWords();
  const state = useData(Query, { id });
  const directives = useData(DirectivesQuery, { id });
  if (state.data && !state.data.meeting) return <Missing />;
  return (
    <main id="content" className="page record">
      <Show state={state} lines={10}>
        {({ meeting }) =>
          meeting && (
            <>
              <title>{`${meeting.title} · ${t('app.name')}`}</title>
              <Head meeting={meeting} />
              <Contents meeting={meeting} />
              <article className="main">
                <h2 id="agenda">{t('meeting.agenda')}</h2>
                {meeting.agendaItems.nodes.length === 0 && <Nothing text={t('meeting.noItems')} />}
                {meeting.agendaItems.nodes.map((item) => (
                  <Item key={item.id} item={item} directives={directives.data} />
                ))}
                <Failure state={directives} />
                <h2 id="attendance">{t('meeting.attendance')}</h2>
                <Attendance id={id} />
                {meeting.minutes && meeting.minutes.distribution.length > 0 && (
                  <>
                    <h2 id="distribution">{t('meeting.distribution')}</h2>
                    <DistributionList lines={meeting.minutes.distribution} />
                  </>
                )}
                <EditLink id={id} />
                <History id={id} />
              </article>
            </>
          )
        }
      </Show>
    </main>
  );
}

type MeetingRecord = NonNullable<MeetingPageQuery['meeting']>;
type ItemRecord = MeetingRecord['agendaItems']['nodes'][number];

function Head({ meeting }: { meeting: MeetingRecord }) {
  const { t, date, term } = useWords();
  const { minutes } = meeting;
  return (
    <header className="record-head red-head">
      <p className="kicker">
        <RecordLink type="Organization" id={meeting.body.id}>
          {meeting.body.name}
        </RecordLink>
        <Source sources={meeting.sources} field="body" />
      </p>
      <h1>
        {meeting.title}
        <Internal visibility={meeting.visibility} />
      </h1>
      <Properties
        lines={[
          [
            t('meeting.held'),
            <>
              <time dateTime={meeting.heldOn}>{date(meeting.heldOn)}</time> {meeting.timeOfDay}
              {meeting.state !== 'HELD' && ` (${term('MeetingState', meeting.state)})`}
              <Source sources={meeting.sources} field="heldOn" />
            </>,
          ],
          [
            t('meeting.chair'),
            meeting.chair && (
              <RecordLink type="Person" id={meeting.chair.id}>
                {meeting.chair.name}
              </RecordLink>
            ),
          ],
          [t('meeting.place'), meeting.place],
          [
            t('meeting.number'),
            minutes?.number && (
              <>
                {minutes.number}
                <Source sources={minutes.sources} field="number" />
              </>
            ),
          ],
          [t('meeting.compiled'), minutes?.compiledOn && <time dateTime={minutes.compiledOn}>{date(minutes.compiledOn)}</time>],
          [t('meeting.issued'), minutes?.issuedOn && <time dateTime={minutes.issuedOn}>{date(minutes.issuedOn)}</time>],
          [t('document.publication'), minutes?.publication],
        ]}
      />
      {minutes && (
        <p className="actions">
          <Link href={sentence(minutes.id)} className="button">
            {t('meeting.read')}
          </Link>
        </p>
      )}
    </header>
  );
}

function Contents({ meeting }: { meeting: MeetingRecord }) {
  const { t } = useWords();
  return (
    <nav className="contents" aria-label={t('meeting.contents')}>
      <ol>
        {meeting.agendaItems.nodes.map((item) => (
          <li key={item.id}>
            <a href={`#item-${item.position}`}>
              <span className="numeral">{item.number ?? item.position}</span>
              <span>{item.title}</span>
            </a>
          </li>
        ))}
      </ol>
      <p>
        <a href="#attendance">{t('meeting.attendance')}</a>
      </p>
      {meeting.minutes && meeting.minutes.distribution.length > 0 && (
        <p>
          <a href="#distribution">{t('meeting.distribution')}</a>
        </p>
      )}
    </nav>
  );
}

function Item({ item, directives }: { item: ItemRecord; directives: MeetingDirectivesQuery | undefined }) {
  const { t, term } = useWords();
  const own = directives?.directives.nodes.filter(({ agendaItem }) => agendaItem.id === item.id) ?? [];
  return (
    <section className="item" id={`item-${item.position}`} aria-labelledby={`title-${item.position}`}>
      <h3 id={`title-${item.position}`}>
        <span className="numeral">{item.number ?? item.position}</span>
        <RecordLink type="AgendaItem" id={item.id} className="plain">
          {item.title}
        </RecordLink>
        <Source sources={item.sources} field={item.sources.some((s) => s.field === 'title') ? 'title' : undefined} />
        <Internal visibility={item.visibility} />
      </h3>
      <p className="facts">
        <span>{term('AgendaItemKind', item.kind)}</span>
        <Presenters presenters={item.presenters.nodes} />
      </p>
      {item.documents.edges.length > 0 && (
        <ul className="papers">
          {item.documents.edges.map(({ node, role, shortTitle }) => (
            <li key={node.id}>
              <RecordLink type="Document" id={node.id}>
                {node.title}
              </RecordLink>{' '}
              <span className="quiet">
                {term('DocumentRole', role)}
                {shortTitle && ` · ${t('item.as', { name: shortTitle })}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {item.decisions.nodes.map((decision) => (
        <DecisionBlock key={decision.id} decision={decision} />
      ))}
      {own.length > 0 && <DirectiveList directives={own} />}
    </section>
  );
}

/** Pages of attendances, each page a query of its own; large assemblies have hundreds. */
function Attendance({ id }: { id: string }) {
  const [pages, setPages] = useState<(string | undefined)[]>([undefined]);
  return pages.map((after, i) => (
    <AttendancePage key={after ?? ''} id={id} after={after} last={i === pages.length - 1} onMore={(next) => setPages([...pages, next])} />
  ));
}

function AttendancePage({ id, after, last, onMore }: { id: string; after?: string; last: boolean; onMore(after: string): void }) {
  const { t } = useWords();
  const state = useData(AttendanceQuery, { id, after });
  if (!state.data?.meeting) return state.error ? <Failure state={state} /> : <Loading />;
  const { nodes, totalCount, pageInfo } = state.data.meeting.attendances;
  if (totalCount === 0) return <Nothing text={t('meeting.noAttendance')} />;
  return (
    <>
      <AttendanceList attendees={nodes} />
      {last && pageInfo.hasNextPage && pageInfo.endCursor && (
        <button type="button" onClick={() => onMore(pageInfo.endCursor!)}>
          {t('state.more')}
        </button>
      )}
    </>
  );
}
