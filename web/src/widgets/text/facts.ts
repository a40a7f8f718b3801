import type { MinutesFactsQuery, MinutesDirectivesQuery, MinutesAttendancesQuery, SpanFragment } from '../../gql/graphql';
import type { Key } from '../../i18n';
import { pageOf } from '../../routes';
import type { Stretch } from './offsets';

/** Kinds of facts, as the reader may tell them apart. */
export type FactKind = 'meeting' | 'item' | 'presenter' | 'decision' | 'step' | 'directive' | 'attendance' | 'distribution' | 'document';

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

/** Collects the facts that one document states, in the order of its text. */
export function collectFacts(
  id: string,
  minutes: MinutesFactsQuery,
  directives: MinutesDirectivesQuery | undefined,
  attendances: MinutesAttendancesQuery | undefined,
): Fact[] {
  const facts: Fact[] = [];
  const add = (kind: FactKind, label: string | null, sources: SpanFragment[], href?: string) => {
    for (const { document, start, end, method, quote } of sources) {
      if (document.id !== id || start >= end) continue;
      facts.push({ kind, label: label ?? quote, href, start, end, derived: method === 'DERIVED' });
    }
  };
  const document = minutes.document;
  if (!document) return [];
  add('document', null, document.sources);
  document.distribution.forEach((line) => add('distribution', line.label, line.sources));
  const meeting = document.meeting;
  if (meeting) {
    add('meeting', null, meeting.sources, pageOf('Meeting', meeting.id));
    for (const item of meeting.agendaItems.nodes) {
      const page = pageOf('AgendaItem', item.id);
      add('item', item.title, item.sources, page);
      item.presenters.nodes.forEach((p) =>
        add('presenter', [p.organization?.name, p.person?.name].filter(Boolean).join(' '), p.sources, page),
      );
      for (const decision of item.decisions.nodes) {
        const href = pageOf('Decision', decision.id);
        add('decision', decision.text, decision.sources, href);
        decision.steps.forEach((step) => add('step', null, step.sources, href));
      }
    }
  }
  directives?.directives.nodes.forEach((d) => add('directive', d.text, d.sources, pageOf('Directive', d.id)));
  attendances?.attendances.nodes.forEach((a) =>
    add('attendance', a.label, a.sources, a.person ? pageOf('Person', a.person.id) : undefined),
  );
  return facts.sort((a, b) => a.start - b.start || b.end - a.end);
}
