import { useSyncExternalStore } from 'react';

const remembered = 'minutebook.singleKeys';
const listeners = new Set<() => void>();

/** Whether keys without Ctrl act. Readers can switch that off, as WCAG 2.1.4 asks: who speaks to a machine would set them off. */
export const singleKeys = {
  on: (): boolean => localStorage.getItem(remembered) !== 'off',
  set(on: boolean) {
    localStorage.setItem(remembered, on ? 'on' : 'off');
    listeners.forEach((listener) => listener());
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export const useSingleKeys = (): boolean => useSyncExternalStore(singleKeys.subscribe, singleKeys.on);

/** Whether a key pressed here is text, or belongs to something that is open. */
export function isTyping(event: KeyboardEvent): boolean {
  return event.isComposing || (event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable], dialog, [role="dialog"], [role="listbox"]') !== null);
}

/** The row to go to from the current one; from none, the first or the last. */
export function nextRow(current: number, step: 1 | -1, count: number): number {
  if (current < 0) return step > 0 ? 0 : count - 1;
  return Math.min(Math.max(current + step, 0), count - 1);
}
