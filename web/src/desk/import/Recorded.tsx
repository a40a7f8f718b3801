import { useId, useMemo, useState } from 'react';
import type { ImportCorrection, ImportEffect } from '../../gql/graphql';
import { useWords } from '../../i18n';
import type { Stretch } from '../../widgets/text/offsets';
import type { ImportFact, ImportValue } from './queue';
import { behind, findWords, listNames, listOf, type Node, placeOf, summary, treeOf, wordsAt } from './places';

export interface Recording {
  text: string;
  values: ImportValue[];
  facts: Pick<ImportFact, 'type' | 'field' | 'effect' | 'start' | 'end'>[];
  at: Stretch | null;
  /** What the reader has selected in the text. */
  selected: Stretch | null;
  locked: boolean;
  onShow(at: Stretch): void;
  onCorrect(...corrections: ImportCorrection[]): void;
  onUncorrect(path: string): void;
}

const stretchOf = ({ start, end }: { start?: number | null; end?: number | null }): Stretch | null =>
  typeof start === 'number' && typeof end === 'number' ? { start, end } : null;

/** The record as it will be: every value that was read, to be shown in the text and to be corrected. */
export function Recorded(props: Recording) {
  const { t } = useWords();
  const tree = useMemo(() => treeOf(props.values), [props.values]);
  const effects = useMemo(() => effectsOf(props.facts), [props.facts]);
  const under = (list: string) => tree.filter(({ path }) => path.replace(/\[\d+\]$/, '') === list);
  return (
    <section className="recorded" aria-label={t('import.record')}>
      <h3>{t('import.record')}</h3>
      {tree
        .filter(({ self }) => !self)
        .map((node) => (
          <details key={node.path} open={node.path === 'meeting'}>
            <summary>{t(node.path === 'meeting' ? 'fact.meeting' : 'import.paper')}</summary>
            <Values node={node} {...props} />
          </details>
        ))}
      {['agendaItems', 'attendance', 'distribution'].map((list) => (
        <List key={list} list={list} nodes={under(list)} effects={effects} {...props} />
      ))}
    </section>
  );
}

/** What becomes of a record, by type and stretch. */
function effectsOf(facts: Recording['facts']): Map<string, ImportEffect> {
  return new Map(facts.filter(({ field }) => !field).map(({ type, start, end, effect }) => [`${type} ${start} ${end}`, effect]));
}

function List({ list, nodes, effects, ...props }: Recording & { list: string; nodes: Node[]; effects: Map<string, ImportEffect> }) {
  const { t, number } = useWords();
  const [open, setOpen] = useState(false);
  const name = t(listNames[list.replace(/\[\d+\]/g, '')]!);
  const top = !list.includes('[');
  const content = (
    <>
      <ol className="elements">
        {nodes.map((node) => (
          <Element key={node.path} node={node} effects={effects} {...props} />
        ))}
      </ol>
      <button
        type="button"
        className="link small"
        disabled={props.locked || !props.selected}
        title={props.selected ? undefined : t('import.selectFirst')}
        onClick={() => props.selected && props.onCorrect(...added(props, list))}
      >
        {t('import.addTo', { what: name })}
      </button>
    </>
  );
  if (!top) return content;
  return (
    <details onToggle={(event) => event.target === event.currentTarget && setOpen(event.currentTarget.open)}>
      <summary>
        {name} <span className="count">{number(nodes.length)}</span>
      </summary>
      {open && content}
    </details>
  );
}

/** Corrections that add an element where the reader has selected it; the words of it are its first value. */
function added({ values, selected, text }: Recording, list: string): ImportCorrection[] {
  const path = behind(values, list);
  const { start, end } = selected!;
  const words = wordsAt(text, selected!).replace(/\s+/g, '');
  const first: Record<string, string> = {
    agendaItems: 'title',
    presenters: 'organization',
    documents: 'title',
    decisions: 'text',
    steps: 'actors',
    directives: 'text',
    attendance: 'name',
    distribution: 'name',
  };
  return [
    { path, start, end },
    { path: `${path}.${first[list.slice(list.lastIndexOf('.') + 1)]}`, value: words, start, end },
  ];
}

const below = ['presenters', 'documents', 'decisions', 'directives', 'steps'];

function Element({ node, effects, ...props }: Recording & { node: Node; effects: Map<string, ImportEffect> }) {
  const { t, term } = useWords();
  const [open, setOpen] = useState(false);
  const self = node.self!;
  const name = t(listOf(node.path) ?? 'fact.document');
  const effect = effects.get(`${self.type} ${self.start} ${self.end}`);
  const lists = below.filter((list) => `${node.path.replace(/\[\d+\]/g, '')}.${list}` in listNames);
  const corrected = [self, ...node.values].some(({ method }) => method === 'HUMAN');
  if (self.removed) {
    return (
      <li className="line">
        <del>{summary(node) || name}</del>
        <button type="button" className="link" disabled={props.locked} onClick={() => props.onUncorrect(node.path)}>
          {t('import.takeBack')}
        </button>
      </li>
    );
  }
  return (
    <li>
      <details onToggle={(event) => event.target === event.currentTarget && setOpen(event.currentTarget.open)}>
        <summary>
          <span className="kind">
            {name}
            {effect && ` · ${term('ImportEffect', effect)}`}
            {corrected && ` · ${t('import.corrected')}`}
          </span>
          <span className="what">{summary(node)}</span>
        </summary>
        {open && (
          <>
            <Values node={node} {...props} />
            {lists.map((list) => (
              <List key={list} list={`${node.path}.${list}`} nodes={node.children.filter(({ path }) => path.startsWith(`${node.path}.${list}[`))} effects={effects} {...props} />
            ))}
            <button type="button" className="link small" disabled={props.locked} onClick={() => props.onCorrect({ path: node.path })}>
              {t('import.takeOut', { what: name })}
            </button>
          </>
        )}
      </details>
    </li>
  );
}

