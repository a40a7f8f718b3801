import { Link } from 'wouter';
import { useData } from '../api/client';
import { graphql } from '../gql';
import { type Key, useWords } from '../i18n';
import { Timeline } from '../widgets/timeline/Timeline';
import { RecordExport } from '../widgets/export/Export';
import { EditLink } from '../widgets/record/EditLink';
import { History } from '../widgets/record/History';
import { Internal } from '../widgets/record/Internal';
import { Properties } from '../widgets/record/Properties';
import { RecordLinks } from '../widgets/record/RecordLink';
import { Section } from '../widgets/record/Section';
import { DecisionRow, DirectiveRow, DocumentRow, ItemRow, MeetingRow, OrganizationRow } from '../widgets/rows/rows';
import { isDerived, Source } from '../widgets/source/Source';
import { Failure, isMissing, Missing, Show } from '../widgets/status/Status';
import { AttendanceTimes } from '../widgets/timeline/AttendanceTimes';
import { MembershipLine } from '../widgets/timeline/MembershipLine';

const Query = graphql(`
  query OrganizationPage($id: ID!) {
    organization(id: $id) {
      id
      name
      kind
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
      parent {
        id
        name
      }
      children(first: 30, orderBy: [{ field: NAME }]) {
        totalCount
        nodes {
          ...OrganizationRow
        }
      }
      meetings(first: 10, orderBy: [{ field: HELD_ON, direction: DESC }]) {
        totalCount
        nodes {
          ...MeetingRow
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
    }
  }
`);

const WorkQuery = graphql(`
  query OrganizationWork($id: ID!) {
    organization(id: $id) {
      id
      overdue: decisionsOwed(first: 20, filter: { steps: { some: { status: { eq: OVERDUE }, actors: { some: { id: { eq: $id } } } } } }, orderBy: [{ field: HELD_ON }]) {
        totalCount
        nodes {
          ...DecisionRow
        }
      }
      open: decisionsOwed(first: 20, filter: { steps: { some: { status: { eq: OPEN }, actors: { some: { id: { eq: $id } } } } } }, orderBy: [{ field: HELD_ON, direction: DESC }]) {
        totalCount
        nodes {
          ...DecisionRow
        }
      }
      decisionsOwed {
        totalCount
      }
      directives(first: 20) {
        totalCount
        nodes {
          ...DirectiveRow
        }
      }
    }
  }
`);

const PeopleQuery = graphql(`
  query OrganizationPeople($id: ID!) {
    organization(id: $id) {
      id
      attendances(first: 50) {
        totalCount
        nodes {
          ...AttendanceTime
        }
      }
      members(first: 50) {
        totalCount
        nodes {
          ...MembershipLine
        }
      }
      documentsIssued(first: 20) {
        totalCount
        nodes {
          ...DocumentRow
        }
      }
      documentsReceived(first: 20) {
        totalCount
        nodes {
          ...DocumentRow
        }
      }
    }
  }
`);

