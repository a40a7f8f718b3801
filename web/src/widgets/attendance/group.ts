import type { AttendeeFragment } from '../../gql/graphql';

/** People of one unit, in the order of the minutes. */
export interface Unit {
  organization: AttendeeFragment['organization'];
  attendees: AttendeeFragment[];
}

/** One capacity with its units. */
export interface CapacityGroup {
  capacity: AttendeeFragment['capacity'];
  units: Unit[];
  count: number;
}

const order = ['PRESIDING', 'ATTENDING', 'OBSERVING', 'INVITED', 'REPRESENTATIVE', 'RECORDER'];

/** Sorts attendances into capacities, and within each into units, both in the order of the minutes. */
export function groupAttendance(attendees: AttendeeFragment[]): CapacityGroup[] {
  const groups = new Map<string, CapacityGroup>();
  for (const attendee of [...attendees].sort((a, b) => a.position - b.position)) {
    const group = groups.get(attendee.capacity) ?? { capacity: attendee.capacity, units: [], count: 0 };
    groups.set(attendee.capacity, group);
    group.count += 1;
    const unit = group.units.find(({ organization }) => organization?.id === attendee.organization?.id);
    if (unit) unit.attendees.push(attendee);
    else group.units.push({ organization: attendee.organization, attendees: [attendee] });
  }
  return [...groups.values()].sort((a, b) => order.indexOf(a.capacity) - order.indexOf(b.capacity));
}
