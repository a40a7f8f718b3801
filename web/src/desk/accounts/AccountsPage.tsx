import { useState } from 'react';
import { useData } from '../../api/client';
import { useWords } from '../../i18n';
import { Nothing, Show } from '../../widgets/status/Status';
import { useViewer } from '../viewer';
import './accounts.css';
import { Account } from './Account';
import { NewAccount } from './NewAccount';
import { AccountsQuery } from './operations';
import { IssueForm, RevokeForm } from './Tokens';

/** Accounts, and tokens of those who have none; for admins. */
export function AccountsPage() {
  const { t } = useWords();
  const { may } = useViewer();
  const state = useData(AccountsQuery, {}, !may('ADMIN'));
  const [said, say] = useState('');
  if (!may('ADMIN')) return <Nothing text={t('accounts.admins')} />;
  const done = (message: string) => {
    say(message);
    state.retry();
  };
  return (
    <>
      <p role="status" className={said && 'said'}>
        {said}
      </p>
      <section aria-labelledby="accounts">
        <Show state={state} lines={6}>
          {({ accounts }) => (
            <>
              <h2 id="accounts">
                {t('accounts.title')} <span className="count">{t('accounts.count', { n: accounts.filter(({ disabledAt }) => !disabledAt).length })}</span>
              </h2>
              {accounts.length === 0 && <Nothing text={t('accounts.none')} hint={t('accounts.none.hint')} />}
              <ul className="rows accounts">
                {accounts.map((account) => (
                  <Account key={account.name} account={account} onDone={done} />
                ))}
              </ul>
            </>
          )}
        </Show>
        <NewAccount onDone={done} />
      </section>
      <section aria-labelledby="tokens">
        <h2 id="tokens">{t('tokens.title')}</h2>
        <div className="token-forms">
          <IssueForm />
          <RevokeForm onDone={say} />
        </div>
      </section>
    </>
  );
}
