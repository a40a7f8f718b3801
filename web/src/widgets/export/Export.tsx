import { useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import { session } from '../../api/session';
import { useWords } from '../../i18n';
import './export.css';
import { useDownload } from './useDownload';

/** Address of an export; what is undefined is left out. */
export function exportAddress(path: string, parameters: Record<string, string | number | undefined> = {}): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string | number] => entry[1] !== undefined && entry[1] !== '');
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return `/export/${path}${given.length ? `?${query}` : ''}`;
}

interface Links {
  links: [label: string, href: string][];
  hint?: string;
}

/**
 * Links to files for other programs. They are plain links, so that they can be copied into a notebook or a calendar; for a reader who
 * is signed in a click fetches the file with the token, and says how far it is.
 */
export function Exports({ links, hint }: Links) {
  const { t, number } = useWords();
  const token = useSyncExternalStore(session.subscribe, session.token);
  const { state, start, cancel } = useDownload();
  const kilobytes = state && 'bytes' in state ? Math.ceil(state.bytes / 1000) : 0;
  return (
    <div className="exports" title={token ? undefined : hint}>
      <span className="quiet">{t('export.title')}</span>{' '}
      {links.map(([label, href]) => (
        <a
          key={href}
          href={href}
          data-free
          onClick={(event) => {
            if (!token || event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            void start(href);
          }}
        >
          {label}
        </a>
      ))}
      <span role="status">{state && 'bytes' in state && t('export.running', { name: state.name, size: number(kilobytes) })}</span>
      {state && 'bytes' in state && (
        <button type="button" className="link" onClick={cancel}>
          {t('export.cancel')}
        </button>
      )}
      {state && 'failed' in state && <span role="alert">{t('export.failed', { name: state.name, status: state.failed || '–' })}</span>}
    </div>
  );
}

/** A list as files, narrowed as on the page. */
export function ListExport({ list, filter }: { list: string; filter: object | undefined }) {
  const { t } = useWords();
  const narrowed = filter && JSON.stringify(filter);
  return (
    <Exports
      hint={t('export.public')}
      links={[
        ['CSV', exportAddress(`${list}.csv`, { filter: narrowed })],
        [t('export.excel'), exportAddress(`${list}.csv`, { filter: narrowed, excel: 1 })],
        ['JSONL', exportAddress(`${list}.jsonl`, { filter: narrowed })],
      ]}
    />
  );
}

/** One record as linked data, a body's meetings for calendars and readers of feeds, and the way to the canvas. */
export function RecordExport({ id, meets = false }: { id: string; meets?: boolean }) {
  const { t } = useWords();
  const own = encodeURIComponent(id);
  return (
    <div className="exports">
      <Link href={`/canvas?steps=${own}`}>{t('export.canvas')}</Link>
      <Exports
        links={[
          ...(meets
            ? ([
                [t('export.ics'), exportAddress(`organizations/${own}.ics`)],
                [t('export.atom'), exportAddress(`organizations/${own}.atom`)],
              ] as [string, string][])
            : []),
          ['JSON-LD', exportAddress(`records/${own}.jsonld`)],
        ]}
      />
    </div>
  );
}
