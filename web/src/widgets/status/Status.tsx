import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Gathered } from '../../api/all';
import type { Loaded } from '../../api/client';
import { describe } from '../../api/problem';
import { useWords } from '../../i18n';
import './status.css';

/** Says what went wrong and offers to try again where that can help. */
export function Failure({ state }: { state: Loaded<unknown> }) {
  const words = useWords();
  if (!state.error) return null;
  const problem = describe(state.error, words);
  return (
    <div className="status failure" role="alert">
      <p>{problem.text}</p>
      {problem.request && <p className="quiet">{problem.request}</p>}
      {problem.retry && (
        <button type="button" onClick={state.retry} disabled={state.fetching}>
          {words.t('state.retry')}
        </button>
      )}
    </div>
  );
}

/** Lines where text will stand; announced, and shown only when loading takes long enough to be noticed. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const { t } = useWords();
  return (
    <div className="status loading" role="status">
      <span className="unseen">{t('state.loading')}</span>
      {Array.from({ length: lines }, (_, i) => (
        <span key={i} className="bone" aria-hidden="true" />
      ))}
    </div>
  );
}

/** Shows data once it is there; until then progress, or what went wrong. Data that is there stays while newer is loading. */
export function Show<Result>({ state, children, lines }: { state: Loaded<Result>; children: (data: Result) => ReactNode; lines?: number }) {
  if (state.data) {
    return (
      <>
        <Failure state={state} />
        {children(state.data)}
      </>
    );
  }
  if (state.error) return <Failure state={state} />;
  return <Loading lines={lines} />;
}

/** Says how much of a set is there while more is on its way, and where reading stopped, offers to go on. */
export function Progress({ state }: { state: Gathered<unknown> }) {
  const { t } = useWords();
  const n = state.data?.length ?? 0;
  if (!n || (!state.fetching && !state.more)) return null;
  return (
    <p className="quiet" role="status">
      {state.more ? t('state.partial', { n }) : t('state.soFar', { n })}{' '}
      {state.more && (
        <button type="button" onClick={state.more}>
          {t('state.more')}
        </button>
      )}
    </p>
  );
}

/** Stands where nothing is, and says what to do next. */
export function Nothing({ text, hint, children }: { text: string; hint?: string; children?: ReactNode }) {
  return (
    <div className="status nothing">
      <p>{text}</p>
      {hint && <p className="quiet">{hint}</p>}
      {children}
    </div>
  );
}

/** Whether a query has found no record: the answer has none, or the address holds something that is no id. */
export function isMissing<Result>(state: Loaded<Result>, pick: (data: Result) => unknown): boolean {
  if (state.data && pick(state.data)) return false;
  const refused = state.error?.graphQLErrors.some(({ extensions, path }) => extensions.code === 'BAD_USER_INPUT' && path?.length === 1);
  return Boolean(refused) || (!state.error && !state.fetching && state.data !== undefined);
}

/** Stands for a record that is not there to see. */
export function Missing() {
  const { t } = useWords();
  return (
    <main id="content" className="page narrow">
      <title>{`${t('missing.title')} · ${t('app.name')}`}</title>
      <h1>{t('missing.title')}</h1>
      <p>{t('missing.text')}</p>
      <p>
        <Link href="/">{t('missing.home')}</Link>
      </p>
    </main>
  );
}
