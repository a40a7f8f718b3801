import { useState } from 'react';
import { type Key, useWords } from '../i18n';
import { changed, type Field, inputsOf, type Values } from './fields';
import { FieldInput } from './FieldInput';
import { useGuard } from './guard';
import { type Refusal, refusalOf, Refused } from './Refused';

/** Why a write was refused: a failure as a whole, or problems that each belong to a field. */
export interface Trouble {
  text?: string;
  refusals: readonly Refusal[];
}

interface Props {
  fields: readonly Field[];
  /** Values to begin with. */
  before: Values;
  /** Whether there is something already that the form changes. */
  edits?: boolean;
  action: string;
  /** A second way to save, after which the form is used again. */
  further?: string;
  /** Sends the inputs; `values` are the same as the form shows them. */
  onSave(inputs: Record<string, unknown>, further: boolean, values: Values): Promise<Trouble | undefined>;
  onCancel?(): void;
}

/** What is missing in a form, field by field, in the words of the page. */
function missing(fields: readonly Field[], values: Values, t: (key: Key) => string): Refusal[] {
  return fields
    .filter(({ required, name }) => required && !values[name]?.value.trim())
    .map(({ name, kind, members }) => ({ message: t(kind === 'record' && !members ? 'pick.needed' : 'edit.required'), path: [name] }));
}

/** A form whose values are sent as a whole. What is wrong is said beside the field, whether it is seen here or by the API. */
export function FieldsForm({ fields, before, edits = false, action, further, onSave, onCancel }: Props) {
  const { t } = useWords();
  const [values, setValues] = useState(before);
  const [trouble, setTrouble] = useState<Trouble>({ refusals: [] });
  const [busy, setBusy] = useState(false);
  const dirty = changed(before, values);
  useGuard(dirty.length > 0);
  const own = ({ path, code }: Refusal) => code !== 'CONFLICT' && fields.some(({ name }) => path.at(-1) === name);
  const submit = async (again: boolean) => {
    const lacking = missing(fields, values, t);
    if (lacking.length) return setTrouble({ refusals: lacking });
    setBusy(true);
    const refused = await onSave(inputsOf(values, fields), again, values);
    if (!refused) return;
    setBusy(false);
    setTrouble(refused);
  };
  return (
    <form
      className="edit"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const button = (event.nativeEvent as SubmitEvent).submitter;
        void submit(button?.getAttribute('value') === 'further');
      }}
    >
      {fields.map((field) => {
        const refusal = refusalOf(trouble.refusals, field.name);
        return (
          <FieldInput
            key={field.name}
            field={field}
            value={values[field.name]!}
            changed={edits && dirty.includes(field.name)}
            problem={refusal && <Refused refusal={refusal} />}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
          />
        );
      })}
      {trouble.text && <p role="alert">{trouble.text}</p>}
      {trouble.refusals
        .filter((refusal) => !own(refusal))
        .map((refusal) => (
          <p key={refusal.message} role="alert">
            <Refused refusal={refusal} />
          </p>
        ))}
      <p className="line">
        <button type="submit" className="primary" disabled={busy || (edits && !dirty.length)}>
          {action}
        </button>
        {further && (
          <button type="submit" value="further" disabled={busy}>
            {further}
          </button>
        )}
        {onCancel && (
          <button type="button" onClick={onCancel}>
            {t('import.leave')}
          </button>
        )}
      </p>
    </form>
  );
}
