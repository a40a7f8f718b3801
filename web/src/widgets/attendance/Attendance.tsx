import { graphql } from '../../gql';
import type { AttendeeFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { RecordLink } from '../record/RecordLink';
import { isDerived, Source } from '../source/Source';
import './attendance.css';
import { groupAttendance, type Unit } from './group';

graphql(`
  fragment Attendee on Attendance {
    id
    position
    label
    title
    capacity
    status
    reason
    person {
      id
      name
    }
    organization {
      id
      name
    }
    agendaItems {
      id
      position
      number
    }
    sources {
      ...Span
    }
  }
`);

/** Who took part, by capacity and unit. */
export function AttendanceList({ attendees }: { attendees: AttendeeFragment[] }) {
  const { t, term, number } = useWords();
  return groupAttendance(attendees).map(({ capacity, units, count }) => (
    <section key={capacity} className="capacity" aria-label={term('AttendanceCapacity', capacity)}>
      <h3>
        {term('AttendanceCapacity', capacity)} <span className="count">{number(count)}</span>
      </h3>
      <ul className="units">
        {units.map((unit) => (
          <UnitLine key={unit.organization?.id ?? ''} unit={unit} label={t('meeting.wholeUnit')} alone={units.length === 1} />
        ))}
      </ul>
    </section>
  ));
}

function UnitLine({ unit, label, alone }: { unit: Unit; label: string; alone: boolean }) {
  const named = unit.organization;
  return (
    <li className={`unit${named || alone ? '' : ' unit-none'}${!named && alone ? ' unit-alone' : ''}`}>
      {named ? (
        <RecordLink type="Organization" id={named.id} className="unit-name">
          {named.name}
        </RecordLink>
      ) : (
        !alone && <span className="unit-name quiet">{label}</span>
      )}
      <span className="unit-people">
        {unit.attendees.map((attendee) => (
          <Person key={attendee.id} attendee={attendee} />
        ))}
      </span>
    </li>
  );
}

function Person({ attendee }: { attendee: AttendeeFragment }) {
  const { t, term } = useWords();
  const { person, title, status, reason, agendaItems, label } = attendee;
  return (
    <span className={`attendee${isDerived(attendee.sources) ? ' derived' : ''}`}>
      {person ? (
        <RecordLink type="Person" id={person.id}>
          {person.name}
        </RecordLink>
      ) : (
        <span>{label}</span>
      )}
      {title && <span className="quiet"> {title}</span>}
      {status !== 'PRESENT' && (
        <span className="quiet">
          {' '}
          ({term('AttendanceStatus', status)}
          {reason && `: ${reason}`})
        </span>
      )}
      {agendaItems.length > 0 && (
        <span className="quiet">
          {' '}
          ({t('meeting.someItems', { items: agendaItems.map((item) => item.number ?? String(item.position)).join('、') })})
        </span>
      )}
      <Source sources={attendee.sources} />
    </span>
  );
}
