/** Number of the month that a day is in, counted from the year 0; NaN where it is no day. */
export function monthOf(day: string): number {
  const match = /^(\d{4})-(\d{2})/.exec(day);
  return match ? Number(match[1]) * 12 + Number(match[2]) - 1 : Number.NaN;
}

/** The first day of a month by its number. */
export const firstDay = (month: number): string => `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`;

/** The last day of a month by its number. */
export function lastDay(month: number): string {
  const first = firstDay(month);
  const days = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();
  return `${first.slice(0, 8)}${days}`;
}
