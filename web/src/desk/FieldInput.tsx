import { useId } from 'react';
import { useWords } from '../i18n';
import { Suggest } from '../widgets/search/Suggest';
import type { Field, Values } from './fields';

interface Props {
  field: Field;
  value: Values[string];
  changed: boolean;
  problem?: string;
  onChange(value: Values[string]): void;
}

/** One field of a form, with what is wrong with it beside it. */
export function FieldInput({ field, value, changed, problem, onChange }: Props) {
  const { t, term } = useWords();
  const id = useId();
  const shared = {
    id,
    required: field.required,
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': problem ? `${id}-problem` : undefined,
  };
  const set = (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) =>
    onChange({ value: event.target.value });
  const label = t(field.label);
  return (
    <div className={`field${changed ? ' field-changed' : ''}`}>
      <label htmlFor={id}>{label}</label>
      {field.kind === 'text' && <textarea {...shared} value={value.value} onChange={set} rows={3} />}
      {field.kind === 'choice' && (
        <select {...shared} value={value.value} onChange={set}>
          {!field.required && <option value="">–</option>}
          {field.options?.map((option) => (
            <option key={option} value={option}>
              {term(field.type ?? '', option)}
            </option>
          ))}
        </select>
      )}
      {field.kind === 'record' && (
        <div className="line">
          <Suggest
            key={value.value}
            id={id}
            label={label}
            initial={value.name}
            types={field.records}
            keep
            onChoose={(chosen) => onChange({ value: chosen.id, name: chosen.label })}
          />
          {!field.required && value.value && (
            <button type="button" onClick={() => onChange({ value: '', name: '' })}>
              {t('edit.clear')}
            </button>
          )}
        </div>
      )}
      {(field.kind === 'line' || field.kind === 'number' || field.kind === 'date') && (
        <input {...shared} type={field.kind === 'line' ? 'text' : field.kind} value={value.value} onChange={set} />
      )}
      {problem && (
        <p id={`${id}-problem`} role="alert" className="field-problem">
          {problem}
        </p>
      )}
    </div>
  );
}
