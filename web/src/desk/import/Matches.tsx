import { useState } from 'react';
import type { MatchFragment } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { hasPage, type PageType } from '../../routes';
import { RecordLink } from '../../widgets/record/RecordLink';
import { Suggest } from '../../widgets/search/Suggest';
import type { Stretch } from '../../widgets/text/offsets';
import type { Entry } from './queue';

interface MatchesProps {
  title: string;
  matches: MatchFragment[];
  entry: Entry;
  locked: boolean;
  onShow(at: Stretch): void;
  onAnswer(key: string, answer: { record?: string; createNew?: boolean } | null): void;
}

/** Questions: which known record a name stands for, or a new one. */
export function Matches({ title, matches, ...props }: MatchesProps) {
  if (!matches.length) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {matches.map((match) => (
        <Question key={match.key} match={match} {...props} />
      ))}
    </section>
  );
}

const pages: Partial<Record<MatchFragment['type'], PageType>> = { ORGANIZATION: 'Organization', PERSON: 'Person', DOCUMENT: 'Document', MEETING: 'Meeting' };

function Question({ match, entry, locked, onShow, onAnswer }: Omit<MatchesProps, 'title' | 'matches'> & { match: MatchFragment }) {
  const { t, term } = useWords();
  const answer = entry.resolutions.find(({ key }) => key === match.key);
  const [other, setOther] = useState<{ id: string; name: string }>();
  const page = pages[match.type];
  return (
    <fieldset disabled={locked}>
      <legend>
        <strong>{match.name}</strong> <span className="quiet">{term('RecordType', match.type)}</span>
        {typeof match.start === 'number' && typeof match.end === 'number' && (
          <button type="button" className="link source" aria-label={`${t('minutes.show')}: ${match.name}`} onClick={() => onShow({ start: match.start!, end: match.end! })}>
            ¶
          </button>
        )}
      </legend>
      <p className="quiet small">{match.why}</p>
      {match.candidates.map(({ name, why, score, record }) =>
        record && 'id' in record ? (
          <label key={record.id} className="candidate">
            <input type="radio" name={match.key} checked={answer?.record === record.id} onChange={() => onAnswer(match.key, { record: record.id })} />{' '}
            {hasPage(record.__typename) ? (
              <span data-free>
                <RecordLink type={record.__typename} id={record.id}>
                  {name}
                </RecordLink>
              </span>
            ) : (
              name
            )}{' '}
            <span className="quiet small">
              {Math.round(score * 100)} % · {why}
            </span>
          </label>
        ) : null,
      )}
      {other && answer?.record === other.id && (
        <label className="candidate">
          <input type="radio" name={match.key} checked readOnly /> {other.name}
        </label>
      )}
      <label className="candidate">
        <input type="radio" name={match.key} checked={Boolean(answer?.createNew)} onChange={() => onAnswer(match.key, { createNew: true })} /> {t('import.new')}
      </label>
      {page && (
        <Suggest
          label={`${t('import.other')}: ${match.name}`}
          placeholder={t('import.other')}
          types={[page]}
          onChoose={({ id, label }) => {
            setOther({ id, name: label });
            onAnswer(match.key, { record: id });
          }}
        />
      )}
      {answer && (
        <button type="button" className="link small" onClick={() => onAnswer(match.key, null)}>
          {t('import.takeBack')}
        </button>
      )}
    </fieldset>
  );
}

/** What every name was found to stand for, and why; each can be settled otherwise. */
export function Names({ matches, at, ...props }: Omit<MatchesProps, 'title'> & { at: Stretch | null }) {
  const { t, term, number } = useWords();
  const [open, setOpen] = useState<string>();
  const status = { KNOWN: t('import.known'), NEW: t('import.isNew'), AMBIGUOUS: t('import.unsure') };
  if (!matches.length) return null;
  return (
    <details>
      <summary>
        {t('import.names')} <span className="count">{number(matches.length)}</span>
      </summary>
      <ol className="fact-list">
        {matches.map((match) => {
          const { key, name, type, start, end, why } = match;
          const placed = typeof start === 'number' && typeof end === 'number';
          const content = (
            <>
              <span className="kind">
                {term('RecordType', type)} {status[match.status]} · {why}
              </span>
              <span className="what">{name}</span>
            </>
          );
          return (
            <li key={key} className="name-line" aria-current={placed && at?.start === start && at.end === end ? 'true' : undefined}>
              {placed ? (
                <button type="button" className="link choose" onClick={() => props.onShow({ start, end })}>
                  {content}
                </button>
              ) : (
                <span className="choose">{content}</span>
              )}
              <button
                type="button"
                className="link small"
                aria-expanded={open === key}
                aria-label={`${t('import.change')}: ${name}`}
                onClick={() => setOpen(open === key ? undefined : key)}
              >
                {t('import.change')}
              </button>
              {open === key && <Question match={match} {...props} />}
            </li>
          );
        })}
      </ol>
    </details>
  );
}
