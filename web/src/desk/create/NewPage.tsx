import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { Link, useLocation } from 'wouter';
import { useData, useKept } from '../../api/client';
import { describe } from '../../api/problem';
import { graphql } from '../../gql';
import type { NewInQuery } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { useAddress } from '../../state/address';
import { nameOf, recordType } from '../../widgets/record/name';
import { Nothing, Show } from '../../widgets/status/Status';
import { changeOf } from '../changeOf';
import { blank, type Field, type Values } from '../fields';
import { FieldsForm, type Trouble } from '../FieldsForm';
import { Undo } from '../Undo';
import { useViewer } from '../viewer';
import { type Creatable, creatables } from './creatable';

const InQuery = graphql(`
  query NewIn($id: ID!) {
    node(id: $id) {
      __typename
      id
      ...RecordName
      ... on Meeting {
        agendaItems(last: 1, orderBy: [{ field: POSITION }]) {
          nodes {
            id
            position
          }
        }
        attendances(last: 1, orderBy: [{ field: POSITION }]) {
          nodes {
            id
            position
          }
        }
      }
      ... on AgendaItem {
        directives(last: 1, orderBy: [{ field: POSITION }]) {
          nodes {
            id
            position
          }
        }
      }
    }
  }
`);

type Within = NonNullable<NewInQuery['node']>;

/** The place after the last of those that a record has already. */
function nextPlace(type: string, within: Within): number | undefined {
  const last = (list: { nodes: { position: number }[] }) => (list.nodes[0]?.position ?? 0) + 1;
  if (type === 'AgendaItem' && within.__typename === 'Meeting') return last(within.agendaItems);
  if (type === 'Attendance' && within.__typename === 'Meeting') return last(within.attendances);
  if (type === 'Directive' && within.__typename === 'AgendaItem') return last(within.directives);
  return undefined;
}

/** What the form of a new record begins with, where it is made for another: that one, and the next place in it. */
function beginning(type: string, fields: readonly Field[], within?: Within): Values {
  const values = blank(fields);
  if (!within) return values;
  const to = fields.find(({ records }) => records?.some((other) => other === within.__typename));
  if (to) values[to.name] = { value: within.id, name: nameOf(within) };
  const place = nextPlace(type, within);
  if (place) values.position = { value: String(place) };
  return values;
}

/** What the next form begins with, of one that was filled in: made for the same records, one place further. */
function following(empty: Values, values: Values, fields: readonly Field[]): Values {
  const next = { ...empty };
  for (const { name, kind, required } of fields) if (kind === 'record' && required) next[name] = values[name]!;
  if (values.position?.value) next.position = { value: String(Number(values.position.value) + 1) };
  return next;
}

/** Makes a record, of a type and perhaps for another record, both named in the address. */
export function NewPage({ type }: { type: string }) {
  const { t } = useWords();
  const { parameters } = useAddress();
  const id = parameters.get('in');
  const state = useKept(useData(InQuery, { id: id ?? '' }, !id));
  // The address may say anything, the name of a property that every object has among them.
  const kind = Object.hasOwn(creatables, type) ? creatables[type] : undefined;
  if (!kind) return <Nothing text={t('missing.page')} />;
  if (!id) return <Creating type={type} kind={kind} />;
  return <Show state={state}>{({ node }) => (node ? <Creating type={type} kind={kind} within={node} /> : <Nothing text={t('missing.title')} hint={t('missing.text')} />)}</Show>;
}

interface Made {
  id: string;
  change?: string;
}

function Creating({ type, kind, within: given }: { type: string; kind: Creatable; within?: Within }) {
  const words = useWords();
  const { t, term } = words;
  const { may } = useViewer();
  const client = useClient();
  const [, navigate] = useLocation();
  // What was loaded first stays: the answer to a new record loads it anew, while a form is filled in.
  const [within] = useState(given);
  const [before, setBefore] = useState(() => beginning(type, kind.fields, within));
  const [made, setMade] = useState<Made[]>([]);
  const sent = useRef({ text: '', key: '' });
  /** The same values sent again, because no answer came, make one record only. */
  const keyOf = (values: object) => {
    const text = JSON.stringify(values);
    if (sent.current.text !== text) sent.current = { text, key: `${Date.now()}-${Math.random()}` };
    return sent.current.key;
  };
  const save = async (inputs: Record<string, unknown>, further: boolean, values: Values): Promise<Trouble | undefined> => {
    const given = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null));
    const input = { ...given, idempotencyKey: keyOf(given) };
    const { data, error } = await client.mutation(kind.create.toString(), { input }).toPromise();
    if (error || !data) return { text: error && describe(error, words).text, refusals: [] };
    const { record, userErrors } = data.answer as { record?: Made & { version: number } | null; userErrors: Trouble['refusals'] };
    if (!record) return { refusals: userErrors };
    sent.current = { text: '', key: '' };
    if (!further) {
      navigate(`/admin/edit/${encodeURIComponent(record.id)}?made=yes`);
      return undefined;
    }
    setBefore(following(beginning(type, kind.fields, within), values, kind.fields));
    setMade((all) => [{ id: record.id }, ...all]);
    if (may('ADMIN')) {
      const change = await changeOf(client, record.id, record.version);
      setMade((all) => all.map((one) => (one.id === record.id ? { ...one, change } : one)));
    }
    return undefined;
  };
  const name = term('RecordType', recordType(type));
  return (
    <>
      <h2>{t('new.title', { type: name })}</h2>
      {within && 'id' in within && (
        <p className="quiet">
          {t('new.in')} <Link href={`/admin/edit/${encodeURIComponent(within.id)}`}>{nameOf(within)}</Link>
        </p>
      )}
      {may('EDITOR') ? (
        <FieldsForm key={made.length} fields={kind.fields} before={before} action={t('new.do')} further={t('new.further')} onSave={save} />
      ) : (
        <p className="quiet">{t('edit.needs', { role: term('Role', 'EDITOR') })}</p>
      )}
      {made.length > 0 && (
        <ul className="made" role="status">
          {made.map(({ id, change }) => (
            <li key={id} className="line">
              {t('new.done')} <Link href={`/admin/edit/${encodeURIComponent(id)}`}>{t('new.open', { type: name })}</Link>
              {change && <Undo change={change} onDone={() => undefined} />}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The types of which a record can be made. */
export function NewIndex() {
  const { t, term } = useWords();
  return (
    <>
      <h2>{t('new.index')}</h2>
      <ul className="new-types">
        {Object.keys(creatables).map((type) => (
          <li key={type}>
            <Link href={`/admin/new/${type}`}>{term('RecordType', recordType(type))}</Link>
          </li>
        ))}
      </ul>
    </>
  );
}
