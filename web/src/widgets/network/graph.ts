import type { RecordNameFragment } from '../../gql/graphql';
import { nameOf } from '../record/name';

/** A node as the canvas draws it. */
export interface Dot {
  id: string;
  label: string;
  /** Relative size, above 0. */
  weight: number;
  /** Group that gives the colour. */
  group: number;
}

/** An edge as the canvas draws it. */
export interface Tie {
  from: string;
  to: string;
  weight: number;
  /** Part of a way that was asked for. */
  strong?: boolean;
}

/** Where a reader put a dot, in the measure of the layout. */
export interface Place {
  x: number;
  y: number;
}

/** Radius of a dot: the area grows with the weight, so that large and small stay comparable; many dots are drawn smaller. */
export function radius(weight: number, most: number, dots = 0): number {
  const crowd = Math.min(1, Math.sqrt(50 / Math.max(dots, 1)));
  return (3 + 10 * Math.sqrt(Math.max(weight, 0) / Math.max(most, 1))) * Math.max(crowd, 0.3);
}

const golden = 2.399963; // the golden angle spreads any number of points evenly

function spiral(index: number, spread: number): Place {
  const distance = spread * Math.sqrt(index);
  return { x: distance * Math.cos(index * golden), y: distance * Math.sin(index * golden) };
}

/**
 * A place to start the layout from that is the same each time: every group on a spiral of its own, far enough from the others
 * that the layout need not untangle them.
 */
export function startingPlace(index: number, group: number): Place {
  const centre = spiral(group, 30);
  const own = spiral(index, 1);
  return { x: centre.x + own.x, y: centre.y + own.y };
}

/** A place beside another, for a dot that appears next to it. */
export function besides(place: Place, index: number): Place {
  const own = spiral(index + 1, 1.5);
  return { x: place.x + own.x, y: place.y + own.y };
}

/** How far dots moved on the average between two looks, as a part of the extent of them all. */
export function drift(before: Place[], now: Place[]): number {
  if (!now.length || before.length !== now.length) return 1;
  const extent = Math.max(...(['x', 'y'] as const).map((axis) => Math.max(...now.map((p) => p[axis])) - Math.min(...now.map((p) => p[axis]))));
  const moved = now.reduce((sum, { x, y }, i) => sum + Math.hypot(x - before[i]!.x, y - before[i]!.y), 0);
  return extent > 0 ? moved / now.length / extent : 0;
}

/** Cuts a name to what fits beside a dot. */
export function shortLabel(name: string, most = 18): string {
  const characters = [...name.replace(/\s+/g, ' ')];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('');
}

/** A dot for a record. */
export const dotOf = (record: RecordNameFragment, weight: number, group: number): Dot => ({
  id: record.id,
  label: shortLabel(nameOf(record)),
  weight,
  group,
});

/** Reads `?pin=ID:x:y,…`; what is no place is left out, for an address is written by strangers. */
export function parsePins(text: string | null): Map<string, Place> {
  const pins = new Map<string, Place>();
  for (const part of (text ?? '').split(',')) {
    const match = /^([\w-]+):(-?\d{1,6}(?:\.\d)?):(-?\d{1,6}(?:\.\d)?)$/.exec(part);
    if (match) pins.set(match[1]!, { x: Number(match[2]), y: Number(match[3]) });
  }
  return pins;
}

/** Writes pins as parsePins reads them; undefined where there are none. */
export function formatPins(pins: Map<string, Place>): string | undefined {
  const round = (n: number) => String(Math.round(n * 10) / 10);
  return pins.size ? [...pins].map(([id, { x, y }]) => `${id}:${round(x)}:${round(y)}`).join(',') : undefined;
}
