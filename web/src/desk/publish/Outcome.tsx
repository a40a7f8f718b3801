import { Link } from 'wouter';
import type { Visibility } from '../../gql/graphql';
import { useWords } from '../../i18n';
import type { Run } from './run';

/** How a bulk change goes and what came of it, with the way back. */
export function Outcome({ run, onUndo }: { run: Run; onUndo(to: Visibility): void }) {
  const { t } = useWords();
  const { visibility, total, changed, unchanged, failed, ended } = run;
  const done = changed.length + unchanged + failed.length;
  return (
    <section className="publish-outcome" aria-label={t('publish.outcome')}>
      {!ended && <progress max={total} value={done} aria-label={t('publish.outcome')} />}
      <p role="status" className="line">
        {ended ? t(visibility === 'PUBLIC' ? 'publish.opened' : 'publish.closed', { n: changed.length }) : t('publish.progress', { n: done, of: total })}
        {ended && unchanged > 0 && ` ${t('publish.unchanged', { n: unchanged })}`}
        {ended && changed.length > 0 && (
          <button type="button" className="link" onClick={() => onUndo(visibility === 'PUBLIC' ? 'INTERNAL' : 'PUBLIC')}>
            {t('publish.undo', { n: changed.length })}
          </button>
        )}
      </p>
      {failed.length > 0 && (
        <div className="status failure" role="alert">
          <p>{t('publish.failed', { n: failed.length })}</p>
          <ul>
            {failed.map(({ record, message }) => (
              <li key={record.id}>
                <Link href={`/admin/edit/${encodeURIComponent(record.id)}`}>{record.name}</Link> <span className="quiet">{message}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
