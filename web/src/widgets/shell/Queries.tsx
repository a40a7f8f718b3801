import { useState, useSyncExternalStore } from 'react';
import { graphiQLAddress, operations } from '../../api/operations';
import { useWords } from '../../i18n';

/** The queries behind the page on screen, to open in GraphiQL or to copy. */
export function Queries() {
  const { t } = useWords();
  const asked = useSyncExternalStore(operations.subscribe, operations.current);
  const [open, setOpen] = useState(false);
  if (!asked.length) return null;
  const distinct = [...new Map(asked.map((operation) => [operation.query + operation.variables, operation])).values()];
  return (
    <details className="queries" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('api.title')}</summary>
      {open && (
        <>
          <p className="quiet">{t('api.intro')}</p>
          {distinct.map((operation) => {
            const name = /(?:query|mutation)\s+(\w+)/.exec(operation.query)?.[1] ?? 'query';
            return (
              <section key={operation.query + operation.variables} aria-label={name}>
                <p className="facts">
                  <strong>{name}</strong>
                  <a href={graphiQLAddress(operation)}>{t('api.open')}</a>
                  <button type="button" className="link" onClick={() => void navigator.clipboard?.writeText(operation.query)}>
                    {t('api.copy')}
                  </button>
                </p>
                <pre tabIndex={0} lang="en">
                  {operation.query.trim()}
                  {operation.variables !== '{}' && `\n\n# ${operation.variables}`}
                </pre>
              </section>
            );
          })}
        </>
      )}
    </details>
  );
}
