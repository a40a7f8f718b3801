import { useMemo, useState } from 'react';
import type { ImportInput, MatchFragment, RecordType, Visibility } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { hasPage } from '../../routes';
import { RecordLink } from '../../widgets/record/RecordLink';
import { type Fact, type FactKind } from '../../widgets/text/facts';
import { MinutesText } from '../../widgets/text/MinutesText';
import type { Stretch } from '../../widgets/text/offsets';
import { type Entry, openQuestions, resolve } from './queue';

const kinds: Partial<Record<RecordType, FactKind>> = {
  MEETING: 'meeting',
  AGENDA_ITEM: 'item',
  DECISION: 'decision',
  DIRECTIVE: 'directive',
  ATTENDANCE: 'attendance',
};

interface Props {
  entry: Entry;
  locked: boolean;
  /** Reads the text anew with other answers, another text or other hints. */
  onChange(changes: Partial<Entry>): void;
  onImport(): void;
}

/** A text beside what it was understood to say, before anything is written. */
export function Review({ entry, locked, onChange, onImport }: Props) {
  const { t } = useWords();
  const preview = entry.preview!;
  const [at, setAt] = useState<Stretch | null>(null);
  const [draft, setDraft] = useState<string>();
  const facts = useMemo<Fact[]>(
    () => [
      ...preview.facts.map(({ type, value, start, end }) => ({ kind: kinds[type] ?? ('document' as const), label: value, start, end, derived: false })),
      ...preview.warnings.flatMap(({ message, start, end }) =>
        typeof start === 'number' && typeof end === 'number' ? [{ kind: 'warning' as const, label: message, start, end, derived: false }] : [],
      ),
    ],
    [preview],
  );
  const text = preview.text ?? '';
  const questions = openQuestions(entry);
  return (
    <div className="review">
      <div className="review-text">
        {draft === undefined ? (
          <>
            <p>
              <button type="button" disabled={locked} onClick={() => setDraft(text)}>
                {t('import.correct')}
              </button>
            </p>
            <div className="review-scroll" tabIndex={0} role="region" aria-label={t('document.text')}>
              <MinutesText text={text} facts={facts} at={at} onChoose={setAt} />
            </div>
          </>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              onChange({ input: { ...withoutFile(entry.input), text: draft } });
              setDraft(undefined);
            }}
          >
            <textarea value={draft} onChange={(event) => setDraft(event.target.value)} rows={24} aria-label={t('document.text')} />
            <p className="line">
              <button type="submit">{t('import.readAgain')}</button>
              <button type="button" className="link" onClick={() => setDraft(undefined)}>
                {t('edit.reset')}
              </button>
            </p>
          </form>
        )}
      </div>
      <div className="review-facts">
        <Hints input={entry.input} locked={locked} onChange={(input) => onChange({ input })} />
        <Counts counts={preview.counts} />
        <p className="line">
          <button type="button" className="primary" disabled={locked || entry.stage === 'done'} onClick={onImport}>
            {t('import.commit')}
          </button>
          {questions > 0 && <span className="quiet">{t('import.questions', { n: questions })}</span>}
        </p>
        <Matches
          title={t('import.unsure')}
          matches={preview.matches.filter(({ status, key }) => status === 'AMBIGUOUS' || entry.resolutions.some((r) => r.key === key))}
          entry={entry}
          locked={locked}
          onShow={setAt}
          onAnswer={(key, answer) => onChange({ resolutions: resolve(entry.resolutions, key, answer) })}
        />
        <Notes title={t('import.warnings')} open lines={preview.warnings.map((w) => ({ label: w.message, kind: w.code, start: w.start, end: w.end }))} at={at} onShow={setAt} />
        <Names matches={preview.matches} onShow={setAt} at={at} />
        <Notes
          title={t('import.facts')}
          lines={preview.facts.map((f) => ({ label: f.value, kind: f.field ?? '', type: f.type, start: f.start, end: f.end }))}
          at={at}
          onShow={setAt}
        />
      </div>
    </div>
  );
}

const withoutFile = ({ file: _file, format: _format, ...rest }: ImportInput): ImportInput => rest;

