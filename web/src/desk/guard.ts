import { useEffect } from 'react';
import { useWords } from '../i18n';
import { setGate } from '../state/travel';

let held = 0;
let question = '';
let here = '';

/** Whether something on the page would be lost by leaving it. */
export const guarded = (): boolean => held > 0;

const address = () => location.pathname + location.search;

function unload(event: BeforeUnloadEvent) {
  event.preventDefault();
}

/** Asks before a link is followed; it is caught before the router sees it. */
function follow(event: MouseEvent) {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || link.getAttribute('href')!.startsWith('#')) return;
  if (link.getAttribute('target') === '_blank' || link.closest('[data-free]')) return;
  if (confirm(question)) return;
  event.preventDefault();
  event.stopPropagation();
}

/**
 * Asks once the browser has gone back or forward, which nothing can hold, and before the router sees it. Who stays gets the
 * address of the page again, as a new step at once, so that nothing is ever drawn for the other address.
 */
function travel(event: PopStateEvent) {
  if (address() === here || confirm(question)) return;
  event.stopImmediatePropagation();
  history.pushState(null, '', here);
}

/** Notes where the page is, as its own parameters may change while there is something to lose. */
const note = () => {
  here = address();
};

function hold() {
  note();
  addEventListener('beforeunload', unload);
  setGate(travel);
  addEventListener('pushState', note);
  addEventListener('replaceState', note);
  document.addEventListener('click', follow, true);
}

function release() {
  removeEventListener('beforeunload', unload);
  setGate(undefined);
  removeEventListener('pushState', note);
  removeEventListener('replaceState', note);
  document.removeEventListener('click', follow, true);
}

/** While there is something to lose, closing the page, reloading it, following a link and going back ask first, and once only. */
export function useGuard(active: boolean) {
  const { t } = useWords();
  useEffect(() => {
    question = t('desk.leave');
  }, [t]);
  useEffect(() => {
    if (!active) return;
    if (held++ === 0) hold();
    return () => {
      if (--held === 0) release();
    };
  }, [active]);
}
