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

/** Dimension of the row that stands for those there is no room for. */
export const others = 'OTHERS';

/** Counts laid out as a table. */
export interface Pivot {
  rows: Line[];
  columns: Line[];
  count(row: Line, column: Line): number;
  most: number;
}

const nameOf = (key: FacetKeyFragment | undefined) => key?.value ?? '';

/**
 * Lays groups out as a table: rows by size, what is not known last; columns by their value. Where there are more rows than
 * asked for, the last one is the sum of the others, so that nothing is lost from the totals.
 */
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
  const known = (line: Line) => Number(Boolean(line.key.value));
  const sorted = [...rows.values()].sort((a, b) => known(b) - known(a) || b.total - a.total);
  const shown = sorted.length > limit ? sorted.slice(0, limit - 1) : sorted;
  const rest = sorted.slice(shown.length);
  if (rest.length) {
    const key = { dimension: others, value: String(rest.length), node: null };
    shown.push({ key, total: rest.reduce((sum, { total }) => sum + total, 0) });
    for (const column of columns.keys()) {
      const sum = rest.reduce((n, line) => n + (cells.get(`${nameOf(line.key)}\n${column}`) ?? 0), 0);
      if (sum) cells.set(`${others} ${key.value}\n${column}`, sum);
    }
  }
  const cell = (key: FacetKeyFragment) => (key.dimension === others ? `${others} ${key.value}` : nameOf(key));
  return {
    rows: shown,
    columns: [...columns.values()].sort((a, b) => nameOf(a.key).localeCompare(nameOf(b.key))),
    count: (row, column) => cells.get(`${cell(row.key)}\n${nameOf(column.key)}`) ?? 0,
    most,
  };
}
