import { useEffect, useState } from 'react';
import type { Pair } from './communities';
import type { Tie } from './graph';

/** The community of each dot, found in a worker; undefined until it is, and while nobody wants it. */
export function useCommunities(ids: string[], ties: Tie[], wanted: boolean): Map<string, number> | undefined {
  const [found, setFound] = useState<Map<string, number>>();
  useEffect(() => {
    if (!wanted) return setFound(undefined);
    const worker = new Worker(new URL('./communities.worker.ts', import.meta.url), { type: 'module' });
    const place = new Map(ids.map((id, i) => [id, i]));
    const pairs = ties.flatMap(({ from, to, weight }): Pair[] => {
      const [a, b] = [place.get(from), place.get(to)];
      return a === undefined || b === undefined ? [] : [[a, b, weight]];
    });
    worker.onmessage = ({ data }: MessageEvent<number[]>) => setFound(new Map(ids.map((id, i) => [id, data[i]!])));
    worker.postMessage({ count: ids.length, pairs });
    return () => worker.terminate();
  }, [ids, ties, wanted]);
  return found;
}
