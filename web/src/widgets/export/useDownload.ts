import { useEffect, useRef, useState } from 'react';
import { session } from '../../api/session';
import { save } from '../network/picture';

/** How a download stands: so many bytes have come, or it failed with a status (0 where no answer came). */
export type Download = { name: string; bytes: number } | { name: string; failed: number } | undefined;

/** The last part of an address's path, which names the file. */
export const fileName = (href: string): string => decodeURIComponent(new URL(href, 'http://localhost').pathname.split('/').pop() ?? 'export');

/** Fetches files with the token of the reader in a header: it is never part of an address. */
export function useDownload() {
  const [state, setState] = useState<Download>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = async (href: string) => {
    running.current?.abort();
    const controller = (running.current = new AbortController());
    const name = fileName(href);
    setState({ name, bytes: 0 });
    try {
      const answer = await fetch(href, { credentials: 'omit', signal: controller.signal, headers: { authorization: `Bearer ${session.token()}` } });
      if (answer.status === 401) session.expire();
      if (!answer.ok || !answer.body) return setState({ name, failed: answer.status });
      const parts: Uint8Array<ArrayBuffer>[] = [];
      let bytes = 0;
      const reader = answer.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        parts.push(part.value);
        bytes += part.value.byteLength;
        setState({ name, bytes });
      }
      save(name, new Blob(parts, { type: answer.headers.get('content-type') ?? '' }));
      setState(undefined);
    } catch {
      if (running.current === controller) setState(controller.signal.aborted ? undefined : { name, failed: 0 });
    }
  };
  return { state, start, cancel: () => running.current?.abort() };
}
