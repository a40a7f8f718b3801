/** Types of records that have a page, by their name in the API, and where the page is. */
const pages = {
  Meeting: 'meetings',
  AgendaItem: 'items',
  Decision: 'decisions',
  Directive: 'directives',
  Document: 'documents',
  Organization: 'organizations',
  Person: 'people',
} as const;

export type PageType = keyof typeof pages;

export const hasPage = (type: string | undefined): type is PageType => type !== undefined && type in pages;

/** Address of a record's page. */
export const pageOf = (type: PageType, id: string): string => `/${pages[type]}/${encodeURIComponent(id)}`;

/** Address of a document's text, marked from start to end (code points, as in the API). */
export function sentence(document: string, start?: number, end?: number): string {
  const at = start === undefined || end === undefined ? '' : `?at=${start}-${end}`;
  return `/minutes/${encodeURIComponent(document)}${at}`;
}

/** Reads `?at=12-34`; null where it is not a stretch of text. */
export function parseStretch(at: string | null): { start: number; end: number } | null {
  const match = /^(\d{1,9})-(\d{1,9})$/.exec(at ?? '');
  if (!match) return null;
  const [start, end] = [Number(match[1]), Number(match[2])];
  return start < end ? { start, end } : null;
}

/** Types of records that are made for one of another type. */
const belongings: Partial<Record<string, readonly string[]>> = {
  Meeting: ['AgendaItem', 'Attendance', 'Document'],
  AgendaItem: ['Decision', 'Directive'],
  Organization: ['Meeting', 'Document', 'Organization', 'Membership'],
  Person: ['Membership'],
};

/** Types of records that can be made for one of a type. */
export const newIn = (type: string): readonly string[] => belongings[type] ?? [];
