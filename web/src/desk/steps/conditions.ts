import type { DecisionFilter, StepStatus } from '../../gql/graphql';
import { all, contains, member, related } from '../../pages/lists/conditions';

/** What the page can be about, the first being the one without a parameter. */
export const views = ['open', 'overdue', 'done'] as const;
export type View = (typeof views)[number];

/** Statuses of the steps that a view shows. A step that is overdue is still to be done. */
export const statuses: Record<View, readonly StepStatus[]> = { open: ['OPEN', 'OVERDUE'], overdue: ['OVERDUE'], done: ['DONE'] };

export const viewOf = (parameter: string | null): View => member(parameter, views) ?? 'open';

/** The conditions of an address as a filter on decisions, each of them about one and the same step. */
export function filterOf(parameters: URLSearchParams, view: View, withBody = true): DecisionFilter {
  const actor = related(parameters.get('owedBy'));
  const body = withBody ? related(parameters.get('body')) : undefined;
  return {
    text: contains(parameters.get('text')),
    meeting: all({ body }),
    steps: { some: { status: { in: [...statuses[view]] }, actors: actor && { some: actor } } },
  };
}

/** The steps of a decision that an address asks for. */
export function shown<Step extends { status: StepStatus; actors: { id: string }[] }>(steps: Step[], parameters: URLSearchParams, view: View): Step[] {
  const owedBy = parameters.get('owedBy');
  return steps.filter(({ status, actors }) => statuses[view].includes(status) && (!owedBy || actors.some(({ id }) => id === owedBy)));
}
