import type { CombinedError } from 'urql';
import type { Words } from '../i18n';

/** What happened, in the reader's words, and whether trying again can help. */
export interface Problem {
  text: string;
  retry: boolean;
  /** Number of the request in the server's log. */
  request?: string;
}

/** Makes words of what went wrong with a request. */
export function describe(error: CombinedError, { t }: Words): Problem {
  const status = (error.response as Response | undefined)?.status;
  if (status === 401) return { text: t('error.unauthenticated'), retry: false };
  if (status === 429) return { text: t('error.rate'), retry: true };
  if (status === 502 || status === 503 || status === 504) return { text: t('error.unavailable'), retry: true };
  if (error.networkError && !error.graphQLErrors.length) return { text: t('error.network'), retry: true };
  const first = error.graphQLErrors[0];
  const code = String(first?.extensions?.code ?? '');
  const request = first?.extensions?.requestId as string | undefined;
  if (code === 'UNAUTHENTICATED') return { text: t('error.unauthenticated'), retry: false };
  if (code === 'FORBIDDEN') return { text: t('error.forbidden'), retry: false };
  if (code.startsWith('LIMIT_')) return { text: t('error.cost'), retry: false };
  if (code === 'RATE_LIMITED') return { text: t('error.rate'), retry: true };
  if (code === 'TIMEOUT') return { text: t('error.timeout'), retry: true };
  if (code === 'UNAVAILABLE') return { text: t('error.unavailable'), retry: true };
  if (code === 'INTERNAL') return { text: t('error.internal'), retry: true, request };
  return { text: t('error.other', { message: first?.message ?? error.message }), retry: true, request };
}
