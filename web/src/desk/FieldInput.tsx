import { useId } from 'react';
import { useWords } from '../i18n';
import { type Field, type Named, type Value, valueOf } from './fields';
import { Picker } from './Picker';

interface Props {
  field: Field;
  value: Value;
  changed: boolean;
  problem?: React.ReactNode;
  onChange(value: Value): void;
}

/** One field of a form, with what is wrong with it beside it. */
export function FieldInput({ field, value, changed, problem, onChange }: Props) {
  const { t, term } = useWords();
  const id = useId();
  const shared = {
    id,
    required: field.required,
    'aria-invalid': problem ? (true as const) : undefined,
    'aria-describedby': problem ? `${id}-problem` : undefined,
  };
  const set = (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) => onChange({ value: event.target.value });
  const label = t(field.label);
  return (
    <div className={`field${changed ? ' field-changed' : ''}`}>
      <label htmlFor={id}>{label}</label>
      {field.kind === 'text' && <textarea {...shared} value={value.value} onChange={set} rows={3} />}
      {field.kind === 'choice' && (
        <select {...shared} value={value.value} onChange={set}>
          {(!field.required || !value.value) && <option value="">–</option>}
          {field.options?.map((option) => (
            <option key={option} value={option}>
              {term(field.type ?? '', option)}
            </option>
          ))}
        </select>
      )}
      {field.kind === 'flag' && (
        <span>
          <input {...shared} type="checkbox" checked={value.value === 'true'} onChange={(event) => onChange({ value: String(event.target.checked) })} />
        </span>
      )}
      {field.kind === 'record' && field.members && (
        <select {...shared} value={value.value} onChange={(event) => onChange({ value: event.target.value, name: nameIn(field.members!, event.target.value) })}>
          <option value="">–</option>
          {field.members.map((member) => (
            <option key={member.id} value={member.id}>
              {member.name}
            </option>
          ))}
        </select>
      )}
      {field.kind === 'record' && !field.members && (
        <div className="line">
          <Picker
            {...shared}
            key={value.value}
            label={label}
            types={field.records}
            chosen={{ id: value.value, name: value.name ?? '' }}
            onChoose={(chosen) => onChange({ value: chosen?.id ?? '', name: chosen?.name ?? '' })}
          />
          {!field.required && value.value && (
            <button type="button" onClick={() => onChange({ value: '', name: '' })} aria-label={`${t('edit.clear')}: ${label}`}>
              {t('edit.clear')}
            </button>
          )}
        </div>
      )}
      {field.kind === 'records' && <Several {...shared} field={field} value={value} onChange={onChange} />}
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

const nameIn = (members: readonly Named[], id: string) => members.find((member) => member.id === id)?.name;

interface SeveralProps extends Pick<Props, 'field' | 'value' | 'onChange'> {
  id: string;
  'aria-invalid'?: true;
  'aria-describedby'?: string;
}

/** Several records: those chosen, each with a way out, and a field that adds one. */
function Several({ field, value, onChange, id, ...described }: SeveralProps) {
  const { t } = useWords();
  const chosen = value.several ?? [];
  return (
    <div className="several">
      {chosen.length > 0 && (
        <ul>
          {chosen.map((record) => (
            <li key={record.id}>
              {record.name}{' '}
              <button
                type="button"
                className="link"
                aria-label={`${t('parts.out')}: ${record.name}`}
                onClick={() => onChange(valueOf(chosen.filter((other) => other !== record)))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <Picker
        {...described}
        id={id}
        label={t(field.label)}
        types={field.records}
        onChoose={(record) => record && !chosen.some((other) => other.id === record.id) && onChange(valueOf([...chosen, record]))}
      />
    </div>
  );
}
