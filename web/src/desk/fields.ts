import type { Key } from '../i18n';
import type { PageType } from '../routes';

/** A field of a record as a form shows it. */
export interface Field {
  /** Name in the record and in the patch. */
  name: string;
  label: Key;
  kind: 'line' | 'text' | 'number' | 'date' | 'choice' | 'record';
  required?: boolean;
  /** Enum of the API, for a choice. */
  type?: string;
  options?: readonly string[];
  /** Types of records to choose from. */
  records?: readonly PageType[];
}

/** Values of a form: text for every field; for a record its id, with its name beside it. */
export type Values = Record<string, { value: string; name?: string }>;

/** Reads the values of a form's fields from a record as the API gives it. */
export function valuesOf(record: Record<string, unknown>, fields: readonly Field[]): Values {
  const values: Values = {};
  for (const { name, kind } of fields) {
    const value = record[name];
    if (kind === 'record') {
      const other = value as { id: string; name?: string; title?: string } | null;
      values[name] = { value: other?.id ?? '', name: other?.name ?? other?.title ?? '' };
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

/** The patch that turns one form into the other: changed fields only, and null where a field was emptied. */
export function patchOf(before: Values, after: Values, fields: readonly Field[]): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const name of changed(before, after)) {
    const field = fields.find((f) => f.name === name);
    const { value } = after[name]!;
    patch[name] = value === '' ? null : field?.kind === 'number' ? Number(value) : value;
  }
  return patch;
}
