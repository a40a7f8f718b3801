import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';

/** Parameters of an address: a value, or several, or none. */
export type Parameters = Record<string, string | undefined>;

/** Writes parameters into a query string; what is empty or undefined is left out, what is not named stays. */
export function withParameters(search: string, changes: Parameters): string {
  const parameters = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) parameters.set(name, value);
    else parameters.delete(name);
  }
  const text = parameters.toString();
  return text ? `?${text}` : '';
}

/**
 * The state of a page, which lives in its address. `change` adds a step to the browser's history, or replaces the current one
 * for states that are not worth going back to.
 */
export function useAddress() {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const parameters = useMemo(() => new URLSearchParams(search), [search]);
  const change = useCallback(
    (changes: Parameters, replace = false) => navigate(path + withParameters(search, changes), { replace }),
    [navigate, path, search],
  );
  const address = useCallback((changes: Parameters) => path + withParameters(search, changes), [path, search]);
  return { path, parameters, change, address };
}
