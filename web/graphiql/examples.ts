import meeting from './examples/1-meeting.graphql?raw';
import sources from './examples/2-sources.graphql?raw';
import sourcesVariables from './examples/2-sources.json?raw';
import attendance from './examples/3-attendance.graphql?raw';
import attendanceVariables from './examples/3-attendance.json?raw';
import documents from './examples/4-documents.graphql?raw';
import owed from './examples/5-owed.graphql?raw';
import write from './examples/6-write.graphql?raw';
import writeVariables from './examples/6-write.json?raw';

/** One tab of the editor: a query, its variables and its headers, all as text. */
export interface Example {
  query: string;
  variables?: string;
  headers?: string;
}

/** Worked examples that the editor opens with. Each answers something on the sample minutes. */
export const examples: Example[] = [
  { query: meeting },
  { query: sources, variables: sourcesVariables },
  { query: attendance, variables: attendanceVariables },
  { query: documents },
  { query: owed },
  { query: write, variables: writeVariables, headers: '{ "Authorization": "Bearer TOKEN" }' },
];

/** The tab that an address asks for by `?query=`, as the explorer links to it; null without one. */
export function linkedExample(search: string): Example | null {
  const parameters = new URLSearchParams(search);
  const query = parameters.get('query');
  if (!query) return null;
  return { query, variables: parameters.get('variables') ?? undefined };
}
