import { graphql } from '../../gql';
import type {
  DecisionRowFragment,
  DirectiveRowFragment,
  DocumentRowFragment,
  ItemRowFragment,
  MeetingRowFragment,
  OrganizationRowFragment,
  PersonRowFragment,
} from '../../gql/graphql';
import { useWords } from '../../i18n';
import { Chain } from '../chain/Chain';
import { Internal } from '../record/Internal';
import { RecordLink, RecordLinks } from '../record/RecordLink';
import { Source } from '../source/Source';

graphql(`
  fragment MeetingRow on Meeting {
    id
    title
    heldOn
    series
    state
    visibility
    body {
      id
      name
    }
    agendaItems {
      totalCount
    }
    decisions {
      totalCount
    }
    attendances {
      totalCount
    }
  }
`);

/** A meeting in a list. */
export function MeetingRow({ meeting }: { meeting: MeetingRowFragment }) {
  const { t, date, term } = useWords();
  return (
    <>
      <h3>
        <RecordLink type="Meeting" id={meeting.id}>
          {meeting.title}
        </RecordLink>
        <Internal visibility={meeting.visibility} />
      </h3>
      <p className="facts">
        <time dateTime={meeting.heldOn}>{date(meeting.heldOn)}</time>
        {meeting.state !== 'HELD' && <span>{term('MeetingState', meeting.state)}</span>}
        <span>{t('count.items', { n: meeting.agendaItems.totalCount })}</span>
        <span>{t('count.decisions', { n: meeting.decisions.totalCount })}</span>
        <span>{t('count.attendances', { n: meeting.attendances.totalCount })}</span>
      </p>
    </>
  );
}

graphql(`
  fragment ItemRow on AgendaItem {
    id
    title
    kind
    number
    position
    visibility
    meeting {
      id
      title
      heldOn
    }
    presenters(first: 5) {
      nodes {
        organization {
          id
          name
        }
        person {
          id
          name
        }
      }
    }
    decisions(first: 5) {
      nodes {
        id
        outcome
      }
    }
  }
`);

/** An agenda item in a list. */
export function ItemRow({ item, meeting = true }: { item: ItemRowFragment; meeting?: boolean }) {
  const { term, date } = useWords();
  const outcomes = [...new Set(item.decisions.nodes.map(({ outcome }) => outcome).filter((outcome) => outcome !== null))];
  return (
    <>
      <h3>
        <RecordLink type="AgendaItem" id={item.id}>
          {item.title}
        </RecordLink>
        <Internal visibility={item.visibility} />
      </h3>
      <p className="facts">
        {meeting && (
          <span>
            <time dateTime={item.meeting.heldOn}>{date(item.meeting.heldOn, 'medium')}</time>{' '}
            <RecordLink type="Meeting" id={item.meeting.id}>
              {item.meeting.title}
            </RecordLink>
          </span>
        )}
        {item.presenters.nodes.map(({ organization, person }, i) => (
          <span key={i}>
            {organization && <RecordLinks type="Organization" records={[organization]} />}{' '}
            {person && <RecordLinks type="Person" records={[person]} />}
          </span>
        ))}
        {outcomes.map((outcome) => (
          <span key={outcome}>{term('DecisionOutcome', outcome)}</span>
        ))}
      </p>
    </>
  );
}

graphql(`
  fragment DecisionRow on Decision {
    id
    text
    outcome
    visibility
    meeting {
      id
      title
      heldOn
    }
    agendaItem {
      id
      title
    }
    sources {
      ...Span
    }
    steps {
      ...Step
    }
  }
`);

/** A decision in a list, with its chain. */
export function DecisionRow({ decision }: { decision: DecisionRowFragment }) {
  const { t, term, date } = useWords();
  return (
    <>
      <h3>
        <RecordLink type="Decision" id={decision.id}>
          {decision.outcome ? term('DecisionOutcome', decision.outcome) : t('decision.noOutcome')}
        </RecordLink>{' '}
        <RecordLink type="AgendaItem" id={decision.agendaItem.id} className="plain">
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
      <Chain steps={decision.steps} />
    </>
  );
}

graphql(`
  fragment DirectiveRow on Directive {
    id
    text
    label
    visibility
    agendaItem {
      id
      title
      meeting {
        id
        title
        heldOn
      }
    }
    addressees(first: 10) {
      nodes {
        id
        name
      }
    }
    sources {
      ...Span
    }
  }
`);

