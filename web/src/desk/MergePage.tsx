import { useState } from 'react';
import { Link } from 'wouter';
import { useChange, useData } from '../api/client';
import { describe } from '../api/problem';
import { graphql } from '../gql';
import type { MergeCandidatesQuery } from '../gql/graphql';
import { useWords } from '../i18n';
import { pageOf } from '../routes';
import { useAddress } from '../state/address';
import { RecordLink } from '../widgets/record/RecordLink';
import { Suggest } from '../widgets/search/Suggest';
import { Show } from '../widgets/status/Status';
import { useViewer } from './viewer';

const Candidates = graphql(`
  query MergeCandidates($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Person {
        id
        name
        names {
          text
        }
        attendances(first: 3) {
          totalCount
          nodes {
            id
            organization {
              id
              name
            }
          }
        }
        presentations {
          totalCount
        }
        memberships {
          totalCount
        }
      }
      ... on Organization {
        id
        name
        names {
          text
        }
        parent {
          id
          name
        }
        attendances {
          totalCount
        }
        presentations {
          totalCount
        }
        decisionsOwed {
          totalCount
        }
        children {
          totalCount
        }
      }
    }
  }
`);

const MergePeople = graphql(`
  mutation MergePeople($keep: ID!, $merge: [ID!]!, $reason: String) {
    answer: mergePeople(keep: $keep, merge: $merge, reason: $reason) {
      record {
        id
      }
      userErrors {
        ...Refusal
      }
    }
  }
`);

const MergeOrganizations = graphql(`
  mutation MergeOrganizations($keep: ID!, $merge: [ID!]!, $reason: String) {
    answer: mergeOrganizations(keep: $keep, merge: $merge, reason: $reason) {
      record {
        id
      }
      userErrors {
        ...Refusal
      }
    }
  }
`);

type Candidate = Extract<NonNullable<MergeCandidatesQuery['nodes'][number]>, { __typename: 'Person' | 'Organization' }>;

/** Chooses records that are one and the same, shows what each of them has, and makes them one. The choice lives in the address. */
export function MergePage() {
  const { t } = useWords();
  const { parameters, change } = useAddress();
  const type = parameters.get('type') === 'organizations' ? 'Organization' : 'Person';
  const ids = (parameters.get('ids') ?? '').split(',').filter(Boolean);
  const keep = parameters.get('keep') ?? ids[0];
  const set = (next: string[]) => change({ ids: next.join(','), keep: next.includes(keep ?? '') ? keep : next[0] });
  const state = useData(Candidates, { ids }, ids.length === 0);
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
          <Suggest key={`${type}${ids.length}`} label={t('merge.add')} placeholder={t('merge.add')} types={[type]} onChoose={({ id }) => set([...new Set([...ids, id])])} />
        </span>
      </p>
      {ids.length > 0 && (
        <Show state={state}>
          {({ nodes }) => {
            const found = nodes.filter((node): node is Candidate => node?.__typename === type);
            return (
              <>
                <Choice candidates={found} keep={keep} onKeep={(id) => change({ keep: id }, true)} onRemove={(id) => set(ids.filter((other) => other !== id))} />
                {found.length > 1 && keep && <Merging key={ids.join()} type={type} keep={keep} merge={found.map(({ id }) => id).filter((id) => id !== keep)} />}
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

function Merging({ type, keep, merge }: { type: 'Person' | 'Organization'; keep: string; merge: string[] }) {
  const words = useWords();
  const { t, term } = words;
  const { may } = useViewer();
  const [run, busy] = useChange(type === 'Person' ? MergePeople : MergeOrganizations);
  const [trouble, setTrouble] = useState<string>();
  const [done, setDone] = useState(false);
  if (done) {
    return (
      <p role="status">
        {t('merge.done')} <Link href={pageOf(type, keep)}>{t('edit.page')}</Link> · <Link href={`/admin/edit/${encodeURIComponent(keep)}`}>{t('history.title')}</Link>
      </p>
    );
  }
  return (
    <form
      className="line"
      onSubmit={(event) => {
        event.preventDefault();
        const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim();
        void run({ keep, merge, reason: reason || null }).then(({ data, error }) => {
          const refused = data?.answer.userErrors[0];
          setTrouble(error ? describe(error, words).text : refused?.message);
          setDone(!error && !refused);
        });
      }}
    >
      <label>
        <span className="quiet">{t('field.reason')}</span> <input name="reason" maxLength={200} />
      </label>
      <button type="submit" className="primary" disabled={busy || !may('ADMIN')}>
        {t('merge.do', { n: merge.length + 1 })}
      </button>
      {!may('ADMIN') && <span className="quiet">{t('edit.needs', { role: term('Role', 'ADMIN') })}</span>}
      {trouble && <span role="alert">{trouble}</span>}
    </form>
  );
}
