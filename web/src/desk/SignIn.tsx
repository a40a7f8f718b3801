import { useEffect, useState } from 'react';
import { useChange } from '../api/client';
import { describe } from '../api/problem';
import { session } from '../api/session';
import { graphql } from '../gql';
import { useWords } from '../i18n';
import { Failure } from '../widgets/status/Status';
import { guarded } from './guard';
import { useViewer } from './viewer';

const SignInMutation = graphql(`
  mutation SignIn($username: String!, $password: String!) {
    signIn(username: $username, password: $password) {
      token
      userErrors {
        ...Refusal
      }
    }
  }
`);

const SignOutMutation = graphql(`
  mutation SignOut {
    signOut {
      signedOut
      userErrors {
        ...Refusal
      }
    }
  }
`);

/** How long before its end a token is said to end, in milliseconds. */
const warning = 10 * 60_000;

/**
 * Takes a name and a password, or a token, and says what the token allows. The token stays in memory until the page is closed
 * or the reader signs out, which takes it back. When it ends, the page stays as it is and asks again.
 */
export function SignIn() {
  const { t } = useWords();
  const { viewer, expired } = useViewer();
  if (viewer && !expired) return <SignedIn />;
  return (
    <section className="sign-in" aria-label={t('desk.enter')}>
      {viewer && <p role="alert">{t('desk.ended', { subject: viewer.subject })}</p>}
      <Password />
      <Token />
    </section>
  );
}

function SignedIn() {
  const { t, term, moment } = useWords();
  const { viewer } = useViewer();
  const [run, busy] = useChange(SignOutMutation);
  const soon = useSoon(viewer?.expiresAt);
  if (!viewer) return null;
  return (
    <div className="signed-in">
      <p>
        <strong>{viewer.subject}</strong> · {term('Role', viewer.role)} ·{' '}
        <span className="quiet">{t('desk.expires', { at: moment(viewer.expiresAt) })}</span>
      </p>
      <button
        type="button"
        disabled={busy}
        onClick={() => {
          if (guarded() && !confirm(t('desk.leave'))) return;
          // Whatever the server answers, this page forgets the token.
          void run({}).finally(() => session.set(null));
        }}
      >
        {t('desk.signOut')}
      </button>
      {soon && <p role="alert">{t('desk.soon', { at: moment(viewer.expiresAt) })}</p>}
    </div>
  );
}

/** Whether a moment is near. */
function useSoon(at: string | undefined): boolean {
  const [soon, setSoon] = useState(false);
  useEffect(() => {
    if (!at) return;
    const left = new Date(at).getTime() - Date.now() - warning;
    setSoon(false);
    const longest = 2 ** 31 - 1;
    if (left > longest) return;
    const warn = setTimeout(() => setSoon(true), Math.max(left, 0));
    const end = setTimeout(() => session.expire(), Math.min(Math.max(left + warning, 0), longest));
    return () => {
      clearTimeout(warn);
      clearTimeout(end);
    };
  }, [at]);
  return soon;
}

function Password() {
  const words = useWords();
  const { t } = words;
  const [run, busy] = useChange(SignInMutation);
  const [trouble, setTrouble] = useState<string>();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        void run({ username: String(data.get('username')), password: String(data.get('password')) }).then((result) => {
          const answer = result.data?.signIn;
          setTrouble(result.error ? describe(result.error, words).text : answer?.userErrors[0]?.message);
          if (answer?.token) session.set(answer.token);
        });
      }}
    >
      <div className="line">
        <label>
          {t('desk.username')} <input name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required maxLength={200} />
        </label>
        <label>
          {t('desk.password')} <input name="password" type="password" autoComplete="current-password" required maxLength={1000} />
        </label>
        <button type="submit" className="primary" disabled={busy}>
          {t('desk.enter')}
        </button>
      </div>
      {trouble && <p role="alert">{trouble}</p>}
    </form>
  );
}

function Token() {
  const { t } = useWords();
  const { state, signedIn } = useViewer();
  return (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const value = String(new FormData(event.currentTarget).get('token') ?? '')
            .trim()
            .replace(/^Bearer\s+/i, '');
          if (value) session.set(value);
        }}
      >
        <label htmlFor="token">{t('desk.token')}</label>
        <div className="line">
          <input id="token" name="token" type="password" autoComplete="off" spellCheck={false} required aria-describedby="token-hint" />
          <button type="submit" disabled={state.fetching}>
            {t('desk.signIn')}
          </button>
        </div>
        <p id="token-hint" className="quiet small">
          {t('desk.tokenHint')}
        </p>
        {signedIn && !state.fetching && (state.error ? <Failure state={state} /> : <p role="alert">{t('error.unauthenticated')}</p>)}
      </form>
  );
}
