import { useWords } from '../../i18n';
import type { RecordNameFragment } from '../../gql/graphql';
import { shortLabel } from '../../widgets/network/graph';
import { nameOf } from '../../widgets/record/name';

/** Communities that have a colour of their own; all others share the last. */
const coloured = 7;

/** The colour of a community on the canvas. */
export const communityGroup = (community: number): number => Math.min(community, coloured);

interface Props {
  found: Map<string, number>;
  records: RecordNameFragment[];
  /** How many ties each record has. */
  degrees: Map<string, number>;
  onSelect(id: string): void;
}

/** The legend of communities: each by the record that has the most ties in it. */
export function Communities({ found, records, degrees, onSelect }: Props) {
  const { t, number } = useWords();
  const groups = new Map<number, RecordNameFragment[]>();
  for (const record of records) {
    const community = found.get(record.id);
    if (community !== undefined) groups.set(community, [...(groups.get(community) ?? []), record]);
  }
  const degree = ({ id }: RecordNameFragment) => degrees.get(id) ?? 0;
  const shown = [...groups].sort(([a], [b]) => a - b).filter(([, members]) => members.length > 1);
  const rest = shown.slice(coloured).reduce((sum, [, members]) => sum + members.length, 0);
  return (
    <ul className="kinds plain-list" aria-label={t('canvas.communities')}>
      {shown.slice(0, coloured).map(([community, members]) => {
        const head = members.reduce((most, record) => (degree(record) > degree(most) ? record : most));
        return (
          <li key={community}>
            <span className={`swatch swatch-${communityGroup(community)}`} aria-hidden="true" />{' '}
            <button type="button" className="link" title={nameOf(head)} onClick={() => onSelect(head.id)}>
              {shortLabel(nameOf(head), 14)}
            </button>{' '}
            <span className="count">{t('canvas.andMore', { n: members.length - 1 })}</span>
          </li>
        );
      })}
      {rest > 0 && (
        <li>
          <span className={`swatch swatch-${coloured}`} aria-hidden="true" /> {t('canvas.otherCommunities')} <span className="count">{number(rest)}</span>
        </li>
      )}
    </ul>
  );
}
