import { type ReactNode, useState } from 'react';
import type { AccountLineFragment, Role } from '../../gql/graphql';
import { type Key, useWords } from '../../i18n';
import { useViewer } from '../viewer';
import { DisableAccount, ResetPassword, RevokeTokens, SetAccountRole } from './operations';
import { NewPassword, RoleChoice } from './fields';
import { entered, useAct } from './useAct';

type Deed = 'role' | 'password' | 'revoke' | 'block';

interface Props {
  account: AccountLineFragment;
  /** Called with what was done. */
  onDone(message: string): void;
}

const acts: [deed: Deed, label: Key][] = [
  ['role', 'accounts.role'],
  ['password', 'accounts.reset'],
  ['revoke', 'accounts.revoke'],
  ['block', 'accounts.block'],
];

/** One account with what can be done to it, one thing at a time. */
export function Account({ account, onDone }: Props) {
  const { t, term, moment } = useWords();
  const { viewer } = useViewer();
  const [act, setAct] = useState<Deed>();
  const own = viewer?.subject.toLowerCase() === account.name;
  const close = () => setAct(undefined);
  const finish = (message: string) => {
    close();
    onDone(message);
  };
  const may = (which: Deed) => !account.disabledAt && !(own && (which === 'role' || which === 'block'));
  return (
    <li className={account.disabledAt ? 'blocked' : undefined}>
      <div className="account">
        <div>
          <h3>{account.name}</h3>
          <p className="facts">
            <span>{term('Role', account.role)}</span>
            <span>{t('accounts.since', { at: moment(account.createdAt) })}</span>
            {account.disabledAt && <span>{t('accounts.blocked', { at: moment(account.disabledAt) })}</span>}
            {own && <span>{t('accounts.own')}</span>}
          </p>
        </div>
        {!account.disabledAt && (
          <div className="line">
            {acts
              .filter(([which]) => may(which))
              .map(([which, label]) => (
                <button key={which} type="button" aria-expanded={act === which} onClick={() => setAct(act === which ? undefined : which)}>
                  {t(label)}
                </button>
              ))}
          </div>
        )}
      </div>
      {act === 'role' && <ChangeRole account={account} onDone={finish} onClose={close} />}
      {act === 'password' && <ChangePassword account={account} onDone={finish} onClose={close} />}
      {act === 'revoke' && <Revoke account={account} onDone={finish} onClose={close} />}
      {act === 'block' && <Block account={account} onDone={finish} onClose={close} />}
    </li>
  );
}

type FormProps = Props & { onClose(): void };

function ChangeRole({ account: { name, role }, onDone, onClose }: FormProps) {
  const { t, term } = useWords();
  const { send, busy, trouble } = useAct(SetAccountRole);
  return (
    <Act
      sure={t('accounts.role.sure')}
      label={t('accounts.role.do')}
      busy={busy}
      trouble={trouble}
      onClose={onClose}
      onSubmit={(form) => {
        const next = entered(form, 'role') as Role;
        void send({ name, role: next }, () => onDone(t('accounts.role.done', { name, role: term('Role', next) })));
      }}
    >
      <RoleChoice initial={role} />
    </Act>
  );
}

function ChangePassword({ account: { name }, onDone, onClose }: FormProps) {
  const { t } = useWords();
  const { send, busy, trouble } = useAct(ResetPassword);
  return (
    <Act
      sure={t('accounts.reset.sure')}
      label={t('accounts.reset.do')}
      busy={busy}
      trouble={trouble}
      onClose={onClose}
      onSubmit={(form) => void send({ name, password: entered(form, 'password') }, () => onDone(t('accounts.reset.done', { name })))}
    >
      <NewPassword />
    </Act>
  );
}

function Revoke({ account: { name }, onDone, onClose }: FormProps) {
  const { t } = useWords();
  const { send, busy, trouble } = useAct(RevokeTokens);
  return (
    <Act
      sure={t('accounts.revoke.sure', { name })}
      label={t('accounts.revoke.do')}
      busy={busy}
      trouble={trouble}
      onClose={onClose}
      onSubmit={() => void send({ subject: name }, () => onDone(t('accounts.revoke.done', { name })))}
    />
  );
}

function Block({ account: { name }, onDone, onClose }: FormProps) {
  const { t } = useWords();
  const { send, busy, trouble } = useAct(DisableAccount);
  return (
    <Act
      sure={t('accounts.block.sure', { name })}
      label={t('accounts.block.do')}
      busy={busy}
      trouble={trouble}
      onClose={onClose}
      onSubmit={() => void send({ name }, () => onDone(t('accounts.block.done', { name })))}
    />
  );
}

interface ActProps {
  /** What will follow, told before it is done. */
  sure: string;
  label: string;
  busy: boolean;
  trouble: string | undefined;
  onSubmit(form: HTMLFormElement): void;
  onClose(): void;
  children?: ReactNode;
}

function Act({ sure, label, busy, trouble, onSubmit, onClose, children }: ActProps) {
  const { t } = useWords();
  return (
    <form
      className="account-act"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(event.currentTarget);
      }}
    >
      <p>{sure}</p>
      <div className="line">
        {children}
        <button type="submit" className="primary" disabled={busy}>
          {label}
        </button>
        <button type="button" className="link" onClick={onClose}>
          {t('accounts.cancel')}
        </button>
      </div>
      {trouble && <p role="alert">{trouble}</p>}
    </form>
  );
}
