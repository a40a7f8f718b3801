import { useState } from 'react';
import { useChange } from '../api/client';
import { describe } from '../api/problem';
import { graphql } from '../gql';
import { useWords } from '../i18n';
import { useViewer } from './viewer';

const Mutation = graphql(`
  mutation Undo($change: ID!) {
    undo(change: $change) {
      record {
        id
        version
      }
      kept
      userErrors {
        ...Refusal
      }
    }
  }
`);

/** Takes back one change of the log, after asking once. `onDone` is told the version the record has then, where it is there. */
export function Undo({ change, onDone }: { change: string; onDone(version?: number): void }) {
  const words = useWords();
  const { t } = words;
  const { may } = useViewer();
  const [run, busy] = useChange(Mutation);
  const [asking, setAsking] = useState(false);
  const [answer, setAnswer] = useState<string>();
  if (!may('ADMIN')) return null;
  const take = async () => {
    const { data, error } = await run({ change });
    const refused = data?.undo.userErrors[0];
    const kept = data?.undo.kept ?? [];
    setAsking(false);
    setAnswer(error ? describe(error, words).text : refused ? refused.message : kept.length ? t('undo.kept', { fields: kept.join('、') }) : t('undo.done'));
    if (!error && !refused) onDone(data?.undo.record?.version);
  };
  if (answer) return <span role="status">{answer}</span>;
  if (!asking) {
    return (
      <button type="button" className="link" onClick={() => setAsking(true)}>
        {t('undo.ask')}
      </button>
    );
  }
  return (
    <span className="line">
      {t('undo.sure')}
      <button type="button" disabled={busy} onClick={() => void take()}>
        {t('undo.ask')}
      </button>
      <button type="button" className="link" onClick={() => setAsking(false)}>
        {t('undo.not')}
      </button>
    </span>
  );
}
