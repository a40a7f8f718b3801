import { expect, it } from 'vitest';
import { pivot } from './pivot';

const key = (dimension: string, value: string | null) => ({ dimension, value, node: null });
const group = (kind: string | null, year: string, count: number) => ({ keys: [key('KIND', kind), key('YEAR', year)], count });

it('lays groups out with the largest row first and columns in order', () => {
  const table = pivot([group('STUDY', '2023', 1), group('DELIBERATE', '2022', 6), group('DELIBERATE', '2023', 2), group(null, '2022', 1)]);
  expect(table.rows.map(({ key: k, total }) => [k.value, total])).toEqual([
    ['DELIBERATE', 8],
    ['STUDY', 1],
    [null, 1],
  ]);
  expect(table.columns.map(({ key: k }) => k.value)).toEqual(['2022', '2023']);
  expect(table.count(table.rows[0]!, table.columns[1]!)).toBe(2);
  expect(table.count(table.rows[1]!, table.columns[0]!)).toBe(0);
  expect(table.most).toBe(6);
});

it('sums up the rows there is no room for', () => {
  const table = pivot(Array.from({ length: 30 }, (_, i) => group(`K${i}`, '2022', i)), 5);
  expect(table.rows).toHaveLength(5);
  const last = table.rows[4]!;
  expect(last.key).toMatchObject({ dimension: 'OTHERS', value: '26' });
  expect(table.count(last, table.columns[0]!)).toBe(last.total);
  expect(table.rows.reduce((sum, { total }) => sum + total, 0)).toBe(435);
});

it('puts what is not known behind what is, however much it is', () => {
  const table = pivot([group(null, '2022', 9), group('A', '2022', 1)]);
  expect(table.rows.map(({ key: k }) => k.value)).toEqual(['A', null]);
});
