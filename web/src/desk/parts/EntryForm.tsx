import { useState } from 'react';
import { useWords } from '../../i18n';
import { blank, changed, type Field, inputsOf, valuesOf } from '../fields';
import { FieldInput } from '../FieldInput';
import { useGuard } from '../guard';

/** Why a write was refused: a failure as a whole, or problems that each belong to a field. */
export interface Trouble {
  text?: string;
  refusals: { message: string; path: string[] }[];
}

interface Props {
  fields: readonly Field[];
  /** Values to begin with; nothing for a new entry. */
  entry?: Record<string, unknown>;
  action: string;
  onSave(values: Record<string, unknown>): Promise<Trouble | undefined>;
  onCancel(): void;
}

/** A form for one entry of a list. What is missing is said beside the field, in the words of the page. */
export function EntryForm({ fields, entry, action, onSave, onCancel }: Props) {
  const { t } = useWords();
  const [before] = useState(() => (entry ? valuesOf(entry, fields) : blank(fields)));
  const [values, setValues] = useState(before);
  const [trouble, setTrouble] = useState<Trouble>({ refusals: [] });
  const [busy, setBusy] = useState(false);
  const dirty = changed(before, values);
  useGuard(dirty.length > 0);
  const own = ({ path }: { path: string[] }) => fields.some(({ name }) => path.at(-1) === name);
  return (
    <form
      className="edit entry-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const lacking = fields.filter(({ required, kind, name }) => required && kind === 'record' && !values[name]?.value);
        if (lacking.length) {
          setTrouble({ refusals: lacking.map(({ name }) => ({ message: t('pick.needed'), path: [name] })) });
          return;
        }
        setBusy(true);
        void onSave(inputsOf(values, fields)).then((refused) => {
          if (!refused) return;
          setBusy(false);
          setTrouble(refused);
        });
      }}
    >
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={values[field.name]!}
          changed={entry !== undefined && dirty.includes(field.name)}
          problem={trouble.refusals.find(({ path }) => path.at(-1) === field.name)?.message}
          onChange={(value) => setValues({ ...values, [field.name]: value })}
        />
      ))}
      {trouble.text && <p role="alert">{trouble.text}</p>}
      {trouble.refusals
        .filter((refusal) => !own(refusal))
        .map(({ message }) => (
          <p key={message} role="alert">
            {message}
          </p>
        ))}
      <p className="line">
        <button type="submit" className="primary" disabled={busy || (entry !== undefined && !dirty.length)}>
          {action}
        </button>
        <button type="button" onClick={onCancel}>
          {t('import.leave')}
        </button>
      </p>
    </form>
  );
}
