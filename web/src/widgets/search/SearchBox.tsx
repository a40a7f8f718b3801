import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useWords } from '../../i18n';
import { pageOf } from '../../routes';
import { singleKeys } from '../shell/keys';
import { Suggest } from './Suggest';

/** The one search box: suggestions lead to records, Enter to all results. `/` and Ctrl-K move into it. */
export function SearchBox({ initial }: { initial?: string }) {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable]');
      const asked = (event.key === '/' && singleKeys.on() && !typing && !event.ctrlKey && !event.metaKey) || (event.key === 'k' && (event.ctrlKey || event.metaKey));
      if (!asked || !input.current?.offsetParent) return;
      event.preventDefault();
      input.current.focus();
      input.current.select();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
  return (
    <div className="search" role="search">
      <Suggest
        key={initial}
        input={input}
        initial={initial}
        label={t('search.label')}
        placeholder={t('search.placeholder')}
        onChoose={({ type, id }) => navigate(pageOf(type, id))}
        onEnter={(text) => navigate(`/search?q=${encodeURIComponent(text)}`)}
      />
      <kbd aria-hidden="true" title={t('search.hint')}>
        /
      </kbd>
    </div>
  );
}
