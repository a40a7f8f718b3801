import type { ReactNode } from 'react';
import { useWords, type Words } from '../../i18n';
import { hasPage } from '../../routes';
import { RecordLink } from '../../widgets/record/RecordLink';
import { type Field, type Named, type Value, valuesOf } from '../fields';
import type { Entry } from './lists';

interface Props {
  entry: Entry;
  fields: readonly Field[];
  locked: boolean;
  onEdit?(): void;
  onUp?(): void;
  onRemove?(): void;
}

/** An entry of a list as it is, with what can be done to it. */
export function EntryLine({ entry, fields, locked, onEdit, onUp, onRemove }: Props) {
  const words = useWords();
  const { t, term, date } = words;
  const values = valuesOf(entry.values, fields);
  const filled = fields.filter(({ name, kind }) => values[name]!.value !== '' && (kind !== 'flag' || values[name]!.value === 'true'));
  const said = filled.map((field) => plain(field, values[field.name]!, words)).join(' ');
  const action = (name: string, act: (() => void) | undefined, sign = name) =>
    act && (
      <button type="button" className="link" disabled={locked} onClick={act} aria-label={`${name}: ${said}`}>
        {sign}
      </button>
    );
  return (
    <div className="entry-line">
      <span>
        {filled.map((field, i) => (
          <span key={field.name} className="entry-value">
            {i > 0 && field.kind !== 'flag' && <span className="quiet small">{t(field.label)} </span>}
            <Shown field={field} value={values[field.name]!} words={words} />
          </span>
        ))}
        {entry.status && (
          <span className="quiet small entry-value">
            {term('StepStatus', entry.status.value)} {date(entry.status.doneOn, 'medium')}
          </span>
        )}
      </span>
      <span className="entry-actions">
        {action(t('parts.up'), onUp, '↑')}
        {action(t('edit.link'), onEdit)}
        {action(t('parts.out'), onRemove)}
      </span>
    </div>
  );
}

/** A value as a line of text. */
function plain(field: Field, { value, name, several }: Value, { t, term, date }: Words): string {
  if (field.kind === 'records') return (several ?? []).map((record) => record.name).join('、');
  if (field.kind === 'record') return name ?? value;
  if (field.kind === 'choice') return term(field.type ?? '', value);
  if (field.kind === 'flag') return t(field.label);
  return field.kind === 'date' ? date(value, 'medium') : value;
}

function Shown({ field, value, words }: { field: Field; value: Value; words: Words }): ReactNode {
  const type = field.records?.[0];
  if (!hasPage(type)) return plain(field, value, words);
  const records: readonly Named[] = value.several ?? [{ id: value.value, name: value.name ?? value.value }];
  return records.map(({ id, name }, i) => (
    <span key={id}>
      {i > 0 && '、'}
      <RecordLink type={type} id={id}>
        {name}
      </RecordLink>
    </span>
  ));
}
