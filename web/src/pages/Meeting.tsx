import { Link } from 'wouter';
import { useAll } from '../api/all';
import { useData } from '../api/client';
import { graphql } from '../gql';
import type { DecisionBlockFragment, DirectiveLineFragment, MeetingItemsQuery, MeetingPageQuery } from '../gql/graphql';
import { useWords } from '../i18n';
import { sentence } from '../routes';
import { AttendanceList } from '../widgets/attendance/Attendance';
import { DecisionBlock } from '../widgets/decision/DecisionBlock';
import { DirectiveList } from '../widgets/decision/DirectiveList';
import { DistributionList } from '../widgets/record/DistributionList';
import { RecordExport } from '../widgets/export/Export';
import { EditLink } from '../widgets/record/EditLink';
import { History } from '../widgets/record/History';
import { Internal } from '../widgets/record/Internal';
import { Properties } from '../widgets/record/Properties';
import { RecordLink } from '../widgets/record/RecordLink';
import { Presenters } from '../widgets/record/Presenters';
import { Source } from '../widgets/source/Source';
import { Failure, isMissing, Missing, Nothing, Progress, Show } from '../widgets/status/Status';

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
    }
  }
`);

const ItemsQuery = graphql(`
  query MeetingItems($id: ID!, $after: String) {
    agendaItems(filter: { meeting: { id: { eq: $id } } }, first: 30, after: $after, orderBy: [{ field: POSITION }]) {
      pageInfo {
        hasNextPage
        endCursor
      }
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
        presenters(first: 5) {
          nodes {
            ...Presenter
          }
        }
        documents(first: 5) {
          edges {
            role
            shortTitle
            node {
              id
              title
            }
          }
        }
      }
    }
  }
`);

// Decisions and directives come for the meeting as a whole: nested under every item they would be priced as if each item could
// have a full page of them.
const DecisionsQuery = graphql(`
  query MeetingDecisions($id: ID!, $after: String) {
    decisions(filter: { meeting: { id: { eq: $id } } }, first: 40, after: $after, orderBy: [{ field: POSITION }]) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...DecisionBlock
        agendaItem {
          id
        }
      }
    }
  }
`);

const DirectivesQuery = graphql(`
  query MeetingDirectives($id: ID!, $after: String) {
    directives(filter: { agendaItem: { meeting: { id: { eq: $id } } } }, first: 60, after: $after, orderBy: [{ field: POSITION }]) {
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
    attendances(filter: { meeting: { id: { eq: $id } } }, first: 100, after: $after, orderBy: [{ field: POSITION }]) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...Attendee
      }
    }
  }
`);

export default function Meeting({ id }: { id: string }) {
  const { t } = useWords();
  const state = useData(Query, { id });
  const items = useAll(ItemsQuery, { id }, (data) => data.agendaItems);
  const decisions = useAll(DecisionsQuery, { id }, (data) => data.decisions);
  const directives = useAll(DirectivesQuery, { id }, (data) => data.directives);
  if (isMissing(state, ({ meeting }) => meeting)) return <Missing />;
  return (
    <main id="content" className="page record">
      <Show state={state} lines={10}>
        {({ meeting }) =>
          meeting && (
            <>
              <title>{`${meeting.title} · ${t('app.name')}`}</title>
              <Head meeting={meeting} />
              <Contents meeting={meeting} items={items.data ?? []} />
              <article className="main">
                <h2 id="agenda">{t('meeting.agenda')}</h2>
                <Show state={items} lines={8}>
                  {(list) => (
                    <>
                      {list.length === 0 && <Nothing text={t('meeting.noItems')} />}
                      {list.map((item) => (
                        <Item
                          key={item.id}
                          item={item}
                          decisions={decisions.data?.filter(({ agendaItem }) => agendaItem.id === item.id) ?? []}
                          directives={directives.data?.filter(({ agendaItem }) => agendaItem.id === item.id) ?? []}
                        />
                      ))}
                    </>
                  )}
                </Show>
                <Progress state={[items, decisions, directives].find(({ more }) => more) ?? items} />
                <Failure state={decisions.error ? decisions : directives} />
                <h2 id="attendance">{t('meeting.attendance')}</h2>
                <Attendance id={id} />
                {meeting.minutes && meeting.minutes.distribution.length > 0 && (
                  <>
                    <h2 id="distribution">{t('meeting.distribution')}</h2>
                    <DistributionList lines={meeting.minutes.distribution} />
                  </>
                )}
                <RecordExport id={id} />
                <EditLink id={id} type="Meeting" />
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
type ItemRecord = MeetingItemsQuery['agendaItems']['nodes'][number];

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

function Contents({ meeting, items }: { meeting: MeetingRecord; items: ItemRecord[] }) {
  const { t } = useWords();
  return (
    <nav className="contents" aria-label={t('meeting.contents')}>
      <ol>
        {items.map((item) => (
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

interface ItemProps {
  item: ItemRecord;
  decisions: DecisionBlockFragment[];
  directives: DirectiveLineFragment[];
}

function Item({ item, decisions, directives }: ItemProps) {
  const { t, term } = useWords();
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
      {decisions.map((decision) => (
        <DecisionBlock key={decision.id} decision={decision} />
      ))}
      {directives.length > 0 && <DirectiveList directives={directives} />}
    </section>
  );
}

function Attendance({ id }: { id: string }) {
  const { t } = useWords();
  const state = useAll(AttendanceQuery, { id }, (data) => data.attendances);
  return (
    <Show state={state}>
      {(attendees) =>
        attendees.length === 0 ? (
          <Nothing text={t('meeting.noAttendance')} />
        ) : (
          <>
            <AttendanceList attendees={attendees} />
            <Progress state={state} />
          </>
        )
      }
    </Show>
  );
}
