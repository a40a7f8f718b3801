import { useData } from '../api/client';
import { graphql } from '../gql';
import { useWords } from '../i18n';
import { Timeline } from '../widgets/timeline/Timeline';
import { RecordExport } from '../widgets/export/Export';
import { EditLink } from '../widgets/record/EditLink';
import { History } from '../widgets/record/History';
import { Internal } from '../widgets/record/Internal';
import { Properties } from '../widgets/record/Properties';
import { Section } from '../widgets/record/Section';
import { ItemRow, MeetingRow } from '../widgets/rows/rows';
import { Source } from '../widgets/source/Source';
import { isMissing, Missing, Nothing, Show } from '../widgets/status/Status';
import { AttendanceTimes } from '../widgets/timeline/AttendanceTimes';
import { MetMost } from '../widgets/timeline/MetMost';
import { MembershipLine } from '../widgets/timeline/MembershipLine';

const Query = graphql(`
  query PersonPage($id: ID!) {
    person(id: $id) {
      id
      name
      pinyin
      visibility
      names {
        text
        kind
        sources {
          ...Span
        }
      }
      sources {
        ...Span
      }
      memberships(first: 30) {
        totalCount
        nodes {
          ...MembershipLine
        }
      }
      attendances(first: 100) {
        totalCount
        nodes {
          ...AttendanceTime
        }
      }
      presentations(first: 20) {
        totalCount
        nodes {
          position
          agendaItem {
            ...ItemRow
          }
        }
      }
      meetingsChaired(first: 20, orderBy: [{ field: HELD_ON, direction: DESC }]) {
        totalCount
        nodes {
          ...MeetingRow
        }
      }
    }
  }
`);

export default function Person({ id }: { id: string }) {
  const { t, term } = useWords();
  const state = useData(Query, { id });
  if (isMissing(state, (data) => data.person)) return <Missing />;
  return (
    <main id="content" className="page narrow">
      <Show state={state} lines={8}>
        {({ person }) => {
          if (!person) return null;
          const { memberships, attendances, presentations, meetingsChaired } = person;
          const names = person.names.filter(({ text }) => text !== person.name);
          const nothing = !memberships.totalCount && !attendances.totalCount && !presentations.totalCount && !meetingsChaired.totalCount;
          return (
            <>
              <title>{`${person.name} · ${t('app.name')}`}</title>
              <header className="record-head">
                <p className="kicker">{t('enum.RecordType.PERSON')}</p>
                <h1>
                  {person.name}
                  <Source sources={person.sources} />
                  <Internal visibility={person.visibility} />
                </h1>
                <Properties
                  lines={[
                    [t('person.pinyin'), person.pinyin],
                    [t('organization.names'), names.map(({ text, kind }) => `${text} ${term('NameKind', kind)}`).join('；')],
                  ]}
                />
              </header>
              {nothing && <Nothing text={t('section.nothing')} />}
              {memberships.totalCount > 0 && (
                <Section title={t('person.memberships')} count={memberships.totalCount}>
                  <ul className="rows">
                    {memberships.nodes.map((membership) => (
                      <li key={membership.id}>
                        <MembershipLine membership={membership} of="person" />
                      </li>
                    ))}
                  </ul>
                </Section>
              )}
              {meetingsChaired.totalCount > 0 && (
                <Section title={t('person.chaired')} count={meetingsChaired.totalCount}>
                  <ul className="rows">
                    {meetingsChaired.nodes.map((meeting) => (
                      <li key={meeting.id}>
                        <MeetingRow meeting={meeting} />
                      </li>
                    ))}
                  </ul>
                </Section>
              )}
              {presentations.totalCount > 0 && (
                <Section title={t('person.presentations')} count={presentations.totalCount}>
                  <ul className="rows">
                    {presentations.nodes.map(({ agendaItem, position }) => (
                      <li key={`${agendaItem.id} ${position}`}>
                        <ItemRow item={agendaItem} />
                      </li>
                    ))}
                  </ul>
                </Section>
              )}
              {attendances.totalCount > 0 && (
                <Section title={t('person.attendances')} count={attendances.totalCount}>
                  <AttendanceTimes attendances={attendances.nodes} of="person" />
                </Section>
              )}
              <MetMost id={id} attended={new Set(attendances.nodes.filter(({ status }) => status === 'PRESENT').map(({ meeting }) => meeting.id)).size} />
              <RecordExport id={id} />
              <Timeline id={id} unfolded />
              <EditLink id={id} type="Person" />
              <History id={id} />
            </>
          );
        }}
      </Show>
    </main>
  );
}
