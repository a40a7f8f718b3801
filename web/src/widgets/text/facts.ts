import type {
  MinutesAttendancesQuery,
  MinutesDecisionsQuery,
  MinutesDirectivesQuery,
  MinutesHeadQuery,
  MinutesItemsQuery,
  SpanFragment,
} from '../../gql/graphql';
import type { Key } from '../../i18n';
import { pageOf } from '../../routes';
import type { Stretch } from './offsets';

/** Kinds of facts, as the reader may tell them apart. */
export type FactKind = 'meeting' | 'item' | 'presenter' | 'decision' | 'step' | 'directive' | 'attendance' | 'distribution' | 'document' | 'warning';

/** A fact and the stretch that states it, still counted in code points. */
export interface Fact extends Stretch {
  kind: FactKind;
  /** What the fact says, in a few words. */
  label: string;
  /** Page of the record. */
  href?: string;
  derived: boolean;
}

export const factName = (kind: FactKind): Key => `fact.${kind}`;

/** What has been loaded of one document's facts. */
export interface Stated {
  document?: MinutesHeadQuery['document'];
  items?: MinutesItemsQuery['agendaItems']['nodes'];
  decisions?: MinutesDecisionsQuery['decisions']['nodes'];
  directives?: MinutesDirectivesQuery['directives']['nodes'];
  attendances?: MinutesAttendancesQuery['attendances']['nodes'];
}

/** Collects the facts that one document states, in the order of its text. */
export function collectFacts(id: string, { document, items, decisions, directives, attendances }: Stated): Fact[] {
  const facts: Fact[] = [];
  const add = (kind: FactKind, label: string | null, sources: SpanFragment[], href?: string) => {
    for (const { document, start, end, method, quote } of sources) {
      if (document.id !== id || start >= end) continue;
      facts.push({ kind, label: label ?? quote, href, start, end, derived: method === 'DERIVED' });
    }
  };
  if (document) add('document', null, document.sources);
  document?.distribution.forEach((line) => add('distribution', line.label, line.sources));
  const meeting = document?.meeting;
  if (meeting) add('meeting', null, meeting.sources, pageOf('Meeting', meeting.id));
  for (const item of items ?? []) {
    const page = pageOf('AgendaItem', item.id);
    add('item', item.title, item.sources, page);
    item.presenters.nodes.forEach((p) =>
      add('presenter', [p.organization?.name, p.person?.name].filter(Boolean).join(' '), p.sources, page),
    );
  }
  for (const decision of decisions ?? []) {
    const page = pageOf('Decision', decision.id);
    add('decision', decision.text, decision.sources, page);
    decision.steps.forEach((step) => add('step', null, step.sources, page));
  }
  directives?.forEach((d) => add('directive', d.text, d.sources, pageOf('Directive', d.id)));
  attendances?.forEach((a) => add('attendance', a.label, a.sources, a.person ? pageOf('Person', a.person.id) : undefined));
  return facts.sort((a, b) => a.start - b.start || b.end - a.end);
}
