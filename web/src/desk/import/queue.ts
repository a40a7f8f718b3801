import type { ImportInput, ImportMinutesMutation, MatchResolution, PreviewImportMutation } from '../../gql/graphql';

export type PreviewResult = PreviewImportMutation['previewImport'];
export type ImportResult = ImportMinutesMutation['importMinutes'];

/** Where one text of the queue stands. */
export type Stage = 'waiting' | 'reading' | 'ready' | 'importing' | 'done' | 'failed';

/** One text to import. */
export interface Entry {
  id: number;
  name: string;
  stage: Stage;
  input: ImportInput;
  resolutions: MatchResolution[];
  preview?: PreviewResult;
  result?: ImportResult;
  /** What went wrong, in words. */
  trouble?: string;
}

let next = 1;

/** A new entry of the queue. */
export const entryOf = (name: string, input: ImportInput): Entry => ({ id: next++, name, stage: 'waiting', input, resolutions: [] });

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
