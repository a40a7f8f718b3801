import { useState } from 'react';
import { Link } from 'wouter';
import { useWords } from '../../i18n';
import { pageOf } from '../../routes';
import { Nothing } from '../../widgets/status/Status';
import { useViewer } from '../viewer';
import './import.css';
import { Hints } from './Hints';
import { type Entry, entryOf, openQuestions, tally } from './queue';
import { Review } from './Review';
import { useQueue } from './useQueue';

/** Brings minutes in: files or a pasted text, read first, looked at beside their text, then imported, each in one go. */
export function ImportPage() {
  const { t, term } = useWords();
  const { may } = useViewer();
  const queue = useQueue();
  const [shown, setShown] = useState<number>();
  const add = (entries: Entry[]) => {
    queue.add(entries);
    setShown((id) => id ?? entries[0]?.id);
  };
  const addFiles = (files: Iterable<File>) => add([...files].map((file) => entryOf(file.name, { file, filename: file.name })));
  const current = queue.entries.find(({ id }) => id === shown);
  if (!may('EDITOR')) return <Nothing text={t('edit.needs', { role: term('Role', 'EDITOR') })} />;
  return (
    <>
      <h2>{t('import.title')}</h2>
      <Drop onFiles={addFiles} onText={(text) => add([entryOf(t('import.pasted'), { text })])} />
      {queue.entries.length === 0 ? (
        <p className="quiet">{t('import.lead')}</p>
      ) : (
        <Queue queue={queue} shown={shown} onShow={setShown} />
      )}
      {current && !current.preview && current.wanting && (
        <Hints key={current.id} input={current.input} locked={current.stage !== 'failed'} open onChange={(input) => queue.reread(current.id, { input })} />
      )}
      {current?.preview && current.stage !== 'done' && (
        <Review
          key={current.id}
          entry={current}
          preview={current.preview}
          locked={current.stage === 'importing' || current.stage === 'chosen'}
          onChange={(changes) => queue.reread(current.id, changes)}
          onImport={() => queue.choose([current.id])}
        />
      )}
    </>
  );
}

function Drop({ onFiles, onText }: { onFiles(files: Iterable<File>): void; onText(text: string): void }) {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  return (
    <div
      className={`drop${over ? ' drop-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles(event.dataTransfer.files);
      }}
    >
      <label>
        {t('import.files')}{' '}
        <input
          type="file"
          multiple
          accept=".txt,.md,.html,.htm,.docx,.pdf"
          onChange={(event) => {
            onFiles(event.target.files ?? []);
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
            if (text.trim()) onText(text);
            event.currentTarget.reset();
          }}
        >
          <textarea name="text" rows={8} required aria-label={t('import.paste')} />
          <button type="submit">{t('import.read')}</button>
        </form>
      </details>
    </div>
  );
}

interface QueueProps {
  queue: ReturnType<typeof useQueue>;
  shown?: number;
  onShow(id: number): void;
}

/** The texts with where each of them stands, and what can be done with all. */
function Queue({ queue, shown, onShow }: QueueProps) {
  const { t } = useWords();
  const { entries } = queue;
  const counts = tally(entries);
  const sure = entries.filter((entry) => entry.stage === 'ready' && openQuestions(entry) === 0);
  const failed = entries.filter(({ stage }) => stage === 'failed');
  return (
    <section aria-label={t('import.queue')}>
      <div className="queue-head line">
        <progress max={counts.total} value={counts.done} aria-label={t('import.queue')} />
        <span role="status">{t('import.progress', { done: counts.done, total: counts.total, failed: counts.failed })}</span>
        {counts.working > 0 && (
          <button type="button" aria-pressed={queue.paused} onClick={() => queue.setPaused(!queue.paused)}>
            {t(queue.paused ? 'import.resume' : 'import.pause')}
          </button>
        )}
        {sure.length > 1 && (
          <button type="button" onClick={() => queue.choose(sure.map(({ id }) => id))}>
            {t('import.allSure', { n: sure.length })}
          </button>
        )}
        {failed.length > 1 && (
          <button type="button" onClick={() => queue.retry(failed.map(({ id }) => id))}>
            {t('import.retryAll', { n: failed.length })}
          </button>
        )}
      </div>
      <ol className="queue" tabIndex={0} aria-label={t('import.queue')}>
        {entries.map((entry) => (
          <li key={entry.id} aria-current={entry.id === shown ? 'true' : undefined}>
            <button type="button" className="link" onClick={() => onShow(entry.id)}>
              {entry.name}
            </button>
            <Stage entry={entry} />
            {entry.result?.meeting && (
              <Link href={pageOf('Meeting', entry.result.meeting.id)} data-free>
                {entry.result.meeting.title}
              </Link>
            )}
            {entry.trouble && <span className="field-problem">{entry.trouble}</span>}
            {entry.stage === 'failed' && (
              <button type="button" onClick={() => queue.retry([entry.id])}>
                {t('state.retry')}
              </button>
            )}
            {(entry.stage === 'waiting' || entry.stage === 'ready' || entry.stage === 'failed') && (
              <button type="button" className="link" aria-label={`${t('import.drop')}: ${entry.name}`} onClick={() => queue.remove(entry.id)}>
                {t('import.drop')}
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Stage({ entry }: { entry: Entry }) {
  const { t, term } = useWords();
  const questions = entry.stage === 'ready' ? openQuestions(entry) : 0;
  const { progress, result } = entry;
  return (
    <span className={`stage stage-${entry.stage}`}>
      {t(`import.stage.${entry.stage}`)}
      {questions > 0 && ` · ${t('import.questions', { n: questions })}`}
      {progress && ` · ${progress.ahead ? t('import.ahead', { n: progress.ahead }) : `${term('ImportStep', progress.step)} ${progress.stepsDone}/${progress.stepsTotal}`}`}
      {result && result.questions.length > 0 && ` · ${t('import.questions', { n: result.questions.length })}`}
      {result && result.kept.length > 0 && ` · ${t('import.kept', { n: result.kept.length })}`}
    </span>
  );
}
