/** Who the token was found to speak for. */
export interface Known {
  subject: string;
  role: 'VIEWER' | 'EDITOR' | 'ADMIN';
  expiresAt: string;
}

/** What this page knows of the reader. */
interface State {
  token: string | null;
  /** Whether the server no longer takes the token; the page stays as it is until the reader signs in again. */
  expired: boolean;
  known: Known | null;
}

/**
 * The token of the reader, held in memory only: never in an address, a cookie or the browser's storage. A reload forgets it.
 */
let state: State = { token: null, expired: false, known: null };
const listeners = new Set<() => void>();

function change(next: Partial<State>) {
  state = { ...state, ...next };
  listeners.forEach((listener) => listener());
}

export const session = {
  token: (): string | null => state.token,
  state: (): State => state,
  /** Takes another token; null forgets the reader. */
  set(next: string | null): void {
    change(next === null ? { token: null, expired: false, known: null } : { token: next, expired: false });
  },
  /** Notes that the server does not take the token any more. */
  expire(): void {
    if (state.token !== null && !state.expired) change({ expired: true });
  },
  know(known: Known): void {
    if (state.known !== known) change({ known });
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
