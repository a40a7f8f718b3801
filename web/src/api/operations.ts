/** One query that the page on screen has asked. */
export interface Operation {
  query: string;
  /** Variables as JSON. */
  variables: string;
}

let current: Operation[] = [];
const listeners = new Set<() => void>();

function change(next: Operation[]) {
  current = next;
  listeners.forEach((listener) => listener());
}

/** The queries behind the page on screen, for readers who want to ask the API themselves. */
export const operations = {
  current: (): Operation[] => current,
  /** Adds a query and returns the function that takes it away again. */
  add(operation: Operation): () => void {
    change([...current, operation]);
    return () => change(current.filter((other) => other !== operation));
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Address of GraphiQL with the query filled in. */
export function graphiQLAddress({ query, variables }: Operation): string {
  return `/graphiql?${new URLSearchParams({ query, variables })}`;
}
