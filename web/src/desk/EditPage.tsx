import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { type Loaded, useChange, useData, useKept } from '../api/client';
import { describe } from '../api/problem';
import { graphql } from '../gql';
import type { RefusalFragment, Visibility } from '../gql/graphql';
import { useWords } from '../i18n';
import { hasPage, pageOf } from '../routes';
import { useAddress } from '../state/address';
import { History } from '../widgets/record/History';
import { Nothing, Show } from '../widgets/status/Status';
import { Belongings } from './create/Belongings';
import { changed, patchOf, type Values, valuesOf } from './fields';
import { FieldInput } from './FieldInput';
import { useGuard } from './guard';
import { type Kind, kinds } from './kinds';
import { Lists } from './parts/Lists';
import { refusalOf, Refused } from './Refused';
import { Remove } from './Remove';
import { Undo } from './Undo';
import { useViewer } from './viewer';

const TypeQuery = graphql(`
  query EditType($id: ID!) {
    node(id: $id) {
      __typename
      id
    }
  }
`);

const VisibilityMutation = graphql(`
  mutation SetVisibility($id: ID!, $visibility: Visibility!, $version: Int) {
    setVisibility(id: $id, visibility: $visibility, expectedVersion: $version) {
      record {
        id
        version
        visibility
      }
      userErrors {
        ...Refusal
      }
    }
  }
`);

/** Edits one record, of any type. */
export function EditPage({ id }: { id: string }) {
  const { t } = useWords();
  const state = useKept(useData(TypeQuery, { id }));
  return (
    <Show state={state}>
      {({ node }) => {
        const kind = node && kinds[node.__typename];
        return kind ? <Editor id={node.id} type={node.__typename} kind={kind} /> : <Nothing text={t('missing.title')} hint={t('missing.text')} />;
      }}
    </Show>
  );
}

type Read = { record?: ({ id: string; version: number; visibility?: Visibility } & Record<string, unknown>) | null };

function Editor({ id, type, kind }: { id: string; type: string; kind: Kind }) {
  const { t, term } = useWords();
  const state = useKept(useData(kind.read, { id }) as Loaded<Read>);
  const { parameters } = useAddress();
  const [removed, setRemoved] = useState<{ change?: string }>();
  const name = type.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  if (removed) {
    return (
      <p className="line" role="status">
        {t('remove.done')}
        {removed.change && (
          <Undo
            change={removed.change}
            onDone={() => {
              state.retry();
              setRemoved(undefined);
            }}
          />
        )}
      </p>
    );
  }
  return (
    <Show state={state}>
      {({ record }) =>
        record ? (
          <>
            <h2>
              {t('edit.title', { type: term('RecordType', name) })}{' '}
              {hasPage(type) && (
                <Link href={pageOf(type, id)} className="small">
                  {t('edit.page')}
                </Link>
              )}
            </h2>
            {parameters.get('made') && <p role="status">{t('new.done')}</p>}
            <Editing kind={kind} record={record} reload={state.retry} />
            <Belongings id={id} type={type} />
            <Remove type={type} id={id} version={record.version} onDone={(change) => setRemoved({ change })} />
            <History
              id={id}
              action={(change, reload) => (
                <Undo
                  change={change}
                  onDone={() => {
                    state.retry();
                    reload();
                  }}
                />
              )}
            />
          </>
        ) : (
          <Nothing text={t('missing.title')} />
        )
      }
    </Show>
  );
}

type RecordRead = NonNullable<Read['record']>;

/**
 * Holds the version that the form began with. While something typed would be lost, a newer one that arrives by itself does not
 * replace it; it does once it is the answer to what the reader saved, or once the reader takes it. A change of a list here is
 * the reader's own: the form goes on from the version it made.
 */
function Editing({ kind, record, reload }: { kind: Kind; record: RecordRead; reload(): void }) {
  const { t } = useWords();
  const [base, setBase] = useState(record);
  const [version, setVersion] = useState(record.version);
  const [expected, setExpected] = useState<number>();
  const [dirty, setDirty] = useState(false);
  const [saved, setSaved] = useState(false);
  const answered = expected !== undefined && record.version >= expected;
  if (answered || (!dirty && expected === undefined && record.version > base.version)) {
    setBase(record);
    setVersion(record.version);
    setExpected(undefined);
    setSaved(answered);
  }
  const expect = (next: number) => {
    setExpected(next);
    reload();
  };
  return (
    <>
      <Publishing record={{ id: base.id, version, visibility: base.visibility ?? 'INTERNAL' }} locked={dirty} onDone={expect} />
      <EditForm key={base.version} kind={kind} record={base} version={version} onDirty={setDirty} onSaved={expect} onTake={(taken) => {
          setBase(taken);
          setVersion(taken.version);
        }} />
      {saved && !dirty && <p role="status">{t('edit.saved')}</p>}
      <Lists
        id={base.id}
        onWritten={(next) => {
          setVersion((before) => (next === before + 1 ? next : before));
          setSaved(false);
          reload();
        }}
      />
    </>
  );
}

