import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useData } from '../../api/client';
import { useWords } from '../../i18n';
import { pageOf } from '../../routes';
import { Show } from '../../widgets/status/Status';
import { SharedOrganizations, SharedPeople } from './operations';
import { aliasesOf, type Candidate, complete, differencesOf, identifiersOf, type Mention, movesOf, obstaclesOf, sameOffices, sameSeats } from './preview';

/** What a merge will do, before it is done. */
export function Preview({ kept, gone }: { kept: Candidate; gone: Candidate[] }) {
  const { t, term, number, list } = useWords();
  const type = kept.__typename;
  const merge = gone.map(({ id }) => id);
  const state = useData(type === 'Person' ? SharedPeople : SharedOrganizations, { keep: kept.id, merge, all: [kept.id, ...merge] });
  const moves = movesOf(gone);
  const aliases = aliasesOf(kept, gone);
  const identifiers = identifiersOf(kept, gone);
  const differences = differencesOf(kept, gone);
  const offices = sameOffices(kept, gone);
  const obstacles = obstaclesOf(kept, gone);
  const value = (kind: string | undefined, text: string) => (kind ? term(kind, text) : text) || '–';
  return (
    <section className="merge-preview" aria-label={t('merge.preview')}>
      <h3>{t('merge.preview')}</h3>
      {obstacles.length > 0 && (
        <div className="status failure" role="alert">
          <p>{t('merge.obstacles')}</p>
          <Mentions all={obstacles} />
        </div>
      )}
      <dl>
        <Part title={t('merge.moves')}>
          {moves.length === 0 && t('merge.nothing')}
          {moves.map(({ label, total, first }) => (
            <details key={label}>
              <summary>
                {t(label)} <span className="count">{number(total)}</span>
              </summary>
              <Mentions all={first} />
              {total > first.length && <p className="quiet small">{t('merge.more', { n: total - first.length })}</p>}
            </details>
          ))}
        </Part>
        <Part title={t('merge.aliases')}>{aliases.length ? list(aliases) : t('merge.noAliases')}</Part>
        {identifiers.length > 0 && <Part title={t('parts.identifiers')}>{list(identifiers)}</Part>}
        {differences.length > 0 && (
          <Part title={t('merge.differences')}>
            <div className="scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t('history.field')}</th>
                    <th scope="col">{t('merge.stays')}</th>
                    <th scope="col">{t('merge.lost')}</th>
                  </tr>
                </thead>
                <tbody>
                  {differences.map(({ label, type: kind, kept: own, lost }) => (
                    <tr key={label}>
                      <th scope="row">{t(label)}</th>
                      <td>{value(kind, own)}</td>
                      <td>
                        <del>{lost.map((text) => value(kind, text)).join('；')}</del>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </Part>
        )}
        <Part title={t('merge.collide')}>
          <Show state={state} lines={2}>
            {({ meetings }) => {
              const seats = sameSeats(type, kept.id, meetings.nodes);
              return (
                <>
                  <p>{t('merge.shared', { n: meetings.totalCount })}</p>
                  {seats.length > 0 && (
                    <>
                      <p>{t('merge.seats', { n: seats.length })}</p>
                      <Mentions all={seats} />
                    </>
                  )}
                  {meetings.totalCount > meetings.nodes.length && <p className="quiet small">{t('state.partial', { n: meetings.nodes.length })}</p>}
                </>
              );
            }}
          </Show>
          {offices.length > 0 && (
            <>
              <p>{t('merge.offices', { n: offices.length })}</p>
              <Mentions all={offices} />
            </>
          )}
          {!complete([kept, ...gone]) && <p className="quiet small">{t('merge.partial')}</p>}
        </Part>
        <Part title={t('merge.undo')}>{t('merge.undoText', { names: list(gone.map(({ name }) => name)) })}</Part>
      </dl>
    </section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Mentions({ all }: { all: Mention[] }) {
  return (
    <ul>
      {all.map(({ type, id, name, detail }, i) => (
        <li key={`${id} ${i}`}>
          {type ? <Link href={pageOf(type, id)}>{name}</Link> : name} {detail && <span className="quiet small">{detail}</span>}
        </li>
      ))}
    </ul>
  );
}
