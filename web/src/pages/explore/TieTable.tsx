import { useState } from 'react';
import type { RecordNameFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { shortLabel } from '../../widgets/network/graph';
import { nameOf } from '../../widgets/record/name';
import { Source } from '../../widgets/source/Source';
import type { Line } from './gather';

const atOnce = 100;

interface Props {
  ties: Line[];
  records: Map<string, RecordNameFragment>;
  selected?: string;
  onSelect(id: string | undefined): void;
}

/** The ties of the canvas in words, each with its sentence: of the record chosen where there is one. */
export function TieTable({ ties, records, selected, onSelect }: Props) {
  const { t, term, date, number } = useWords();
  const [most, setMost] = useState(atOnce);
  const own = selected ? ties.filter(({ edge }) => edge.from.id === selected || edge.to.id === selected) : ties;
  const end = (id: string) => {
    const record = records.get(id);
    if (!record) return null;
    const name = nameOf(record);
    return (
      <button type="button" className="link" aria-pressed={id === selected} title={name} onClick={() => onSelect(id === selected ? undefined : id)}>
        {shortLabel(name, 24)}
      </button>
    );
  };
  return (
    <div className="network-table tie-table" tabIndex={0} role="region" aria-label={t('canvas.table')}>
      <table>
        <caption className="unseen">{t('canvas.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('canvas.from')}</th>
            <th scope="col">{t('canvas.tie')}</th>
            <th scope="col">{t('canvas.to')}</th>
          </tr>
        </thead>
        <tbody>
          {own.slice(0, most).map(({ key, edge, day, way }) => (
            <tr key={key} className={[edge.method === 'DERIVED' ? 'derived' : '', way ? 'on-way' : ''].join(' ').trim() || undefined}>
              <td>{end(edge.from.id)}</td>
              <td>
                {term('EdgeKind', edge.kind)}
                {edge.count > 1 && <span className="count"> ×{number(edge.count)}</span>} <Source sources={edge.sources} />
                {day && (
                  <time className="day quiet" dateTime={day}>
                    {date(day, 'medium')}
                  </time>
                )}
              </td>
              <td>{end(edge.to.id)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {own.length > most && (
        <p>
          {t('state.partial', { n: most })}{' '}
          <button type="button" onClick={() => setMost(most + 5 * atOnce)}>
            {t('state.more')}
          </button>
        </p>
      )}
    </div>
  );
}
