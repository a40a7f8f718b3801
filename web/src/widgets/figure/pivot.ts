import type { FacetKeyFragment } from '../../gql/graphql';

/** Counts by two dimensions, as `groups(by: [ROW, COLUMN])` answers. */
export interface Group {
  keys: FacetKeyFragment[];
  count: number;
}

/** One row or column of a table of counts. */
export interface Line {
  key: FacetKeyFragment;
  total: number;
}

/** Counts laid out as a table. */
export interface Pivot {
  rows: Line[];
  columns: Line[];
  count(row: Line, column: Line): number;
  most: number;
}

const nameOf = (key: FacetKeyFragment | undefined) => key?.value ?? '';

/** Lays groups out as a table: rows by size, at most `rows` of them; columns by their value. */
export function pivot(groups: Group[], limit = 20): Pivot {
  const rows = new Map<string, Line>();
  const columns = new Map<string, Line>();
  const cells = new Map<string, number>();
  let most = 0;
  for (const { keys, count } of groups) {
    const [row, column] = keys;
    if (!row || !column) continue;
    for (const [lines, key] of [
      [rows, row],
      [columns, column],
    ] as const) {
      const line = lines.get(nameOf(key));
      if (line) line.total += count;
      else lines.set(nameOf(key), { key, total: count });
    }
    cells.set(`${nameOf(row)}\n${nameOf(column)}`, count);
    most = Math.max(most, count);
  }
  return {
    rows: [...rows.values()].sort((a, b) => b.total - a.total).slice(0, limit),
    columns: [...columns.values()].sort((a, b) => nameOf(a.key).localeCompare(nameOf(b.key))),
    count: (row, column) => cells.get(`${nameOf(row.key)}\n${nameOf(column.key)}`) ?? 0,
    most,
  };
}