/** What the text may leave out: the body, the day, and who may see it. */
function Hints({ input, locked, onChange }: { input: ImportInput; locked: boolean; onChange(input: ImportInput): void }) {
  const { t, term } = useWords();
  return (
    <details>
      <summary>{t('import.hints')}</summary>
      <form
        className="hints"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          const given = (name: string) => String(data.get(name) ?? '').trim() || undefined;
          onChange({ ...input, body: given('body'), heldOn: given('heldOn'), visibility: given('visibility') as Visibility | undefined });
        }}
      >
        <label>
          {t('meeting.body')} <input name="body" defaultValue={input.body ?? ''} />
        </label>
        <label>
          {t('meeting.held')} <input name="heldOn" type="date" defaultValue={input.heldOn ?? ''} />
        </label>
        <label>
          {t('edit.visibility')}{' '}
          <select name="visibility" defaultValue={input.visibility ?? ''}>
            <option value="">{t('theme.auto')}</option>
            <option value="PUBLIC">{term('Visibility', 'PUBLIC')}</option>
            <option value="INTERNAL">{term('Visibility', 'INTERNAL')}</option>
          </select>
        </label>
        <button type="submit" disabled={locked}>
          {t('import.readAgain')}
        </button>
      </form>
    </details>
  );
}

function Counts({ counts }: { counts: NonNullable<Entry['preview']>['counts'] }) {
  const { t, term, number } = useWords();
  return (
    <table className="counts">
      <thead>
        <tr>
          <td />
          <th scope="col">{t('import.created')}</th>
          <th scope="col">{t('import.updated')}</th>
          <th scope="col">{t('import.unchanged')}</th>
          <th scope="col">{t('import.withdrawn')}</th>
        </tr>
      </thead>
      <tbody>
        {counts.map(({ type, created, updated, unchanged, withdrawn }) => (
          <tr key={type}>
            <th scope="row">{term('RecordType', type)}</th>
            <td>{number(created)}</td>
            <td>{number(updated)}</td>
            <td>{number(unchanged)}</td>
            <td>{number(withdrawn)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface MatchesProps {
  title: string;
  matches: MatchFragment[];
  entry: Entry;
  locked: boolean;
  onShow(at: Stretch): void;
  onAnswer(key: string, answer: { record?: string; createNew?: boolean } | null): void;
}

/** Questions: which known record a name stands for, or a new one. */
function Matches({ title, matches, entry, locked, onShow, onAnswer }: MatchesProps) {
  const { t, term } = useWords();
  if (!matches.length) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {matches.map((match) => {
        const answer = entry.resolutions.find(({ key }) => key === match.key);
        return (
          <fieldset key={match.key} disabled={locked}>
            <legend>
              <strong>{match.name}</strong> <span className="quiet">{term('RecordType', match.type)}</span>
              {typeof match.start === 'number' && typeof match.end === 'number' && (
                <button type="button" className="link source" aria-label={t('minutes.show')} onClick={() => onShow({ start: match.start!, end: match.end! })}>
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
                    <RecordLink type={record.__typename} id={record.id}>
                      {name}
                    </RecordLink>
                  ) : (
                    name
                  )}{' '}
                  <span className="quiet small">
                    {Math.round(score * 100)} % · {why}
                  </span>
                </label>
              ) : null,
            )}
            <label className="candidate">
              <input type="radio" name={match.key} checked={Boolean(answer?.createNew)} onChange={() => onAnswer(match.key, { createNew: true })} /> {t('import.new')}
            </label>
          </fieldset>
        );
      })}
    </section>
  );
}

/** What every name was found to stand for, and why. */
function Names({ matches, at, onShow }: { matches: MatchFragment[]; at: Stretch | null; onShow(at: Stretch): void }) {
  const { t } = useWords();
  const status = { KNOWN: t('import.known'), NEW: t('import.isNew'), AMBIGUOUS: t('import.unsure') };
  return (
    <Notes
      title={t('import.names')}
      lines={matches.map((m) => ({ label: m.name, kind: `${status[m.status]} · ${m.why}`, type: m.type, start: m.start, end: m.end }))}
      at={at}
      onShow={onShow}
    />
  );
}

interface Line {
  label: string;
  kind: string;
  type?: RecordType;
  start?: number | null;
  end?: number | null;
}

/** A list of what was found, each line of which marks its stretch in the text. */
function Notes({ title, lines, at, onShow, open = false }: { title: string; lines: Line[]; at: Stretch | null; onShow(at: Stretch): void; open?: boolean }) {
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