export default function Organization({ id }: { id: string }) {
  const { t, term, number } = useWords();
  const state = useData(Query, { id });
  const work = useData(WorkQuery, { id });
  const people = useData(PeopleQuery, { id });
  if (isMissing(state, (data) => data.organization)) return <Missing />;
  const owed = work.data?.organization;
  const others = people.data?.organization;
  const search = (parameter: string) => `?${parameter}=${encodeURIComponent(id)}`;
  return (
    <main id="content" className="page narrow">
      <Show state={state} lines={8}>
        {({ organization }) => {
          if (!organization) return null;
          const names = organization.names.filter(({ text }) => text !== organization.name);
          return (
            <>
              <title>{`${organization.name} · ${t('app.name')}`}</title>
              <header className="record-head">
                <p className="kicker">{term('OrganizationKind', organization.kind)}</p>
                <h1>
                  {organization.name}
                  <Source sources={organization.sources} />
                  <Internal visibility={organization.visibility} />
                </h1>
                <Properties
                  lines={[
                    [t('organization.parent'), organization.parent && <RecordLinks type="Organization" records={[organization.parent]} />],
                    [
                      t('organization.names'),
                      names.length > 0 &&
                        names.map(({ text, kind, sources }, i) => (
                          <span key={text} className={isDerived(sources) ? 'derived' : undefined}>
                            {i > 0 && '；'}
                            {text} <span className="quiet">{term('NameKind', kind)}</span>
                            <Source sources={sources} />
                          </span>
                        )),
                    ],
                  ]}
                />
              </header>
              <Rows title="organization.presents" set={organization.presentations} all={`/items${search('presenter')}`}>
                {organization.presentations.nodes.map(({ agendaItem, position }) => (
                  <li key={`${agendaItem.id} ${position}`}>
                    <ItemRow item={agendaItem} />
                  </li>
                ))}
              </Rows>
              <Failure state={work} />
              {owed && (
                <>
                  {(['overdue', 'open'] as const).map((status) => (
                    <Rows key={status} title={`organization.${status}`} set={owed[status]} all={`/decisions${search('owedBy')}&status=${status.toUpperCase()}`}>
                      {owed[status].nodes.map((decision) => (
                        <li key={decision.id}>
                          <DecisionRow decision={decision} />
                        </li>
                      ))}
                    </Rows>
                  ))}
                  {owed.decisionsOwed.totalCount > 0 && (
                    <p>
                      <Link href={`/decisions${search('owedBy')}`}>{t('organization.owed')}</Link> <span className="count">{number(owed.decisionsOwed.totalCount)}</span>
                    </p>
                  )}
                  <Rows title="organization.directives" set={owed.directives} all={`/directives${search('addressee')}`}>
                    {owed.directives.nodes.map((directive) => (
                      <li key={directive.id}>
                        <DirectiveRow directive={directive} />
                      </li>
                    ))}
                  </Rows>
                </>
              )}
              <Rows title="organization.meetings" set={organization.meetings} all={`/meetings${search('body')}`}>
                {organization.meetings.nodes.map((meeting) => (
                  <li key={meeting.id}>
                    <MeetingRow meeting={meeting} />
                  </li>
                ))}
              </Rows>
              <Failure state={people} />
              {others && (
                <>
                  {others.attendances.totalCount > 0 && (
                    <Section title={t('organization.sits')} count={others.attendances.totalCount} all={`/people${search('organization')}`}>
                      <AttendanceTimes attendances={others.attendances.nodes} of="organization" />
                    </Section>
                  )}
                  <Rows title="organization.members" set={others.members}>
                    {others.members.nodes.map((membership) => (
                      <li key={membership.id}>
                        <MembershipLine membership={membership} of="organization" />
                      </li>
                    ))}
                  </Rows>
                  <Rows title="organization.issued" set={others.documentsIssued} all={`/documents${search('issuer')}`}>
                    {others.documentsIssued.nodes.map((document) => (
                      <li key={document.id}>
                        <DocumentRow document={document} />
                      </li>
                    ))}
                  </Rows>
                  <Rows title="organization.received" set={others.documentsReceived}>
                    {others.documentsReceived.nodes.map((document) => (
                      <li key={document.id}>
                        <DocumentRow document={document} />
                      </li>
                    ))}
                  </Rows>
                </>
              )}
              <Rows title="organization.children" set={organization.children} all={`/organizations${search('parent')}`}>
                {organization.children.nodes.map((child) => (
                  <li key={child.id}>
                    <OrganizationRow organization={child} />
                  </li>
                ))}
              </Rows>
              <RecordExport id={id} meets={organization.meetings.totalCount > 0} />
              <Timeline id={id} unfolded />
              <EditLink id={id} type="Organization" />
              <History id={id} />
            </>
          );
        }}
      </Show>
    </main>
  );
}

/** A section of rows, left out where there are none. */
function Rows({ title, set, all, children }: { title: Key; set: { totalCount: number; nodes: unknown[] }; all?: string; children: React.ReactNode }) {
  const { t } = useWords();
  if (!set.totalCount) return null;
  return (
    <Section title={t(title)} count={set.totalCount} all={set.totalCount > set.nodes.length ? all : undefined}>
      <ul className="rows">{children}</ul>
    </Section>
  );
}
