import type { RecordType } from '../../gql/graphql';
import { useWords } from '../../i18n';
import type { Stretch } from '../../widgets/text/offsets';

export interface Line {
  label: string;
  kind: string;
  type?: RecordType;
  start?: number | null;
  end?: number | null;
}

/** A list of what was found, each line of which marks its stretch in the text. */
export function Notes({ title, lines, at, onShow, open = false }: { title: string; lines: Line[]; at: Stretch | null; onShow(at: Stretch): void; open?: boolean }) {
  const { term, number } = useWords();
  if (!lines.length) return null;
  return (
    <details open={open}>
      <summary>
        {title} <span className="count">{number(lines.length)}</span>
      </summary>
      <ol className="fact-list">
        {lines.map(({ label, kind, type, start, end }, i) => {
          const placed = typeof start === 'number' && typeof end === 'number';
          const content = (
            <>
              <span className="kind">
                {type && term('RecordType', type)} {kind}
              </span>
              <span className="what">{label}</span>
            </>
          );
          return (
            <li key={i} aria-current={placed && at?.start === start && at.end === end ? 'true' : undefined}>
              {placed ? (
                <button type="button" className="link choose" onClick={() => onShow({ start, end })}>
                  {content}
                </button>
              ) : (
                <span className="choose">{content}</span>
              )}
            </li>
          );
        })}
      </ol>
    </details>
  );
}
