import { useId } from 'react';
import type { Role } from '../../gql/graphql';
import { useWords } from '../../i18n';

const roles: Role[] = ['VIEWER', 'EDITOR', 'ADMIN'];

/** The shortest password that the server takes. */
const shortest = 12;

/** A choice among the roles, with what each may do. */
export function RoleChoice({ initial = 'VIEWER' }: { initial?: Role }) {
  const { t, term } = useWords();
  return (
    <label>
      {t('accounts.roleOf')}{' '}
      <select name="role" defaultValue={initial}>
        {roles.map((role) => (
          <option key={role} value={role}>
            {term('Role', role)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A field for a password that somebody else will sign in with. */
export function NewPassword() {
  const { t } = useWords();
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{t('desk.password')}</label>
      <input id={id} name="password" type="password" autoComplete="new-password" required minLength={shortest} maxLength={1000} aria-describedby={`${id}-hint`} />
      <span id={`${id}-hint`} className="quiet small">
        {t('accounts.shortest', { n: shortest })}
      </span>
    </>
  );
}
