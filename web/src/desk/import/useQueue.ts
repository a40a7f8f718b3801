import type { Client } from 'urql';
import { useClient } from 'urql';
import { useEffect, useRef, useState } from 'react';
import { describe } from '../../api/problem';
import type { ImportMinutesMutation, ImportProgressSubscription, PreviewImportMutation, StartImportMutation } from '../../gql/graphql';
import { useWords, type Words } from '../../i18n';
import { useGuard } from '../guard';
import { Follow, Import, Preview, StartImport } from './operations';
import { type Entry, longText, nextUp, unfinished } from './queue';

type Changes = Partial<Entry>;

/** The texts to import: two are worked on at a time, until the person pauses or leaves. */
export function useQueue() {
  const words = useWords();
  const client = useClient();
  const [entries, setEntries] = useState<Entry[]>([]);
  const [paused, setPaused] = useState(false);
  const begun = useRef(new Set<number>());
  const change = (id: number, changes: Changes) =>
    setEntries((before) => before.map((entry) => (entry.id === id ? { ...entry, ...changes } : entry)));
  useGuard(unfinished(entries));

  useEffect(() => {
    for (const entry of nextUp(entries, paused)) {
      if (begun.current.has(entry.id)) continue;
      begun.current.add(entry.id);
      const reads = entry.stage === 'waiting';
      change(entry.id, { stage: reads ? 'reading' : 'importing', trouble: undefined, progress: undefined });
      const tell = (progress: Changes) => change(entry.id, progress);
      void (reads ? read(client, words, entry) : write(client, words, entry, tell)).then((changes) => {
        begun.current.delete(entry.id);
        change(entry.id, changes);
      });
    }
  }, [entries, paused, client, words]);

  return {
    entries,
    paused,
    setPaused,
    add: (more: Entry[]) => setEntries((before) => [...before, ...more]),
    /** Reads a text again, with other answers, corrections or hints. */
    reread: (id: number, changes: Changes = {}) => change(id, { ...changes, stage: 'waiting', trouble: undefined }),
    choose: (ids: number[]) => setEntries((before) => before.map((entry) => (ids.includes(entry.id) ? { ...entry, stage: 'chosen' } : entry))),
    retry: (ids: number[]) =>
      setEntries((before) => before.map((entry) => (ids.includes(entry.id) ? { ...entry, stage: entry.again ?? 'waiting', trouble: undefined } : entry))),
    remove: (id: number) => setEntries((before) => before.filter((entry) => entry.id !== id)),
  };
}

async function read(client: Client, words: Words, { input, resolutions }: Entry): Promise<Changes> {
  const { data, error } = await client.mutation<PreviewImportMutation>(Preview.toString(), { input, resolutions }).toPromise();
  const preview = data?.previewImport;
  const refused = preview?.userErrors[0]?.message;
  const wanting = preview?.userErrors.some(({ path }) => path?.includes('heldOn') || path?.includes('body'));
  if (error || !preview) return { stage: 'failed', again: 'waiting', trouble: error && describe(error, words).text };
  // Without a text there is nothing to look at yet: a hint is missing, or a correction is wrong.
  return { stage: refused ? 'failed' : 'ready', again: 'waiting', trouble: refused, wanting, ...(preview.text ? { preview } : {}) };
}

async function write(client: Client, words: Words, entry: Entry, tell: (changes: Changes) => void): Promise<Changes> {
  const { input, resolutions } = entry;
  if ((entry.preview?.text?.length ?? 0) > longText) return writeByJob(client, words, entry, tell);
  const { data, error } = await client.mutation<ImportMinutesMutation>(Import.toString(), { input, resolutions }).toPromise();
  const result = data?.importMinutes;
  const trouble = error ? describe(error, words).text : result?.userErrors[0]?.message;
  if (!result?.meeting) return { stage: 'failed', again: 'chosen', trouble };
  return { stage: 'done', result, trouble, preview: undefined };
}

/** Imports a long text by a job and follows it to its end; what breaks the connection does not break the job. */
async function writeByJob(client: Client, words: Words, { input, resolutions }: Entry, tell: (changes: Changes) => void): Promise<Changes> {
  const { data, error } = await client.mutation<StartImportMutation>(StartImport.toString(), { input, resolutions }).toPromise();
  const job = data?.startImport.job?.id;
  if (!job) return { stage: 'failed', again: 'chosen', trouble: error ? describe(error, words).text : data?.startImport.userErrors[0]?.message };
  return new Promise((resolve) => {
    let last: ImportProgressSubscription['importProgress'] | undefined;
    const subscription = client.subscription<ImportProgressSubscription>(Follow.toString(), { job }).subscribe((result) => {
      if (result.error) {
        subscription.unsubscribe();
        resolve({ stage: 'failed', again: 'chosen', trouble: describe(result.error, words).text });
        return;
      }
      last = result.data?.importProgress ?? last;
      if (!last) return;
      tell({ progress: last });
      if (last.state === 'QUEUED' || last.state === 'RUNNING') return;
      queueMicrotask(() => subscription.unsubscribe());
      if (last.state === 'SUCCEEDED') resolve({ stage: 'done', result: last, progress: undefined, preview: undefined });
      else resolve({ stage: 'failed', again: 'chosen', progress: undefined, trouble: last.error?.message ?? words.t('import.interrupted') });
    });
  });
}
