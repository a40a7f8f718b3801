import { useId, useState } from 'react';
import type { IssueTokenMutation, Role } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { RoleChoice } from './fields';
import { IssueToken, RevokeToken, RevokeTokens } from './operations';
import { entered, useAct } from './useAct';

type Issued = IssueTokenMutation['answer'];

/** The longest life of a token, in hours. */
const longest = 24;

/** Makes a token for a program. It is shown until the reader says that it is kept, or leaves the page, and never again. */
export function IssueForm() {
  const { t } = useWords();
  const { send, busy, trouble } = useAct(IssueToken);
  const [issued, setIssued] = useState<Issued>();
  if (issued) return <Shown issued={issued} onKept={() => setIssued(undefined)} />;
  return (
    <form
      aria-labelledby="token-issue"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const variables = { subject: entered(form, 'subject').trim(), role: entered(form, 'role') as Role, hours: Number(entered(form, 'hours')) };
        void send(variables, setIssued);
      }}
    >
      <h3 id="token-issue">{t('tokens.issue')}</h3>
      <p className="quiet small">{t('tokens.issue.hint')}</p>
      <div className="line">
        <label>
          {t('tokens.subject')} <input name="subject" autoComplete="off" spellCheck={false} required maxLength={200} />
        </label>
        <RoleChoice />
        <label>
          {t('tokens.hours')} <input name="hours" type="number" min={1} max={longest} defaultValue={8} required />
        </label>
      </div>
      <button type="submit" disabled={busy}>
        {t('tokens.issue.do')}
      </button>
      {trouble && <p role="alert">{trouble}</p>}
    </form>
  );
}

function Shown({ issued, onKept }: { issued: Issued; onKept(): void }) {
  const { t, moment } = useWords();
  const id = useId();
  const [copied, setCopied] = useState<boolean>();
  // Where the browser keeps the clipboard from pages (as over plain HTTP), the field is there to copy from.
  const copy = () => void Promise.resolve(navigator.clipboard?.writeText(issued.token ?? '')).then(() => setCopied(Boolean(navigator.clipboard)), () => setCopied(false));
  return (
    <section className="token-shown" aria-labelledby={`${id}-head`}>
      <h3 id={`${id}-head`}>{t('tokens.issued')}</h3>
      <p role="alert">{t('tokens.once')}</p>
      <label htmlFor={id}>{t('desk.token')}</label>
      <div className="line">
        <input id={id} readOnly value={issued.token ?? ''} autoComplete="off" spellCheck={false} onFocus={(event) => event.currentTarget.select()} />
        <button type="button" onClick={copy}>
          {t('tokens.copy')}
        </button>
        <span role="status">{copied === undefined ? '' : t(copied ? 'tokens.copied' : 'tokens.copy.by.hand')}</span>
      </div>
      <p className="small">
        {t('tokens.id')} <code>{issued.id}</code> · {issued.expiresAt && t('desk.expires', { at: moment(issued.expiresAt) })}
      </p>
      <button type="button" className="primary" onClick={onKept}>
        {t('tokens.kept')}
      </button>
    </section>
  );
}

/** Takes back one token by its id, or all tokens of a subject. */
export function RevokeForm({ onDone }: { onDone(message: string): void }) {
  const { t } = useWords();
  const one = useAct(RevokeToken);
  const all = useAct(RevokeTokens);
  const trouble = one.trouble ?? all.trouble;
  return (
    <form
      aria-labelledby="token-revoke"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const value = entered(form, 'value').trim();
        const done = (message: string) => {
          form.reset();
          onDone(message);
        };
        if (entered(form, 'what') === 'id') void one.send({ id: value }, () => done(t('tokens.revoke.done', { id: value })));
        else void all.send({ subject: value }, () => done(t('accounts.revoke.done', { name: value })));
      }}
    >
      <h3 id="token-revoke">{t('tokens.revoke')}</h3>
      <p className="quiet small">{t('tokens.revoke.hint')}</p>
      <div className="line">
        <label>
          {t('tokens.revoke.what')}{' '}
          <select name="what" defaultValue="id">
            <option value="id">{t('tokens.revoke.one')}</option>
            <option value="subject">{t('tokens.revoke.all')}</option>
          </select>
        </label>
        <label>
          {t('tokens.revoke.value')} <input name="value" autoComplete="off" spellCheck={false} required maxLength={255} />
        </label>
      </div>
      <button type="submit" disabled={one.busy || all.busy}>
        {t('tokens.revoke.do')}
      </button>
      {trouble && <p role="alert">{trouble}</p>}
    </form>
  );
}
