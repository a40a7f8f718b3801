import { useWords } from '../../i18n';
import { recordType } from '../../widgets/record/name';
import type { CanvasState } from './Canvas';
import type { Gathering } from './gather';

const types = ['Meeting', 'Organization', 'AgendaItem', 'Document', 'Decision', 'Person', 'Directive'];

/** The colour of a type on the canvas; others share the last. */
export const typeGroup = (typename: string): number => (types.includes(typename) ? types.indexOf(typename) : 7);

/** Which kinds of records and ties are shown; also the legend of the colours. */
export function Kinds({ gathering, state: { hidden, byCommunity, toggle } }: { gathering: Gathering; state: CanvasState }) {
  const { t, term, number } = useWords();
  const ofRecords = counts([...gathering.records.values()].map(({ __typename }) => __typename));
  const ofTies = counts([...gathering.lines.values()].map(({ edge }) => edge.kind));
  const box = (kind: string, name: string, n: number, swatch?: number) => (
    <label key={kind}>
      <input type="checkbox" checked={!hidden.has(kind)} onChange={() => toggle(kind)} />{' '}
      {swatch !== undefined && <span className={`swatch swatch-${swatch}`} aria-hidden="true" />}
      {name} <span className="count">{number(n)}</span>
    </label>
  );
  return (
    <>
      <fieldset className="kinds">
        <legend className="unseen">{t('canvas.records')}</legend>
        {ofRecords.map(([type, n]) => box(type, term('RecordType', recordType(type)), n, byCommunity ? undefined : typeGroup(type)))}
      </fieldset>
      {ofTies.length > 1 && (
        <details open={ofTies.some(([kind]) => hidden.has(kind)) || undefined}>
          <summary>{t('canvas.ties')}</summary>
          <fieldset className="kinds">
            <legend className="unseen">{t('canvas.ties')}</legend>
            {ofTies.map(([kind, n]) => box(kind, term('EdgeKind', kind), n))}
          </fieldset>
        </details>
      )}
    </>
  );
}

/** How often each value is there, the commonest first. */
function counts(values: string[]): [string, number][] {
  const found = new Map<string, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found].sort(([a, n], [b, m]) => m - n || a.localeCompare(b));
}
