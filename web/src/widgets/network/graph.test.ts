import { expect, it } from 'vitest';
import { drift, formatPins, parsePins, radius, shortLabel, startingPlace } from './graph';

it('gives a dot an area that grows with its weight', () => {
  expect(radius(0, 10)).toBe(3);
  expect(radius(10, 10)).toBe(13);
  expect(radius(3, 0)).toBeGreaterThan(3);
  expect(radius(-1, 10)).toBe(3);
  expect(radius(10, 10, 1000)).toBeLessThan(radius(10, 10, 100));
});

it('starts every dot at a place of its own, the same each time', () => {
  const places = Array.from({ length: 500 }, (_, i) => startingPlace(i, i % 7));
  expect(new Set(places.map(({ x, y }) => `${x.toFixed(6)} ${y.toFixed(6)}`)).size).toBe(500);
  expect(startingPlace(42, 3)).toEqual(startingPlace(42, 3));
});

it('reads the pins it writes, and nothing else', () => {
  const pins = new Map([
    ['person_a-B', { x: 1.25, y: -30 }],
    ['org_c', { x: 0, y: 0 }],
  ]);
  expect(formatPins(pins)).toBe('person_a-B:1.3:-30,org_c:0:0');
  expect(parsePins(formatPins(pins)!).get('person_a-B')).toEqual({ x: 1.3, y: -30 });
  expect(formatPins(new Map())).toBeUndefined();
  for (const bad of [null, '', 'a', 'a:1', 'a:1:b', 'a:NaN:1', 'a:1e9:1', '<b>:1:1']) expect(parsePins(bad).size).toBe(0);
});

it('knows a layout that has come to rest', () => {
  const square = [{ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 0, y: 100 }];
  expect(drift(square, square)).toBe(0);
  expect(drift(square, square.map(({ x, y }) => ({ x: x + 10, y })))).toBeCloseTo(0.1);
  expect(drift([], square)).toBe(1);
});

it('cuts long names by characters', () => {
  expect(shortLabel('王')).toBe('王');
  expect(shortLabel('𠮷'.repeat(30), 5)).toBe('𠮷𠮷𠮷𠮷…');
});
