import { useState } from 'react';
import { useData, useKept } from '../../api/client';
import { useWords } from '../../i18n';
import { Show } from '../../widgets/status/Status';
import { listsOf } from './lists';
import { ListsQuery } from './operations';
import { PartList } from './PartList';
import './parts.css';

/** The lists of a record. `onWritten` tells the version the record has after a change of one of them. */
export function Lists({ id, onWritten }: { id: string; onWritten(version: number): void }) {
  const { t } = useWords();
  const state = useKept(useData(ListsQuery, { id }));
  // What an answer said of a version may be newer than what is loaded.
  const [known, setKnown] = useState<Record<string, number>>({});
  return (
    <Show state={state}>
      {({ record }) => (
        <div className="part-lists">
          {record &&
            listsOf(record).map((list) => {
              const { owner } = list;
              return (
                <PartList
                  key={list.name}
                  list={{ ...list, owner: { id: owner.id, version: Math.max(owner.version, known[owner.id] ?? 0) } }}
                  onWritten={(version) => {
                    setKnown((before) => ({ ...before, [owner.id]: version }));
                    state.retry();
                    if (owner.id === id) onWritten(version);
                  }}
                />
              );
            })}
          {record?.__typename === 'Meeting' && !record.minutes && <p className="quiet">{t('parts.noMinutes')}</p>}
        </div>
      )}
    </Show>
  );
}
