import type { EdgeKind } from '../../gql/graphql';

/** One thing a reader did to a canvas: open what lies around a record, or lay the way between two. */
export type Step = { around: string; via?: EdgeKind } | { from: string; to: string };

/** All kinds of edges, to choose from and to check addresses against. */
export const edgeKinds: readonly EdgeKind[] = [
  'CHAIRED',
  'ATTENDED',
  'HELD',
  'PRESENTED',
  'OWES',
  'TOLD',
  'ISSUED',
  'RECEIVED',
  'MEMBER',
  'ATTENDED_FOR',
  'CONCERNS',
  'DECIDED',
  'INSTRUCTED',
  'ON_AGENDA',
  'RECORDS',
  'PARENT',
];

/** More steps than anybody takes by hand; an address is written by strangers. */
const mostSteps = 60;

/**
 * Reads the steps of an address: `ID` opens what lies around a record, `ID.KIND` along one kind of edge, `ID~ID` lays the way
 * between two. The same step again opens the next page.
 */
export function parseSteps(text: string | null): Step[] {
  return (text ?? '')
    .split(',')
    .slice(0, mostSteps)
    .flatMap((part): Step[] => {
      const [, from, to] = /^([\w-]+)~([\w-]+)$/.exec(part) ?? [];
      if (from && to) return [{ from, to }];
      const [, around, kind] = /^([\w-]+)(?:\.([A-Z_]+))?$/.exec(part) ?? [];
      if (!around) return [];
      const via = edgeKinds.find((known) => known === kind);
      return kind && !via ? [] : [{ around, via }];
    });
}

/** Writes one step as parseSteps reads it. */
export const formatStep = (step: Step): string => ('around' in step ? step.around + (step.via ? `.${step.via}` : '') : `${step.from}~${step.to}`);

/** Writes steps as parseSteps reads them; undefined where there are none. */
export const formatSteps = (steps: Step[]): string | undefined => (steps.length ? steps.map(formatStep).join(',') : undefined);
