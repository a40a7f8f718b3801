import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ImportCorrection, ImportInput, RecordType } from '../../gql/graphql';
import { useWords } from '../../i18n';
import type { Fact, FactKind } from '../../widgets/text/facts';
import { MinutesText } from '../../widgets/text/MinutesText';
import type { Stretch } from '../../widgets/text/offsets';
import { selectedStretch } from '../../widgets/text/selection';
import { Hints } from './Hints';
import { Matches, Names } from './Matches';
import { Notes } from './Notes';
import { listOf, placeOf, placesFor, wordsAt } from './places';
import { correct, type Entry, openQuestions, type PreviewResult, resolve, uncorrect } from './queue';
import { Recorded } from './Recorded';

const kinds: Partial<Record<RecordType, FactKind>> = {
  MEETING: 'meeting',
  AGENDA_ITEM: 'item',
  DECISION: 'decision',
  DIRECTIVE: 'directive',
  ATTENDANCE: 'attendance',
};

interface Props {
  entry: Entry;
  preview: PreviewResult;
  locked: boolean;
  /** Reads the text anew with other answers, corrections, another text or other hints. */
  onChange(changes: Partial<Entry>): void;
  onImport(): void;
}

/** A text beside what it was understood to say, before anything is written. */
export function Review({ entry, preview, locked, onChange, onImport }: Props) {
  const { t, number } = useWords();
  const [at, setAt] = useState<Stretch | null>(null);
  const [draft, setDraft] = useState<string>();
  const [selected, setSelected] = useState<Stretch | null>(null);
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
  const corrections = entry.input.corrections?.length ?? 0;
  const change = (input: ImportInput) => onChange({ input });
  const put = (...list: ImportCorrection[]) => change(correct(entry.input, ...list));
  const answer = (key: string, given: { record?: string; createNew?: boolean } | null) => onChange({ resolutions: resolve(entry.resolutions, key, given) });
  const busy = entry.stage === 'waiting' || entry.stage === 'reading';
  return (
    <div className="review" aria-busy={busy}>
      <div className="review-text">
        {draft === undefined ? (
          <>
            <p className="line">
              <button type="button" disabled={locked} onClick={() => setDraft(text)}>
                {t('import.correct')}
              </button>
              <span className="quiet small">{t('import.selectHint')}</span>
            </p>
            <Text text={text} facts={facts} at={at} onChoose={setAt} onSelect={setSelected} />
            {selected && <Assign preview={preview} selected={selected} locked={locked} onAssign={put} />}
          </>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              // What was corrected stood in another text.
              change({ ...withoutFile(entry.input), text: draft, corrections: undefined });
              setDraft(undefined);
            }}
          >
            {corrections > 0 && <p>{t('import.draftDrops', { n: corrections })}</p>}
            <textarea value={draft} onChange={(event) => setDraft(event.target.value)} rows={24} aria-label={t('document.text')} />
            <p className="line">
              <button type="submit">{t('import.readAgain')}</button>
              <button type="button" className="link" onClick={() => setDraft(undefined)}>
                {t('import.leave')}
              </button>
            </p>
          </form>
        )}
      </div>
      <div className="review-facts">
        <Hints input={entry.input} locked={locked} onChange={change} />
        <Counts counts={preview.counts} />
        <p className="line">
          <button type="button" className="primary" disabled={locked || entry.stage !== 'ready'} onClick={onImport}>
            {t('import.commit')}
          </button>
          {busy && <span role="status">{t('import.stage.reading')}</span>}
          {questions > 0 && <span className="quiet">{t('import.questions', { n: questions })}</span>}
          {corrections > 0 && (
            <>
              <span className="quiet">{t('import.corrections', { n: corrections })}</span>
              <button type="button" className="link" disabled={locked} onClick={() => change({ ...entry.input, corrections: undefined })}>
                {t('import.dropCorrections')}
              </button>
            </>
          )}
        </p>
        <Matches
          title={t('import.unsure')}
          matches={preview.matches.filter(({ status, key }) => status === 'AMBIGUOUS' || entry.resolutions.some((r) => r.key === key))}
          entry={entry}
          locked={locked}
          onShow={setAt}
          onAnswer={answer}
        />
        <Notes title={t('import.warnings')} open lines={preview.warnings.map((w) => ({ label: w.message, kind: w.line ? t('import.line', { n: number(w.line) }) : '', start: w.start, end: w.end }))} at={at} onShow={setAt} />
        <Recorded
          text={text}
          values={preview.values}
          facts={preview.facts}
          at={at}
          selected={selected}
          locked={locked || busy}
          onShow={setAt}
          onCorrect={put}
          onUncorrect={(path) => change(uncorrect(entry.input, path))}
        />
        <Names matches={preview.matches} entry={entry} locked={locked} at={at} onShow={setAt} onAnswer={answer} />
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

interface TextProps {
  text: string;
  facts: Fact[];
  at: Stretch | null;
  onChoose(at: Stretch): void;
  onSelect(selected: Stretch | null): void;
}

/** The text, from which words can be selected. What was selected stays so while the reader works beside it. */
function Text({ text, facts, at, onChoose, onSelect }: TextProps) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const take = useCallback(() => {
    const root = box.current;
    const selection = getSelection();
    if (!root || !selection?.anchorNode || !root.contains(selection.anchorNode)) return;
    onSelect(selectedStretch(root, text, selection));
  }, [text, onSelect]);
  useEffect(() => {
    document.addEventListener('selectionchange', take);
    return () => document.removeEventListener('selectionchange', take);
  }, [take]);
  return (
    <div className="review-scroll" ref={box} tabIndex={0} role="region" aria-label={t('document.text')}>
      <MinutesText text={text} facts={facts} at={at} onChoose={onChoose} />
    </div>
  );
}

/** Gives words that were selected to a place of the record. */
function Assign({ preview, selected, locked, onAssign }: { preview: PreviewResult; selected: Stretch; locked: boolean; onAssign(correction: ImportCorrection): void }) {
  const { t } = useWords();
  const places = useMemo(
    () => placesFor(preview.values, selected).filter(({ path }) => ['line', 'text', 'date', 'number'].includes(placeOf(path)?.kind ?? 'line')),
    [preview.values, selected],
  );
  const [path, setPath] = useState('');
  const chosen = places.some((place) => place.path === path) ? path : (places[0]?.path ?? '');
  const words = wordsAt(preview.text ?? '', selected);
  const name = (full: string) => {
    const place = placeOf(full);
    const owner = full.slice(0, full.lastIndexOf('.'));
    const list = listOf(owner);
    const whose = owner === 'meeting' ? t('fact.meeting') : owner === 'minutes' ? t('import.paper') : list ? t(list) : owner;
    return `${whose} · ${place ? t(place.label) : full}`;
  };
  return (
    <form
      className="assign line"
      onSubmit={(event) => {
        event.preventDefault();
        // The words of the text are the value; the server says so where a day or a number is not written as one.
        onAssign({ path: chosen, start: selected.start, end: selected.end });
      }}
    >
      <q>{words.length > 40 ? `${words.slice(0, 40)}…` : words}</q>
      <label>
        <span className="quiet">{t('import.assign')}</span>{' '}
        <select value={chosen} onChange={(event) => setPath(event.target.value)}>
          {places.map((place) => (
            <option key={place.path} value={place.path}>
              {name(place.path)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={locked || !chosen}>
        {t('import.apply')}
      </button>
    </form>
  );
}

const withoutFile = ({ file: _file, format: _format, ...rest }: ImportInput): ImportInput => rest;

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
