/** Bounds of a year as a condition on a day; undefined where the parameter is no year. */
export function inYear(year: string | null): { gte: string; lte: string } | undefined {
  return year && /^\d{4}$/.test(year) ? { gte: `${year}-01-01`, lte: `${year}-12-31` } : undefined;
}

/** The value as a member of an enum of the API, or undefined: an address is written by strangers. */
export function member<T extends string>(value: string | null, values: readonly T[]): T | undefined {
  return values.find((candidate) => candidate === value);
}

/** A condition, or nothing where its value is missing: the API refuses null operands. */
export function equals<T>(value: T | null | undefined): { eq: T } | undefined {
  return value === null || value === undefined || value === '' ? undefined : { eq: value };
}

/** A condition on text, or nothing. */
export function contains(text: string | null): { contains: string } | undefined {
  return text ? { contains: text } : undefined;
}

/** A condition on a related record by its id, or nothing. */
export function related(id: string | null): { id: { eq: string } } | undefined {
  return id ? { id: { eq: id } } : undefined;
}

/** Leaves out conditions that are undefined, and all of them where none is left. */
export function all<T extends object>(conditions: T): T | undefined {
  const given = Object.entries(conditions).filter(([, value]) => value !== undefined);
  return given.length ? (Object.fromEntries(given) as T) : undefined;
}