/** Opens a record to everybody or closes it. */
function Publishing(props: {
  record: { id: string; version: number; visibility: Visibility };
  /** Whether something typed would be lost. */
  locked: boolean;
  onDone(version: number): void;
}) {
  const { record, locked, onDone } = props;
  const words = useWords();
  const { t, term } = words;
  const { may } = useViewer();
  const [run, busy] = useChange(VisibilityMutation);
  const [trouble, setTrouble] = useState<string>();
  const next: Visibility = record.visibility === 'PUBLIC' ? 'INTERNAL' : 'PUBLIC';
  const set = async () => {
    const { data, error } = await run({ id: record.id, visibility: next, version: record.version });
    const refused = data?.setVisibility.userErrors[0];
    setTrouble(error ? describe(error, words).text : refused?.message);
    if (!error && !refused) onDone(data?.setVisibility.record?.version ?? record.version);
  };
  return (
    <div className="publishing">
      <p>
        {t('edit.visibility')}: <strong>{term('Visibility', record.visibility)}</strong> · {t('history.version', { n: record.version })}
      </p>
      <button type="button" onClick={() => void set()} disabled={busy || locked || !may('EDITOR')}>
        {t(next === 'PUBLIC' ? 'edit.publish' : 'edit.withdraw')}
      </button>
      {trouble && <p role="alert">{trouble}</p>}
    </div>
  );
}

/** What is wrong with a field, to be shown beside it. */
function problemOf(refusals: RefusalFragment[], field: string) {
  const refusal = refusalOf(refusals, field);
  return refusal && <Refused refusal={refusal} />;
}

interface Outcome {
  trouble?: string;
  refusals: RefusalFragment[];
}

interface FormProps {
  kind: Kind;
  record: RecordRead;
  /** Version that the record is expected to have. */
  version: number;
  onDirty(dirty: boolean): void;
  onSaved(version: number): void;
  onTake(record: RecordRead): void;
}

function EditForm({ kind, record, version: expected, onDirty, onSaved, onTake }: FormProps) {
  const words = useWords();
  const { t } = words;
  const { may } = useViewer();
  const [before] = useState(() => valuesOf(record, kind.fields));
  const [values, setValues] = useState<Values>(before);
  const [outcome, setOutcome] = useState<Outcome>({ refusals: [] });
  const [run, busy] = useChange(kind.write);
  const dirty = changed(before, values);
  useGuard(dirty.length > 0);
  useEffect(() => onDirty(dirty.length > 0), [dirty.length, onDirty]);
  const conflict = outcome.refusals.find(({ code }) => code === 'CONFLICT');
  const save = async (version: number, names = dirty) => {
    const patch = Object.fromEntries(Object.entries(patchOf(before, values, kind.fields)).filter(([name]) => names.includes(name)));
    const { data, error } = await run({ id: record.id, patch, version });
    const refusals = (data?.answer.userErrors ?? []) as RefusalFragment[];
    setOutcome({ trouble: error && describe(error, words).text, refusals });
    if (!error && !refusals.length) onSaved(data?.answer.record?.version ?? version + 1);
  };
  return (
    <form
      className="edit"
      onSubmit={(event) => {
        event.preventDefault();
        void save(expected);
      }}
    >
      {kind.fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={values[field.name]!}
          changed={dirty.includes(field.name)}
          problem={problemOf(outcome.refusals, field.name)}
          onChange={(value) => setValues({ ...values, [field.name]: value })}
        />
      ))}
      {outcome.trouble && <p role="alert">{outcome.trouble}</p>}
      {outcome.refusals
        .filter(({ path, code }) => code !== 'CONFLICT' && !kind.fields.some(({ name }) => path.includes(name)))
        .map((refusal) => (
          <p key={refusal.message} role="alert">
            <Refused refusal={refusal} />
          </p>
        ))}
      {conflict && (
        <Conflict kind={kind} id={record.id} mine={values} names={dirty} onKeep={(version, names) => void save(version, names)} onTake={onTake} />
      )}
      <p className="line">
        <button type="submit" className="primary" disabled={busy || !dirty.length || !may('EDITOR')}>
          {t('edit.save')}
        </button>
        <button type="button" disabled={!dirty.length} onClick={() => setValues(before)}>
          {t('edit.reset')}
        </button>
        {!may('EDITOR') && <span className="quiet">{t('edit.needs', { role: words.term('Role', 'EDITOR') })}</span>}
      </p>
    </form>
  );
}

/** Shows what somebody else wrote meanwhile beside what the reader wants, and lets the reader choose, field by field. */
function Conflict(props: { kind: Kind; id: string; mine: Values; names: string[]; onKeep(version: number, names: string[]): void; onTake(record: RecordRead): void }) {
  const { t } = useWords();
  const state = useData(props.kind.read, { id: props.id }) as Loaded<Read>;
  const { retry } = state;
  const ask = useRef(retry);
  useEffect(() => ask.current(), []);
  const [kept, setKept] = useState(() => new Set(props.names));
  const now = state.data?.record;
  if (!now || state.fetching) return null;
  const theirs = valuesOf(now, props.kind.fields);
  const show = (value: Values[string] | undefined) => value?.name || value?.value || '–';
  return (
    <div className="status failure" role="alert">
      <p>{t('edit.conflict')}</p>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('history.field')}</th>
              <th scope="col">{t('edit.mine')}</th>
              <th scope="col">{t('edit.theirs')}</th>
            </tr>
          </thead>
          <tbody>
            {props.names.map((name) => (
              <tr key={name}>
                <th scope="row">{t(props.kind.fields.find((f) => f.name === name)!.label)}</th>
                {([true, false] as const).map((own) => (
                  <td key={String(own)}>
                    <label>
                      <input
                        type="radio"
                        name={`conflict-${name}`}
                        checked={kept.has(name) === own}
                        onChange={() => setKept((before) => new Set(own ? [...before, name] : [...before].filter((other) => other !== name)))}
                      />{' '}
                      {show(own ? props.mine[name] : theirs[name])}
                    </label>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="line">
        <button type="button" disabled={kept.size === 0} onClick={() => props.onKeep(now.version, [...kept])}>
          {t('edit.keepMine')}
        </button>
        <button type="button" onClick={() => props.onTake(now)}>
          {t('edit.takeTheirs')}
        </button>
      </p>
    </div>
  );
}
