import type { ImportCorrection, ImportInput, ImportMinutesMutation, ImportProgressSubscription, MatchResolution, PreviewImportMutation } from '../../gql/graphql';

export type PreviewResult = PreviewImportMutation['previewImport'];
export type ImportValue = PreviewResult['values'][number];
export type ImportFact = PreviewResult['facts'][number];
export type ImportResult = ImportMinutesMutation['importMinutes'];
export type Progress = Pick<ImportProgressSubscription['importProgress'], 'state' | 'step' | 'stepsDone' | 'stepsTotal' | 'ahead'>;

/**
 * Where one text of the queue stands. What is `waiting` is read in its turn, what is `chosen` is imported in its turn; the
 * others wait for the person, or are under way.
 */
export type Stage = 'waiting' | 'reading' | 'ready' | 'chosen' | 'importing' | 'done' | 'failed';

/** One text to import. */
export interface Entry {
  id: number;
  name: string;
  stage: Stage;
  input: ImportInput;
  resolutions: MatchResolution[];
  preview?: PreviewResult;
  result?: Pick<ImportResult, 'meeting' | 'counts' | 'questions' | 'kept'>;
  /** Of an import that runs as a job. */
  progress?: Progress;
  /** What went wrong, in words. */
  trouble?: string;
  /** Whether the text does not say the day or the body, which a person can. */
  wanting?: boolean;
  /** What to do again after a failure. */
  again?: 'waiting' | 'chosen';
}

/** How many texts are worked on at once. */
export const atOnce = 2;

/** Texts longer than this, in characters, are imported by a job, so that no request is held open for them. */
export const longText = 60_000;

let next = 1;

/** A new entry of the queue. */
export const entryOf = (name: string, input: ImportInput): Entry => ({ id: next++, name, stage: 'waiting', input, resolutions: [] });

const underWay = (entry: Entry) => entry.stage === 'reading' || entry.stage === 'importing';

/** Entries whose turn it is: what a person has chosen to import before what is to be read, each in its order. */
export function nextUp(entries: Entry[], paused: boolean): Entry[] {
  const free = atOnce - entries.filter(underWay).length;
  if (paused || free <= 0) return [];
  const waiting = [...entries.filter(({ stage }) => stage === 'chosen'), ...entries.filter(({ stage }) => stage === 'waiting')];
  return waiting.slice(0, free);
}

/** How many entries stand where. */
export function tally(entries: Entry[]): { total: number; done: number; failed: number; ready: number; working: number } {
  const count = (...stages: Stage[]) => entries.filter(({ stage }) => stages.includes(stage)).length;
  return {
    total: entries.length,
    done: count('done'),
    failed: count('failed'),
    ready: count('ready'),
    working: count('waiting', 'reading', 'chosen', 'importing'),
  };
}

/** Whether leaving the page would lose work: texts that are not imported yet. */
export const unfinished = (entries: Entry[]): boolean => entries.some(({ stage }) => stage !== 'done');

/** Answers one question; a second answer to it replaces the first, and no answer takes it away. */
export function resolve(resolutions: MatchResolution[], key: string, answer: Omit<MatchResolution, 'key'> | null): MatchResolution[] {
  const others = resolutions.filter((resolution) => resolution.key !== key);
  return answer ? [...others, { key, ...answer }] : others;
}

/** Questions of a preview that nobody has answered. */
export function openQuestions({ preview, resolutions }: Entry): number {
  const asked = preview?.matches.filter(({ status }) => status === 'AMBIGUOUS') ?? [];
  return asked.filter(({ key }) => !resolutions.some((resolution) => resolution.key === key)).length;
}

/** Puts a correction to the others; one of the same place replaces the earlier. */
export function correct(input: ImportInput, ...corrections: ImportCorrection[]): ImportInput {
  const paths = new Set(corrections.map(({ path }) => path));
  return { ...input, corrections: [...(input.corrections ?? []).filter(({ path }) => !paths.has(path)), ...corrections] };
}

/** Takes the corrections of a place, and of all below it, back. */
export function uncorrect(input: ImportInput, path: string): ImportInput {
  const below = (other: string) => other === path || other.startsWith(`${path}.`);
  return { ...input, corrections: (input.corrections ?? []).filter((correction) => !below(correction.path)) };
}
