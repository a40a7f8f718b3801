import { useEffect } from 'react';
import { useWords } from '../i18n';

let held = 0;

/** Whether something on the page would be lost by leaving it. */
export const guarded = (): boolean => held > 0;

/**
 * While there is something to lose, closing the page, reloading it, and following a link ask first. Links are caught before the
 * router sees them; the history of the browser cannot be held.
 */
export function useGuard(active: boolean) {
  const { t } = useWords();
  useEffect(() => {
    if (!active) return;
    held++;
    const leave = (event: BeforeUnloadEvent) => event.preventDefault();
    const follow = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!link || event.metaKey || event.ctrlKey || event.shiftKey || link.getAttribute('href')!.startsWith('#')) return;
      if (link.getAttribute('target') === '_blank' || link.closest('[data-free]')) return;
      if (!confirm(t('desk.leave'))) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    addEventListener('beforeunload', leave);
    document.addEventListener('click', follow, true);
    return () => {
      held--;
      removeEventListener('beforeunload', leave);
      document.removeEventListener('click', follow, true);
    };
  }, [active, t]);
}
