import { Link } from 'wouter';
import { useData } from '../../api/client';
import { graphql } from '../../gql';
import type { RecordNameFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import type { Place } from '../../widgets/network/graph';
import { addressOf, nameOf, recordType } from '../../widgets/record/name';
import { Suggest } from '../../widgets/search/Suggest';
import { Show } from '../../widgets/status/Status';
import type { CanvasState } from './Canvas';
import type { Gathering } from './gather';

const Query = graphql(`
  query CanvasCounts($id: ID!) {
    neighbors(id: $id, first: 1) {
      counts {
        kind
        count
      }
    }
  }
`);

interface Props {
  record: RecordNameFragment;
  gathering: Gathering;
  state: CanvasState;
  onPin(id: string, place: Place | undefined): void;
}

/** The record chosen on the canvas: what lies around it, counted before anything is opened, and what can be done with it. */
export function Chosen({ record, gathering, state, onPin }: Props) {
  const { t, term } = useWords();
  const around = useData(Query, { id: record.id });
  const shown = (kind: string) => [...gathering.lines.values()].filter(({ edge }) => edge.kind === kind && (edge.from.id === record.id || edge.to.id === record.id)).length;
  const { take, change, pins, off } = state;
  return (
    <section className="chosen-record" aria-label={nameOf(record)}>
      <p className="kicker">{term('RecordType', recordType(record.__typename))}</p>
      <h2>
        <Link href={addressOf(record)} className="clamp">
          {nameOf(record)}
        </Link>
      </h2>
      <Show state={around} lines={2}>
        {({ neighbors: { counts } }) => (
          <ul className="around" aria-label={t('canvas.around')}>
            {counts.map(({ kind, count }) => {
              const n = Math.min(shown(kind), count);
              return (
                <li key={kind}>
                  <button type="button" disabled={n >= count} onClick={() => take({ around: record.id, via: kind })} title={t('canvas.expand')}>
                    {n < count && '+ '}
                    {term('EdgeKind', kind)} <span className="count">{t('canvas.shown', { n, of: count })}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        )}
      </Show>
      <p className="line wrap">
        <button type="button" onClick={() => take({ around: record.id })}>
          {t('canvas.expandAll')}
        </button>
        {pins.has(record.id) && (
          <button type="button" onClick={() => onPin(record.id, undefined)}>
            {t('canvas.unpin')}
          </button>
        )}
        <button type="button" onClick={() => change({ off: [...off, record.id].join(','), node: undefined })}>
          {t('canvas.drop')}
        </button>
      </p>
      <Suggest label={t('canvas.way')} placeholder={t('canvas.way')} onChoose={({ id }) => id !== record.id && take({ from: record.id, to: id })} />
    </section>
  );
}
