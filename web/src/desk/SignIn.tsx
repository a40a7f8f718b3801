import { session } from '../api/session';
import { useWords } from '../i18n';
import { Failure } from '../widgets/status/Status';
import { useViewer } from './viewer';

/** Takes a token and says what it allows. The token stays in memory until the page is closed or the reader signs out. */
export function SignIn() {
  const { t, term, moment } = useWords();
  const { state, viewer, signedIn } = useViewer();
  if (viewer) {
    return (
      <div className="signed-in">
        <p>
          <strong>{viewer.subject}</strong> · {term('Role', viewer.role)} ·{' '}
          <span className="quiet">{t('desk.expires', { at: moment(viewer.expiresAt) })}</span>
        </p>
        <button type="button" onClick={() => session.set(null)}>
          {t('desk.signOut')}
        </button>
      </div>
    );
  }
  return (
    <form
      className="sign-in"
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
        <button type="submit" className="primary" disabled={state.fetching}>
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
