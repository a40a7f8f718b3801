import { expect, it } from 'vitest';
import { radius, startingPlace } from './graph';

it('gives a dot an area that grows with its weight', () => {
  expect(radius(0, 10)).toBe(3);
  expect(radius(10, 10)).toBe(13);
  expect(radius(3, 0)).toBeGreaterThan(3);
  expect(radius(-1, 10)).toBe(3);
});

it('starts every dot at a place of its own, the same each time', () => {
  const places = Array.from({ length: 500 }, (_, i) => startingPlace(i, i % 7));
  expect(new Set(places.map(({ x, y }) => `${x.toFixed(6)} ${y.toFixed(6)}`)).size).toBe(500);
  expect(startingPlace(42, 3)).toEqual(startingPlace(42, 3));
});
