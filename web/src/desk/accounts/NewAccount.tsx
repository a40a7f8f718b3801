import type { Role } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { NewPassword, RoleChoice } from './fields';
import { CreateAccount } from './operations';
import { entered, useAct } from './useAct';

/** Opens an account, or a blocked one again. */
export function NewAccount({ onDone }: { onDone(message: string): void }) {
  const { t, term } = useWords();
  const { send, busy, trouble } = useAct(CreateAccount);
  return (
    <form
      className="account-new"
      aria-labelledby="account-new"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const [name, role] = [entered(form, 'name').trim(), entered(form, 'role') as Role];
        void send({ name, role, password: entered(form, 'password') }, () => {
          form.reset();
          onDone(t('accounts.add.done', { name: name.toLowerCase(), role: term('Role', role) }));
        });
      }}
    >
      <h3 id="account-new">{t('accounts.add')}</h3>
      <div className="line">
        <label>
          {t('desk.username')} <input name="name" autoComplete="off" autoCapitalize="none" spellCheck={false} required maxLength={200} />
        </label>
        <RoleChoice />
      </div>
      <div className="line">
        <NewPassword />
      </div>
      <button type="submit" className="primary" disabled={busy}>
        {t('accounts.add.do')}
      </button>
      {trouble && <p role="alert">{trouble}</p>}
      <p className="quiet small">{t('accounts.add.hint')}</p>
    </form>
  );
}
