import { afterEach } from 'vitest';

// Tests without a page need nothing of this, and must not wait for it.
if (typeof document !== 'undefined') {
  const { cleanup } = await import('@testing-library/react');
  const { session } = await import('../api/session');
  afterEach(() => {
    cleanup();
    session.set(null);
    localStorage.clear();
    history.replaceState(null, '', '/');
  });
  window.matchMedia ??= (query: string) =>
    ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList;
}
