import { useId, useState } from 'react';
import { useClient } from 'urql';
import { describe } from '../../api/problem';
import { useWords } from '../../i18n';
import { changeOf } from '../changeOf';
import { blank, type Field, inputsOf, valuesOf } from '../fields';
import { FieldsForm, type Trouble } from '../FieldsForm';
import { kinds } from '../kinds';
import { Undo } from '../Undo';
import { useViewer } from '../viewer';
import { EntryLine } from './EntryLine';
import type { Entry, List } from './lists';

type Answer = { answer: { record?: { version?: number } | null; userErrors: { code: string; message: string; path: string[] }[] } };

/** What was done last, to be taken back. */
interface Deed {
  text: string;
  change?: string;
}

const placeField: Field = { name: 'position', label: 'field.position', kind: 'number' };

/** One list of a record: its entries, and ways to add, change, move and remove them. */
export function PartList({ list, onWritten }: { list: List; onWritten(version: number): void }) {
  const words = useWords();
  const { t, number } = words;
  const { may } = useViewer();
  const client = useClient();
  const heading = useId();
  const [form, setForm] = useState<'new' | number>();
  const [busy, setBusy] = useState(false);
  const [deed, setDeed] = useState<Deed>();
  const [trouble, setTrouble] = useState<string>();
  const inputs = (entry: Entry) => inputsOf(valuesOf(entry.values, list.fields), list.fields);

  /** Runs a mutation; what it refuses comes back, what went well is noted with its way back. */
  const write = async (text: string, query: { toString(): string }, variables: object): Promise<Trouble | undefined> => {
    setBusy(true);
    setTrouble(undefined);
    setDeed(undefined);
    const { data, error } = await client.mutation<Answer>(query.toString(), { id: list.owner.id, version: list.owner.version, ...variables }).toPromise();
    setBusy(false);
    if (error || !data) return { text: error && describe(error, words).text, refusals: [] };
    const { record, userErrors } = data.answer;
    if (userErrors.length) {
      const conflict = userErrors.find(({ code }) => code === 'CONFLICT');
      if (conflict) onWritten(list.owner.version);
      return { text: conflict && t('parts.conflict'), refusals: conflict ? [] : userErrors };
    }
    const version = record?.version ?? list.owner.version;
    setForm(undefined);
    setDeed({ text });
    onWritten(version);
    if (may('ADMIN') && version !== list.owner.version) setDeed({ text, change: await changeOf(client, list.owner.id, version) });
    return undefined;
  };
  /** Runs what has no form to show its troubles in. */
  const act = async (...deeds: Parameters<typeof write>) => {
    const refused = await write(...deeds);
    setTrouble(refused && (refused.text ?? refused.refusals.map(({ message }) => message).join('; ')));
  };
  const replace = (entries: Entry[]) => ({ patch: { [list.name]: entries.map((entry) => list.patches!(inputs(entry))) } });
  const move = (from: number, to: number) => {
    const entries = list.entries.toSpliced(from, 1);
    void act(t('parts.moved'), kinds[list.type]!.write, replace(entries.toSpliced(to, 0, list.entries[from]!)));
  };
  const fieldsOfNew = list.patches ? [...list.fields, placeField] : list.fields;
  const locked = busy || form !== undefined || !may('EDITOR');
  return (
    <section className="part-list" aria-labelledby={heading}>
      <h3 id={heading}>
        {t(list.label)} <span className="count">{number(list.entries.length)}</span>
      </h3>
      {list.entries.length > 0 && (
        <ol>
          {list.entries.map((entry, i) => (
            <li key={`${i} ${JSON.stringify(entry.values)}`}>
              {form === i ? (
                <FieldsForm
                  fields={list.fields}
                  before={valuesOf(entry.values, list.fields)}
                  edits
                  action={t('edit.save')}
                  onSave={(values) =>
                    write(t('parts.changed'), kinds[list.type]!.write, {
                      patch: { [list.name]: list.entries.map((other, at) => list.patches!(at === i ? values : inputs(other))) },
                    })
                  }
                  onCancel={() => setForm(undefined)}
                />
              ) : (
                <EntryLine
                  entry={entry}
                  fields={list.fields}
                  locked={locked}
                  onEdit={list.patches && list.fields.length > 1 ? () => setForm(i) : undefined}
                  onUp={list.patches && i > 0 ? () => move(i, i - 1) : undefined}
                  onRemove={entry.fixed ? undefined : () => void act(t('parts.removed'), list.remove, list.removes(inputs(entry), i + 1))}
                />
              )}
            </li>
          ))}
        </ol>
      )}
      {form === 'new' ? (
        <FieldsForm
          fields={fieldsOfNew}
          before={blank(fieldsOfNew)}
          action={t('parts.add')}
          onSave={({ position, ...values }) => write(t('parts.added'), list.add, { ...list.adds(values), ...(list.patches ? { position } : {}) })}
          onCancel={() => setForm(undefined)}
        />
      ) : (
        <p className="line">
          <button type="button" disabled={locked} onClick={() => setForm('new')} aria-describedby={heading}>
            {t('parts.new')}
          </button>
          {deed && (
            <span role="status" className="line">
              {deed.text}
              {deed.change && <Undo change={deed.change} onDone={(version) => onWritten(version ?? list.owner.version)} />}
            </span>
          )}
          {trouble && <span role="alert">{trouble}</span>}
        </p>
      )}
    </section>
  );
}
