import { graphql } from '../../gql';
import type { AttendanceTimeFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { RecordLink } from '../record/RecordLink';
import { isDerived, Source } from '../source/Source';
import './timeline.css';

graphql(`
  fragment AttendanceTime on Attendance {
    id
    label
    title
    capacity
    status
    meeting {
      id
      title
      heldOn
    }
    person {
      id
      name
    }
    organization {
      id
      name
    }
    sources {
      ...Span
    }
  }
`);

/** Attendances by meeting, the latest first: of a person, with the unit; of an organization, with the people. */
export function AttendanceTimes({ attendances, of }: { attendances: AttendanceTimeFragment[]; of: 'person' | 'organization' }) {
  const { date, term } = useWords();
  const meetings = new Map<string, AttendanceTimeFragment[]>();
  for (const attendance of [...attendances].sort((a, b) => b.meeting.heldOn.localeCompare(a.meeting.heldOn))) {
    meetings.set(attendance.meeting.id, [...(meetings.get(attendance.meeting.id) ?? []), attendance]);
  }
  return (
    <ol className="times">
      {[...meetings.values()].map((together) => {
        const { meeting } = together[0]!;
        return (
          <li key={meeting.id}>
            <time dateTime={meeting.heldOn}>{date(meeting.heldOn, 'medium')}</time>
            <div>
              <RecordLink type="Meeting" id={meeting.id}>
                {meeting.title}
              </RecordLink>
              <p className="facts">
                {together.map((attendance) => (
                  <span key={attendance.id} className={isDerived(attendance.sources) ? 'derived' : undefined}>
                    <Other attendance={attendance} of={of} /> {term('AttendanceCapacity', attendance.capacity)}
                    {attendance.status !== 'PRESENT' && ` (${term('AttendanceStatus', attendance.status)})`}
                    <Source sources={attendance.sources} />
                  </span>
                ))}
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Other({ attendance, of }: { attendance: AttendanceTimeFragment; of: 'person' | 'organization' }) {
  const { person, organization, label, title } = attendance;
  if (of === 'organization') {
    return person ? (
      <RecordLink type="Person" id={person.id}>
        {person.name}
      </RecordLink>
    ) : (
      label
    );
  }
  return (
    <>
      {organization && (
        <RecordLink type="Organization" id={organization.id}>
          {organization.name}
        </RecordLink>
      )}
      {title && ` ${title}`}
    </>
  );
}
