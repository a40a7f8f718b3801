import type { Visibility } from '../../gql/graphql';
import type { Refusal } from '../Refused';

/** A record to open or close, with the version that was seen. */
export interface Chosen {
  id: string;
  version: number;
  name: string;
}

/** Answer to a part of them: what was written, or why nothing was. */
export interface Answer {
  results: { id: string; outcome: string; record?: { version?: number } | null }[];
  refusals: readonly Refusal[];
  /** The request failed as a whole, and nobody knows more. */
  trouble?: string;
}

export type Send = (records: { id: string; visibility: Visibility; expectedVersion: number }[]) => Promise<Answer>;

/** How far it has come. */
export interface Run {
  visibility: Visibility;
  total: number;
  /** Records that are as wanted now, with their versions. Those that were so before are not among them. */
  changed: Chosen[];
  unchanged: number;
  failed: { record: Chosen; message: string }[];
  ended: boolean;
}

const batch = 50;

/**
 * Opens or closes records, fifty at a time. A part is written whole or not at all; where some of it are refused, they are noted
 * with their reasons and the others are sent again. After a failure of a request the rest is not tried.
 */
export async function runAll(records: readonly Chosen[], visibility: Visibility, send: Send, tell: (run: Run) => void): Promise<void> {
  const run: Run = { visibility, total: records.length, changed: [], unchanged: 0, failed: [], ended: false };
  const note = (more: Partial<Run> = {}) => tell({ ...Object.assign(run, more), changed: [...run.changed], failed: [...run.failed] });
  note();
  let trouble: string | undefined;
  for (let at = 0; at < records.length; at += batch) {
    let left = records.slice(at, at + batch);
    while (left.length) {
      if (trouble !== undefined) {
        const message = trouble;
        run.failed.push(...left.map((record) => ({ record, message })));
        break;
      }
      const answer = await send(left.map(({ id, version }) => ({ id, visibility, expectedVersion: version })));
      trouble = answer.trouble;
      if (trouble !== undefined) continue;
      const reasons = reasonsOf(answer.refusals, left.length);
      if (!reasons.size) {
        left.forEach((record, i) => {
          const { outcome, record: now } = answer.results[i] ?? {};
          if (outcome === 'UNCHANGED') run.unchanged++;
          else run.changed.push({ ...record, version: now?.version ?? record.version + 1 });
        });
        break;
      }
      for (const [i, message] of reasons) run.failed.push({ record: left[i]!, message });
      left = left.filter((_, i) => !reasons.has(i));
    }
    note();
  }
  note({ ended: true });
}

/** Reasons by the place of the record in the request; one without a place is every record's. */
function reasonsOf(refusals: readonly Refusal[], count: number): Map<number, string> {
  const reasons = new Map<number, string>();
  for (const { path, message } of refusals) {
    const place = path[0] === 'records' ? Number(path[1]) : NaN;
    const places = place >= 0 && place < count ? [place] : Array.from({ length: count }, (_, i) => i);
    for (const i of places) reasons.set(i, reasons.get(i) ?? message);
  }
  return reasons;
}
