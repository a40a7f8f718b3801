import { useRef, useState } from 'react';
import { Link } from 'wouter';
import { useClient } from 'urql';
import { describe } from '../../api/problem';
import { useWords } from '../../i18n';
import { pageOf } from '../../routes';
import { useViewer } from '../viewer';
import './import.css';
import { Import, Preview } from './operations';
import { type Entry, entryOf, openQuestions } from './queue';
import { Review } from './Review';

/** Brings minutes in: files or a pasted text, read first, looked at beside their text, then imported, each in one go. */
export function ImportPage() {
  const words = useWords();
  const { t, term } = words;
  const { may } = useViewer();
  const client = useClient();
  const [queue, setQueue] = useState<Entry[]>([]);
  const [shown, setShown] = useState<number>();
  // Texts are read one after another: reading is work for the server, and the first is looked at meanwhile.
  const line = useRef(Promise.resolve());
  const change = (id: number, changes: Partial<Entry>) =>
    setQueue((entries) => entries.map((entry) => (entry.id === id ? { ...entry, ...changes } : entry)));

  const read = async (entry: Entry) => {
    change(entry.id, { stage: 'reading', trouble: undefined, input: entry.input, resolutions: entry.resolutions });
    const { data, error } = await client
      .mutation(Preview.toString(), { input: entry.input, resolutions: entry.resolutions })
      .toPromise();
    const preview = data?.previewImport as Entry['preview'];
    const refused = preview?.userErrors[0]?.message;
    if (error || !preview || (refused && !preview.text)) {
      change(entry.id, { stage: 'failed', trouble: error ? describe(error, words).text : refused });
    } else {
      change(entry.id, { stage: 'ready', preview, trouble: refused });
    }
  };
  const write = async (entry: Entry) => {
    change(entry.id, { stage: 'importing', trouble: undefined });
    const { data, error } = await client
      .mutation(Import.toString(), { input: entry.input, resolutions: entry.resolutions })
      .toPromise();
    const result = data?.importMinutes as Entry['result'];
    const refused = result?.userErrors[0]?.message;
    if (error || !result?.meeting) change(entry.id, { stage: 'failed', trouble: error ? describe(error, words).text : refused });
    else change(entry.id, { stage: 'done', result, trouble: refused });
  };
  const add = (entries: Entry[]) => {
    setQueue((before) => [...before, ...entries]);
    setShown((id) => id ?? entries[0]?.id);
    for (const entry of entries) line.current = line.current.then(() => read(entry));
  };
  const addFiles = (files: Iterable<File>) => add([...files].map((file) => entryOf(file.name, { file, filename: file.name })));
  const sure = queue.filter((entry) => entry.stage === 'ready' && openQuestions(entry) === 0);
  const current = queue.find(({ id }) => id === shown);

  return (
    <>
      <h2>{t('import.title')}</h2>
      <div
        className="drop"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          addFiles(event.dataTransfer.files);
        }}
      >
        <label>
          {t('import.files')}{' '}
          <input
            type="file"
            multiple
            accept=".txt,.md,.html,.htm,.docx,.pdf"
            onChange={(event) => {
              addFiles(event.target.files ?? []);
              event.target.value = '';
            }}
          />
        </label>
        <details>
          <summary>{t('import.paste')}</summary>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const text = String(new FormData(event.currentTarget).get('text') ?? '');
              if (text.trim()) add([entryOf(t('import.pasted'), { text })]);
              event.currentTarget.reset();
            }}
          >
            <textarea name="text" rows={8} required aria-label={t('import.paste')} />
            <button type="submit">{t('import.read')}</button>
          </form>
        </details>
      </div>
      {queue.length > 0 && (
        <>
          <ol className="queue">
            {queue.map((entry) => (
              <li key={entry.id} aria-current={entry.id === shown ? 'true' : undefined}>
                <button type="button" className="link" onClick={() => setShown(entry.id)}>
                  {entry.name}
                </button>
                <span className={`stage stage-${entry.stage}`} role="status">
                  {t(`import.stage.${entry.stage}`)}
                  {entry.stage === 'ready' && openQuestions(entry) > 0 && ` · ${t('import.questions', { n: openQuestions(entry) })}`}
                </span>
                {entry.result?.meeting && <Link href={pageOf('Meeting', entry.result.meeting.id)}>{entry.result.meeting.title}</Link>}
                {entry.trouble && <span className="field-problem">{entry.trouble}</span>}
                {entry.stage === 'failed' && (
                  <button type="button" onClick={() => void read(entry)}>
                    {t('state.retry')}
                  </button>
                )}
              </li>
            ))}
          </ol>
          {sure.length > 1 && (
            <p>
              <button
                type="button"
                disabled={!may('EDITOR')}
                onClick={() => {
                  for (const entry of sure) line.current = line.current.then(() => write(entry));
                }}
              >
                {t('import.allSure', { n: sure.length })}
              </button>
            </p>
          )}
        </>
      )}
      {current?.preview && (
        <Review
          key={current.id}
          entry={current}
          locked={!may('EDITOR') || current.stage === 'importing' || current.stage === 'reading'}
          onChange={(changes) => void read({ ...current, ...changes })}
          onImport={() => void write(current)}
        />
      )}
      {!may('EDITOR') && <p className="quiet">{t('edit.needs', { role: term('Role', 'EDITOR') })}</p>}
    </>
  );
}
