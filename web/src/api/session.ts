/**
 * The token of the reader, held in memory only: never in an address, a cookie or the browser's storage. A reload forgets it.
 */
let token: string | null = null;
const listeners = new Set<() => void>();

export const session = {
  token: (): string | null => token,
  set(next: string | null): void {
    token = next;
    listeners.forEach((listener) => listener());
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
