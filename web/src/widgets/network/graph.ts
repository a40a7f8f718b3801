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
  return 4 + 12 * Math.sqrt(Math.max(weight, 0) / Math.max(most, 1));
}

/** A place to start the layout from that is the same each time: the dots on a spiral, in the order given. */
export function startingPlace(index: number): { x: number; y: number } {
  const angle = index * 2.399963; // the golden angle spreads any number of points evenly
  const distance = Math.sqrt(index + 1);
  return { x: distance * Math.cos(angle), y: distance * Math.sin(angle) };
}

/** A dot for a record. */
export const dotOf = (record: RecordNameFragment, weight: number, group: number): Dot => ({
  id: record.id,
  label: nameOf(record),
  weight,
  group,
});
