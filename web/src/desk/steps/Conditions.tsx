import { Link } from 'wouter';
import { useData } from '../../api/client';
import { graphql } from '../../gql';
import type { FacetKeyFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { useAddress } from '../../state/address';
import { keyLabel } from '../../widgets/list/Facets';
import { Suggest } from '../../widgets/search/Suggest';
import { type View, views } from './conditions';

const NameQuery = graphql(`
  query WhoOwes($id: ID!) {
    organization(id: $id) {
      id
      name
    }
  }
`);

interface Props {
  view: View;
  counts: Record<View, number>;
  bodies: { keys: FacetKeyFragment[]; count: number }[];
}

/** What the steps are narrowed by: how far they are, the body that decided, and who owes them; all of it in the address. */
export function Conditions({ view, counts, bodies }: Props) {
  const words = useWords();
  const { t } = words;
  const { parameters, address, change } = useAddress();
  const body = parameters.get('body') ?? '';
  const known = bodies.some(({ keys }) => keys[0]?.value === body);
  return (
    <div className="step-conditions">
      <nav aria-label={t('filter.status')}>
        <ul>
          {views.map((name) => (
            <li key={name}>
              <Link href={address({ status: name === 'open' ? undefined : name, after: undefined })} aria-current={name === view ? 'true' : undefined}>
                {t(`steps.${name}`)} <span className="count">{words.number(counts[name])}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <label>
        <span className="quiet">{t('filter.body')}</span>{' '}
        <select value={body} onChange={(event) => change({ body: event.target.value, after: undefined })}>
          <option value="">{t('state.all')}</option>
          {!known && body && <option value={body}>{t('steps.otherBody')}</option>}
          {bodies.flatMap(({ keys: [key], count }) => {
            const value = key?.dimension === 'BODY' ? key.value : undefined;
            return value
              ? [
                  <option key={value} value={value}>
                    {keyLabel(key, undefined, words)} ({words.number(count)})
                  </option>,
                ]
              : [];
          })}
        </select>
      </label>
      <Owes />
      <label>
        <span className="quiet">{t('filter.order')}</span>{' '}
        <select value={parameters.get('order') === 'newest' ? 'newest' : ''} onChange={(event) => change({ order: event.target.value, after: undefined })}>
          <option value="">{t('order.oldest')}</option>
          <option value="newest">{t('order.newest')}</option>
        </select>
      </label>
    </div>
  );
}

/** Who owes the steps: chosen by name, or taken off. */
function Owes() {
  const { t } = useWords();
  const { parameters, change } = useAddress();
  const id = parameters.get('owedBy') ?? '';
  const named = useData(NameQuery, { id }, !id);
  const name = id ? (named.data?.organization?.name ?? id) : '';
  return (
    <div className="step-owes">
      <label htmlFor="owes" className="quiet">
        {t('steps.owes')}
      </label>
      {id ? (
        <button type="button" id="owes" className="chip" aria-label={t('state.remove', { name })} onClick={() => change({ owedBy: undefined, after: undefined })}>
          {name} <span aria-hidden="true">×</span>
        </button>
      ) : (
        <Suggest id="owes" label={t('steps.owes')} types={['Organization']} onChoose={(chosen) => change({ owedBy: chosen.id, after: undefined })} />
      )}
    </div>
  );
}
