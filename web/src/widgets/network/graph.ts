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
}

/** Radius of a dot: the area grows with the weight, so that large and small stay comparable. */
export function radius(weight: number, most: number): number {
  return 3 + 10 * Math.sqrt(Math.max(weight, 0) / Math.max(most, 1));
}

const golden = 2.399963; // the golden angle spreads any number of points evenly

function spiral(index: number, spread: number): { x: number; y: number } {
  const distance = spread * Math.sqrt(index);
  return { x: distance * Math.cos(index * golden), y: distance * Math.sin(index * golden) };
}

/**
 * A place to start the layout from that is the same each time: every group on a spiral of its own, far enough from the others
 * that the layout need not untangle them.
 */
export function startingPlace(index: number, group: number): { x: number; y: number } {
  const centre = spiral(group, 60);
  const own = spiral(index, 1);
  return { x: centre.x + own.x, y: centre.y + own.y };
}

/** A dot for a record. */
export const dotOf = (record: RecordNameFragment, weight: number, group: number): Dot => ({
  id: record.id,
  label: nameOf(record),
  weight,
  group,
});
