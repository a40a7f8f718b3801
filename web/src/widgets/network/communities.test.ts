import { expect, it } from 'vitest';
import { communities, type Pair } from './communities';

/** All ties among the dots from a to b. */
const clique = (a: number, b: number): Pair[] => {
  const pairs: Pair[] = [];
  for (let i = a; i <= b; i++) for (let j = i + 1; j <= b; j++) pairs.push([i, j, 1]);
  return pairs;
};

it('finds groups that are tied among themselves, the largest first', () => {
  const found = communities(11, [...clique(0, 3), ...clique(4, 10), [3, 4, 1]]);
  expect(found).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
});

it('finds the ring of cliques that the method is known for', () => {
  const pairs: Pair[] = [];
  for (let k = 0; k < 10; k++) pairs.push(...clique(5 * k, 5 * k + 4), [5 * k, (5 * k + 6) % 50, 1]);
  const found = communities(50, pairs);
  for (let k = 0; k < 10; k++) expect(new Set(found.slice(5 * k, 5 * k + 5)).size).toBe(1);
  expect(new Set(found).size).toBe(10);
});

it('minds weights, and takes dots without ties and ties of a dot to itself', () => {
  expect(communities(4, [[0, 1, 10], [1, 2, 1], [2, 3, 10]])).toEqual([0, 0, 1, 1]);
  expect(communities(3, [])).toEqual([0, 1, 2]);
  expect(communities(2, [[0, 0, 1], [0, 1, 1]])).toEqual([0, 0]);
  expect(communities(0, [])).toEqual([]);
});