/** A directive in a list. */
export function DirectiveRow({ directive }: { directive: DirectiveRowFragment }) {
  const { t, date } = useWords();
  const { meeting } = directive.agendaItem;
  return (
    <>
      <p>
        <RecordLink type="Directive" id={directive.id} className="plain clamp">
          {directive.text}
        </RecordLink>
        <Internal visibility={directive.visibility} />
      </p>
      <p className="facts">
        <time dateTime={meeting.heldOn}>{date(meeting.heldOn, 'medium')}</time>
        <RecordLink type="AgendaItem" id={directive.agendaItem.id}>
          {directive.agendaItem.title}
        </RecordLink>
        {directive.addressees.nodes.length > 0 && (
          <span>
            {t('directive.to')} <RecordLinks type="Organization" records={directive.addressees.nodes} />
          </span>
        )}
        <Source sources={directive.sources} />
      </p>
    </>
  );
}

graphql(`
  fragment DocumentRow on Document {
    id
    title
    kind
    number
    issuedOn
    visibility
    issuedBy {
      id
      name
    }
    agendaItems {
      totalCount
    }
  }
`);

/** A document in a list. */
export function DocumentRow({ document }: { document: DocumentRowFragment }) {
  const { t, term, date } = useWords();
  return (
    <>
      <h3>
        <RecordLink type="Document" id={document.id}>
          {document.title}
        </RecordLink>
        <Internal visibility={document.visibility} />
      </h3>
      <p className="facts">
        <span>{term('DocumentKind', document.kind)}</span>
        {document.number && <span>{document.number}</span>}
        {document.issuedOn && <time dateTime={document.issuedOn}>{date(document.issuedOn, 'medium')}</time>}
        {document.issuedBy && <RecordLinks type="Organization" records={[document.issuedBy]} />}
        {document.agendaItems.totalCount > 0 && <span>{t('count.items', { n: document.agendaItems.totalCount })}</span>}
      </p>
    </>
  );
}

graphql(`
  fragment OrganizationRow on Organization {
    id
    name
    kind
    visibility
    parent {
      id
      name
    }
    presentations {
      totalCount
    }
    attendances {
      totalCount
    }
    decisionsOwed {
      totalCount
    }
  }
`);

/** An organization in a list. */
export function OrganizationRow({ organization }: { organization: OrganizationRowFragment }) {
  const { t, term } = useWords();
  const { presentations, attendances, decisionsOwed } = organization;
  return (
    <>
      <h3>
        <RecordLink type="Organization" id={organization.id}>
          {organization.name}
        </RecordLink>
        <Internal visibility={organization.visibility} />
      </h3>
      <p className="facts">
        <span>{term('OrganizationKind', organization.kind)}</span>
        {organization.parent && <RecordLinks type="Organization" records={[organization.parent]} />}
        {presentations.totalCount > 0 && <span>{t('count.items', { n: presentations.totalCount })}</span>}
        {decisionsOwed.totalCount > 0 && <span>{t('count.decisions', { n: decisionsOwed.totalCount })}</span>}
        {attendances.totalCount > 0 && <span>{t('count.attendances', { n: attendances.totalCount })}</span>}
      </p>
    </>
  );
}

graphql(`
  fragment PersonRow on Person {
    id
    name
    pinyin
    visibility
    attendances(first: 1) {
      totalCount
      nodes {
        title
        organization {
          id
          name
        }
      }
    }
  }
`);

/** A person in a list, with the unit last attended for, which tells people of one name apart. */
export function PersonRow({ person }: { person: PersonRowFragment }) {
  const { t } = useWords();
  const latest = person.attendances.nodes[0];
  return (
    <>
      <h3>
        <RecordLink type="Person" id={person.id}>
          {person.name}
        </RecordLink>
        {person.pinyin && <span className="pinyin">{person.pinyin}</span>}
        <Internal visibility={person.visibility} />
      </h3>
      <p className="facts">
        {latest?.organization && <RecordLinks type="Organization" records={[latest.organization]} />}
        {latest?.title && <span>{latest.title}</span>}
        <span>{t('count.attendances', { n: person.attendances.totalCount })}</span>
      </p>
    </>
  );
}
