import { Link } from 'wouter';
import type { FacetKeyFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { keyLabel } from '../list/Facets';
import './figure.css';
import { type Group, others, pivot } from './pivot';

interface Props {
  title: string;
  groups: Group[];
  /** Enums whose words the rows and columns have. */
  rowType?: string;
  columnType?: string;
  /** Where the records of a cell, or of a whole row, are listed. */
  href(row: FacetKeyFragment, column?: FacetKeyFragment): string | undefined;
}

/** Counts by two dimensions as a table whose cells are the darker the larger they are: a chart that can be read out. */
export function Matrix({ title, groups, rowType, columnType, href }: Props) {
  const words = useWords();
  const { rows, columns, count, most } = pivot(groups);
  if (!rows.length) return <p className="quiet">{words.t('section.nothing')}</p>;
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={title}>
      <table className="matrix">
        <thead>
          <tr>
            <td />
            {columns.map(({ key }) => (
              <th key={key.value ?? ''} scope="col">
                {keyLabel(key, columnType, words)}
              </th>
            ))}
            <th scope="col">{words.t('figures.total')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key.value ?? ''}>
              <th scope="row">{keyLabel(row.key, rowType, words)}</th>
              {columns.map((column) => {
                const n = count(row, column);
                const to = n && row.key.dimension !== others ? href(row.key, column.key) : undefined;
                return (
                  <td key={column.key.value ?? ''} className={`shade-${n && row.key.dimension !== others ? Math.max(1, Math.round((n / most) * 6)) : 0}`}>
                    {n > 0 && (to ? <Link href={to}>{words.number(n)}</Link> : words.number(n))}
                  </td>
                );
              })}
              <td className="total">
                <Total n={row.total} to={row.key.dimension === others ? undefined : href(row.key)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Total({ n, to }: { n: number; to: string | undefined }) {
  const { number } = useWords();
  return to ? <Link href={to}>{number(n)}</Link> : number(n);
}
