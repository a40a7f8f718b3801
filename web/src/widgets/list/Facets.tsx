import { Link } from 'wouter';
import { graphql } from '../../gql';
import type { FacetKeyFragment } from '../../gql/graphql';
import { type Key, useWords } from '../../i18n';
import { useAddress } from '../../state/address';
import './list.css';

graphql(`
  fragment FacetKey on GroupKey {
    dimension
    value
    node {
      __typename
      ... on Organization {
        id
        name
      }
      ... on Person {
        id
        name
      }
    }
  }
`);

/** One dimension that a list can be narrowed by. */
export interface Facet {
  /** Name of the parameter in the address. */
  name: string;
  title: Key;
  groups: { keys: FacetKeyFragment[]; count: number }[];
  /** Enum of the API whose words the values have. */
  type?: string;
}

/** Words for the value of a group's key. */
export function keyLabel(key: FacetKeyFragment | undefined, type: string | undefined, { t, term }: ReturnType<typeof useWords>): string {
  if (!key || key.value === null || key.value === undefined) return t('filter.unknown');
  if (key.dimension === 'OTHERS') return t('filter.others', { n: Number(key.value) });
  const node = key.node;
  if (node && 'name' in node) return node.name;
  return type ? term(type, key.value) : key.value;
}

/** Dimensions with their counts; choosing a value narrows the list, choosing it again widens it. */
export function Facets({ facets }: { facets: Facet[] }) {
  const words = useWords();
  const { parameters, address } = useAddress();
  return facets
    .filter(({ groups, name }) => groups.some(({ keys }) => keys[0]?.value) && (groups.length > 1 || parameters.get(name)))
    .map(({ name, title, groups, type }) => {
      const most = Math.max(...groups.map(({ count }) => count));
      return (
        <section key={name} className="facet" aria-label={words.t(title)}>
          <h2>{words.t(title)}</h2>
          <ul>
            {groups.map(({ keys: [key], count }) => {
              const value = key?.value ?? undefined;
              const label = keyLabel(key, type, words);
              const chosen = value !== undefined && parameters.get(name) === value;
              const line = (
                <>
                  <span className="facet-label">{label}</span>
                  <span className="count">{words.number(count)}</span>
                  <meter aria-hidden="true" max={most} value={count} />
                </>
              );
              if (value === undefined) {
                return (
                  <li key="" className="facet-value quiet">
                    {line}
                  </li>
                );
              }
              return (
                <li key={value}>
                  <Link
                    href={address({ [name]: chosen ? undefined : value, after: undefined })}
                    className="facet-value"
                    aria-current={chosen ? 'true' : undefined}
                  >
                    {line}
                  </Link>
                </li>
              );
            })}
          </ul>
        </section>
      );
    });
}
