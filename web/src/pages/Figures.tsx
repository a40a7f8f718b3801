import { useData } from '../api/client';
import { graphql } from '../gql';
import type { FacetKeyFragment } from '../gql/graphql';
import { useWords } from '../i18n';
import { useAddress } from '../state/address';
import { Bars } from '../widgets/figure/Bars';
import { Matrix } from '../widgets/figure/Matrix';
import { keyLabel } from '../widgets/list/Facets';
import { Show } from '../widgets/status/Status';
import { all, related } from './lists/conditions';

const Query = graphql(`
  query Figures($items: AgendaItemFilter, $decisions: DecisionFilter, $attendances: AttendanceFilter, $meetings: MeetingFilter) {
    agendaItems(filter: $items) {
      presenters: groups(by: [PRESENTER, YEAR], first: 400) {
        count
        keys {
          ...FacetKey
        }
      }
      kinds: groups(by: [KIND, YEAR], first: 200) {
        count
        keys {
          ...FacetKey
        }
      }
    }
    decisions(filter: $decisions) {
      outcomes: groups(by: [OUTCOME, YEAR], first: 200) {
        count
        keys {
          ...FacetKey
        }
      }
    }
    attendances(filter: $attendances) {
      capacities: groups(by: [CAPACITY, YEAR], first: 200) {
        count
        keys {
          ...FacetKey
        }
      }
      units: groups(by: [ORGANIZATION, YEAR], first: 400) {
        count
        keys {
          ...FacetKey
        }
      }
    }
    meetings(filter: $meetings) {
      bodies: groups(by: [BODY, YEAR], first: 200) {
        count
        keys {
          ...FacetKey
        }
      }
    }
    all: meetings {
      bodies: groups(by: [BODY], first: 50) {
        count
        keys {
          ...FacetKey
        }
      }
    }
  }
`);

export default function Figures() {
  const words = useWords();
  const { t } = words;
  const { parameters, change } = useAddress();
  const body = related(parameters.get('body'));
  const meeting = body && { body };
  const state = useData(Query, {
    items: all({ meeting }),
    decisions: all({ meeting }),
    attendances: all({ meeting }),
    meetings: all({ body }),
  });
  const list = (path: string, conditions: Record<string, string | null | undefined>) => {
    const given = { ...conditions, body: conditions.body ?? parameters.get('body') };
    if (Object.values(conditions).some((value) => value === null)) return undefined;
    const query = new URLSearchParams(Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1])));
    return `${path}?${query}`;
  };
  const value = (key?: FacetKeyFragment) => (key ? (key.value ?? null) : undefined);
  return (
    <main id="content" className="page narrow">
      <title>{`${t('figures.title')} · ${t('app.name')}`}</title>
      <header className="page-head">
        <h1>{t('figures.title')}</h1>
        {state.data && state.data.all.bodies.length > 1 && (
          <label>
            <span className="quiet">{t('filter.body')}</span>{' '}
            <select value={parameters.get('body') ?? ''} onChange={(event) => change({ body: event.target.value })}>
              <option value="">{t('state.all')}</option>
              {state.data.all.bodies.map(({ keys: [key] }) => (
                <option key={key?.value} value={key?.value ?? ''}>
                  {keyLabel(key, undefined, words)}
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      <p className="quiet">{t('figures.lead')}</p>
      <Show state={state} lines={10}>
        {(data) => (
          <>
            <h2>{t('figures.presenters')}</h2>
            <Matrix
              title={t('figures.presenters')}
              groups={data.agendaItems.presenters}
              href={(presenter, year) => list('/items', { presenter: value(presenter), year: value(year) })}
            />
            <h2>{t('figures.outcomes')}</h2>
            <Bars
              title={t('figures.outcomes')}
              groups={data.decisions.outcomes}
              partType="DecisionOutcome"
              href={(outcome, year) => list('/decisions', { outcome: value(outcome), year: value(year) })}
            />
            <h2>{t('figures.kinds')}</h2>
            <Bars
              title={t('figures.kinds')}
              groups={data.agendaItems.kinds}
              partType="AgendaItemKind"
              href={(kind, year) => list('/items', { kind: value(kind), year: value(year) })}
            />
            <h2>{t('figures.capacities')}</h2>
            <Bars
              title={t('figures.capacities')}
              groups={data.attendances.capacities}
              partType="AttendanceCapacity"
              href={(_, year) => list('/meetings', { year: value(year) })}
            />
            <h2>{t('figures.units')}</h2>
            <Matrix title={t('figures.units')} groups={data.attendances.units} href={(unit) => list('/people', { organization: value(unit) })} />
            <h2>{t('figures.bodies')}</h2>
            <Matrix
              title={t('figures.bodies')}
              groups={data.meetings.bodies}
              href={(of, year) => list('/meetings', { body: value(of), year: value(year) })}
            />
          </>
        )}
      </Show>
    </main>
  );
}