function Values({ node, ...props }: Recording & { node: Node }) {
  return (
    <ul className="values">
      {node.values.map((value) => (
        <Value key={value.path} value={value} {...props} />
      ))}
    </ul>
  );
}

/** One value: shown in the text on a click, and corrected in place. */
function Value({ value, ...props }: Recording & { value: ImportValue }) {
  const { t, term } = useWords();
  const [editing, setEditing] = useState(false);
  const place = placeOf(value.path);
  const label = place ? t(place.label) : value.path.slice(value.path.lastIndexOf('.') + 1);
  const stretch = stretchOf(value);
  const shown = place?.kind === 'choice' && value.value ? term(place.type ?? '', value.value) : value.value?.split('\n').join('、');
  const current = Boolean(stretch && props.at && stretch.start === props.at.start && stretch.end === props.at.end);
  if (editing) return <Correct value={value} label={label} {...props} onDone={() => setEditing(false)} />;
  return (
    <li className={value.method === 'HUMAN' ? 'value value-corrected' : 'value'} aria-current={current ? 'true' : undefined}>
      <span className="quiet">{label}</span>
      {stretch ? (
        <button type="button" className="link choose" onClick={() => props.onShow(stretch)}>
          {shown || t('minutes.show')}
        </button>
      ) : (
        <span>{shown || '–'}</span>
      )}
      <span className="value-actions">
        {value.method === 'HUMAN' && (
          <button type="button" className="link small" disabled={props.locked} aria-label={`${t('import.takeBack')}: ${label}`} onClick={() => props.onUncorrect(value.path)}>
            {t('import.takeBack')}
          </button>
        )}
        <button type="button" className="link small" disabled={props.locked} aria-label={`${t('import.change')}: ${label}`} onClick={() => setEditing(true)}>
          {t('import.change')}
        </button>
      </span>
    </li>
  );
}

/** Corrects a value and the words that state it. The words may be selected in the text or typed, so a keyboard is enough. */
function Correct({ value, label, onDone, ...props }: Recording & { value: ImportValue; label: string; onDone(): void }) {
  const { t, term } = useWords();
  const id = useId();
  const place = placeOf(value.path);
  const before = stretchOf(value);
  const [text, setText] = useState(value.value ?? '');
  const [words, setWords] = useState(before ? wordsAt(props.text, before) : '');
  const [picked, setPicked] = useState<Stretch | null>(null);
  const stretchOnly = value.path.endsWith('].text') && value.value === null && value.type === 'AGENDA_ITEM';
  const stretch = picked && wordsAt(props.text, picked) === words ? picked : words ? findWords(props.text, words, before?.start) : null;
  const missing = words !== '' && !stretch;
  const take = () => {
    if (!props.selected) return;
    const selected = wordsAt(props.text, props.selected);
    setPicked(props.selected);
    setWords(selected);
    if (place?.kind === 'line' || place?.kind === 'text') setText(selected.replace(/\s+/g, ''));
  };
  const save = (event: React.FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (missing) return;
    props.onCorrect({ path: value.path, ...(stretchOnly ? {} : { value: text.trim() }), ...(stretch ?? {}) });
    onDone();
  };
  return (
    <li className="value-form">
      <form onSubmit={save} onKeyDown={(event) => event.key === 'Escape' && onDone()}>
        {!stretchOnly && (
          <>
            <label htmlFor={id}>{label}</label>
            {place?.kind === 'choice' ? (
              <select id={id} autoFocus value={text} onChange={(event) => setText(event.target.value)}>
                {!value.required && <option value="">–</option>}
                {place.options?.map((option) => (
                  <option key={option} value={option}>
                    {term(place.type ?? '', option)}
                  </option>
                ))}
              </select>
            ) : place?.kind === 'flag' ? (
              <input id={id} autoFocus type="checkbox" checked={text === 'true'} onChange={(event) => setText(String(event.target.checked))} />
            ) : place?.kind === 'text' || value.list ? (
              <textarea id={id} autoFocus rows={3} required={value.required} value={text} onChange={(event) => setText(event.target.value)} />
            ) : (
              <input
                id={id}
                autoFocus
                type={place?.kind === 'number' || place?.kind === 'date' ? place.kind : 'text'}
                required={value.required}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
            {value.list && <p className="quiet small">{t('import.oneALine')}</p>}
          </>
        )}
        <label htmlFor={`${id}-words`}>{t('import.words')}</label>
        <textarea
          id={`${id}-words`}
          rows={2}
          value={words}
          aria-invalid={missing || undefined}
          aria-describedby={missing ? `${id}-missing` : undefined}
          onChange={(event) => setWords(event.target.value)}
        />
        {missing && (
          <p id={`${id}-missing`} role="alert" className="field-problem">
            {t('import.wordsMissing')}
          </p>
        )}
        <p className="line">
          <button type="submit" className="primary">
            {t('import.apply')}
          </button>
          <button type="button" disabled={!props.selected} onClick={take}>
            {t('import.take')}
          </button>
          <button type="button" className="link" onClick={onDone}>
            {t('import.leave')}
          </button>
        </p>
      </form>
    </li>
  );
}
