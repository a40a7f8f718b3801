import { useState } from 'react';
import { useData, useKept } from '../api/client';
import { useWords } from '../i18n';
import { useAddress } from '../state/address';
import { RecordLink } from '../widgets/record/RecordLink';
import { Show } from '../widgets/status/Status';
import { Merging } from './merge/Merging';
import { Candidates } from './merge/operations';
import { Preview } from './merge/Preview';
import type { Candidate } from './merge/preview';
import { Picker } from './Picker';
import './merge/merge.css';

/** Chooses records that are one and the same, shows what each of them has, and makes them one. The choice lives in the address. */
export function MergePage() {
  const { t } = useWords();
  const { parameters, change } = useAddress();
  const type = parameters.get('type') === 'organizations' ? 'Organization' : 'Person';
  const ids = (parameters.get('ids') ?? '').split(',').filter(Boolean);
  const keep = parameters.get('keep') ?? ids[0];
  const set = (next: string[]) => change({ ids: next.join(','), keep: next.includes(keep ?? '') ? keep : next[0] });
  // Once they are one, what was loaded before stays in sight, with the way back.
  const [done, setDone] = useState<string>();
  const state = useKept(useData(Candidates, { ids }, ids.length === 0 || done === ids.join()));
  return (
    <>
      <h2>{t('merge.title')}</h2>
      <p className="quiet">{t('merge.lead')}</p>
      <p className="line">
        <label>
          <span className="quiet">{t('search.type')}</span>{' '}
          <select
            value={type}
            onChange={(event) => change({ type: event.target.value === 'Organization' ? 'organizations' : undefined, ids: undefined, keep: undefined })}
          >
            <option value="Person">{t('nav.people')}</option>
            <option value="Organization">{t('nav.organizations')}</option>
          </select>
        </label>
        <span className="merge-pick">
          <Picker key={`${type}${ids.length}`} label={t('merge.add')} types={[type]} onChoose={(one) => one && set([...new Set([...ids, one.id])])} />
        </span>
      </p>
      {ids.length > 0 && (
        <Show state={state}>
          {({ nodes }) => {
            const found = nodes.filter((node): node is Candidate => node?.__typename === type);
            const kept = found.find(({ id }) => id === keep);
            const gone = found.filter(({ id }) => id !== keep);
            return (
              <>
                <Choice candidates={found} keep={keep} onKeep={(id) => change({ keep: id }, true)} onRemove={(id) => set(ids.filter((other) => other !== id))} />
                {kept && gone.length > 0 && (
                  <>
                    {done !== ids.join() && <Preview kept={kept} gone={gone} />}
                    <Merging key={`${ids.join()} ${keep}`} type={type} keep={kept.id} merge={gone} onDone={() => setDone(ids.join())} />
                  </>
                )}
              </>
            );
          }}
        </Show>
      )}
    </>
  );
}

function Choice(props: { candidates: Candidate[]; keep?: string; onKeep(id: string): void; onRemove(id: string): void }) {
  const { t, number } = useWords();
  return (
    <div className="scroll">
      <table className="merge">
        <thead>
          <tr>
            <th scope="col">{t('merge.keep')}</th>
            <th scope="col">{t('field.name')}</th>
            <th scope="col">{t('merge.names')}</th>
            <th scope="col">{t('organization.parent')}</th>
            <th scope="col">{t('fact.attendance')}</th>
            <th scope="col">{t('person.presentations')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {props.candidates.map((candidate) => {
            const place =
              candidate.__typename === 'Person'
                ? [...new Set(candidate.attendances.nodes.map(({ organization }) => organization?.name).filter(Boolean))].join('、')
                : candidate.parent?.name;
            return (
              <tr key={candidate.id}>
                <td>
                  <input
                    type="radio"
                    name="keep"
                    aria-label={`${t('merge.keep')}: ${candidate.name} ${place ?? ''}`}
                    checked={candidate.id === props.keep}
                    onChange={() => props.onKeep(candidate.id)}
                  />
                </td>
                <th scope="row">
                  <RecordLink type={candidate.__typename} id={candidate.id}>
                    {candidate.name}
                  </RecordLink>
                </th>
                <td>{candidate.names.map(({ text }) => text).join('；')}</td>
                <td>{place}</td>
                <td>{number(candidate.attendances.totalCount)}</td>
                <td>{number(candidate.presentations.totalCount)}</td>
                <td>
                  <button type="button" className="link" onClick={() => props.onRemove(candidate.id)} aria-label={`${t('merge.remove')}: ${candidate.name} ${place ?? ''}`}>
                    {t('merge.remove')}
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
