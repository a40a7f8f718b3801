import type { Key } from '../i18n';
import type { PageType } from '../routes';

/** A field of a record as a form shows it. */
export interface Field {
  /** Name in the record and in the patch. */
  name: string;
  label: Key;
  kind: 'line' | 'text' | 'number' | 'date' | 'choice' | 'flag' | 'record' | 'records';
  required?: boolean;
  /** What a new record or entry begins with. */
  initial?: string;
  /** Enum of the API, for a choice. */
  type?: string;
  options?: readonly string[];
  /** Types of records to choose from. */
  records?: readonly PageType[];
  /** The records to choose from, where they are few and known. */
  members?: readonly Named[];
}

/** A record by its id and what it is called. */
export interface Named {
  id: string;
  name: string;
}

/** Text for every field; for a record its id, with its name beside it; for several their ids, with the records beside them. */
export interface Value {
  value: string;
  name?: string;
  several?: readonly Named[];
}

/** Values of a form by the names of its fields. */
export type Values = Record<string, Value>;

/** The value of a field that holds several records. */
export const valueOf = (several: readonly Named[]): Value => ({ value: several.map(({ id }) => id).join(' '), several });

const nothing: Value = { value: '' };

/** What a new form begins with. */
export const blank = (fields: readonly Field[]): Values =>
  Object.fromEntries(fields.map(({ name, kind, initial = '' }) => [name, kind === 'records' ? valueOf([]) : { value: initial }]));

/** Reads the values of a form's fields from a record as the API gives it. */
export function valuesOf(record: Record<string, unknown>, fields: readonly Field[]): Values {
  const values: Values = {};
  for (const { name, kind } of fields) {
    const value = record[name];
    if (kind === 'record') {
      const other = value as { id: string; name?: string; title?: string } | null;
      values[name] = { value: other?.id ?? '', name: other?.name ?? other?.title ?? '' };
    } else if (kind === 'records') {
      values[name] = valueOf((value ?? []) as Named[]);
    } else {
      values[name] = { value: value === null || value === undefined ? '' : String(value) };
    }
  }
  return values;
}

/** Fields whose values differ. */
export function changed(before: Values, after: Values): string[] {
  return Object.keys(after).filter((name) => (before[name]?.value ?? '') !== after[name]!.value);
}

/** A value as the API takes it: null where the field is empty. */
export function inputOf(field: Field | undefined, { value, several }: Value = nothing): unknown {
  if (field?.kind === 'records') return (several ?? []).map(({ id }) => id);
  if (field?.kind === 'flag') return value === 'true';
  if (value === '') return null;
  return field?.kind === 'number' ? Number(value) : value;
}

/** All values of a form as the API takes them. */
export const inputsOf = (values: Values, fields: readonly Field[]): Record<string, unknown> =>
  Object.fromEntries(fields.map((field) => [field.name, inputOf(field, values[field.name])]));

/** The patch that turns one form into the other: changed fields only, and null where a field was emptied. */
export function patchOf(before: Values, after: Values, fields: readonly Field[]): Record<string, unknown> {
  const inputs = inputsOf(after, fields);
  return Object.fromEntries(changed(before, after).map((name) => [name, inputs[name]]));
}
