import { expect, it } from 'vitest';
import type { AttendeeFragment } from '../../gql/graphql';
import { groupAttendance } from './group';

const attendee = (position: number, capacity: AttendeeFragment['capacity'], unit: string | null, name: string): AttendeeFragment => ({
  id: `a${position}`,
  position,
  label: name,
  title: null,
  capacity,
  status: 'PRESENT',
  reason: null,
  person: { id: name, name },
  organization: unit ? { id: unit, name: unit } : null,
  agendaItems: [],
  sources: [],
});

it('groups by capacity and unit in the order of the minutes, also where they come out of order', () => {
  const groups = groupAttendance([
    attendee(4, 'OBSERVING', '市政府办', '倪明德'),
    attendee(2, 'ATTENDING', null, '郑丙华'),
    attendee(3, 'OBSERVING', '市政府办', '王晨清'),
    attendee(1, 'PRESIDING', null, '胡卫江'),
    attendee(5, 'OBSERVING', '市人大', '韩飏'),
  ]);
  expect(groups.map(({ capacity, count }) => [capacity, count])).toEqual([
    ['PRESIDING', 1],
    ['ATTENDING', 1],
    ['OBSERVING', 3],
  ]);
  expect(groups[2]?.units.map(({ organization, attendees }) => [organization?.name, attendees.map(({ label }) => label)])).toEqual([
    ['市政府办', ['王晨清', '倪明德']],
    ['市人大', ['韩飏']],
  ]);
});
