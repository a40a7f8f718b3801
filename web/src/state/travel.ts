type Gate = (event: PopStateEvent) => void;

let gate: Gate | undefined;

/**
 * Hears that the browser went back or forward before the router does. Listeners of the window are called in the order in
 * which they were added, whatever their phase, so this one is added before anything is drawn.
 */
export function watchTravel() {
  addEventListener('popstate', (event) => gate?.(event));
}

/** Sets what is asked then; it may stop the event. */
export function setGate(next: Gate | undefined) {
  gate = next;
}
