import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { Link } from 'wouter';
import { useData } from '../../api/client';
import { graphql } from '../../gql';
import { useWords } from '../../i18n';
import { useAddress } from '../../state/address';
import '../../widgets/figure/figure.css';
import type { RecordNameFragment } from '../../gql/graphql';
import { dotOf, formatPins, parsePins, type Place } from '../../widgets/network/graph';
import '../../widgets/network/network.css';
import { useCommunities } from '../../widgets/network/useCommunities';
import { nameOf } from '../../widgets/record/name';
import { Suggest } from '../../widgets/search/Suggest';
import { Failure, Loading, Nothing } from '../../widgets/status/Status';
import { Chosen } from './Chosen';
import { Communities, communityGroup } from './Communities';
import { type Gathering, useGathering } from './gather';
import { Kinds, typeGroup } from './Kinds';
import { formatSteps, parseSteps, type Step } from './steps';
import { TieTable } from './TieTable';

/** The canvas and its libraries load only here. */
const Drawing = lazy(() => import('../../widgets/network/Canvas'));
const Period = lazy(() => import('../../widgets/network/Period'));

const StartQuery = graphql(`
  query CanvasStart {
    meetings(first: 2, orderBy: [{ field: HELD_ON, direction: DESC }]) {
      nodes {
        id
        title
      }
    }
    organizations(first: 3, filter: { presentations: { count: { gte: 1 } }, decisionsOwed: { count: { gte: 1 } } }) {
      nodes {
        id
        name
      }
    }
  }
`);

/** The state of the canvas, which lives in the address: steps, pins, what is hidden, the period, the record chosen. */
export function useCanvas() {
  const { parameters: p, change } = useAddress();
  const [stepText, pinText, hideText, dropText] = [p.get('steps'), p.get('pin'), p.get('hide'), p.get('off')];
  const steps = useMemo(() => parseSteps(stepText), [stepText]);
  const pins = useMemo(() => parsePins(pinText), [pinText]);
  const hidden = useMemo(() => new Set((hideText ?? '').split(',').filter(Boolean)), [hideText]);
  const off = useMemo(() => new Set((dropText ?? '').split(',').filter(Boolean)), [dropText]);
  const take = (step: Step) => change({ steps: formatSteps([...steps, step]) });
  const toggle = (kind: string) => {
    const next = new Set(hidden);
    if (!next.delete(kind)) next.add(kind);
    change({ hide: [...next].join(',') });
  };
  return { steps, pins, hidden, off, byCommunity: p.get('colour') === 'community', from: p.get('from') ?? undefined, to: p.get('to') ?? undefined, selected: p.get('node') ?? undefined, take, toggle, change };
}

export type CanvasState = ReturnType<typeof useCanvas>;

/** A canvas that begins with a record and grows by what lies around it. */
export default function CanvasPage() {
  const { t } = useWords();
  const state = useCanvas();
  const { steps, take } = state;
  const gathered = useGathering(steps);
  return (
    <main id="content" className="page">
      <title>{`${t('canvas.title')} · ${t('app.name')}`}</title>
      <header className="page-head">
        <h1>{t('canvas.title')}</h1>
        <span className="facts">
          <Link href="/network">{t('nav.network')}</Link>
          <Link href="/path">{t('nav.path')}</Link>
        </span>
      </header>
      <div>
        {!steps.length && <p className="quiet">{t('canvas.lead')}</p>}
        <div className="network-controls">
          <div className="path-end">
            <Suggest label={t('canvas.start')} placeholder={t('canvas.start')} onChoose={({ id }) => take({ around: id })} />
          </div>
          <Buttons state={state} />
        </div>
        <Failure state={gathered} />
        {gathered.fetching && steps.length > 0 && (
          <p className="quiet" role="status">
            {t('canvas.taking', { n: Math.min(gathered.taken + 1, steps.length), of: steps.length })}
          </p>
        )}
        {steps.length === 0 ? <Start onTake={take} /> : gathered.data ? <Drawn gathering={gathered.data} state={state} /> : !gathered.error && <Loading lines={10} />}
      </div>
    </main>
  );
}

function Buttons({ state: { steps, off, byCommunity, change } }: { state: CanvasState }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  if (!steps.length) return null;
  return (
    <div className="line">
      <label className="line">
        <span className="quiet">{t('canvas.colour')}</span>
        <select value={byCommunity ? 'community' : ''} onChange={(event) => change({ colour: event.target.value })}>
          <option value="">{t('canvas.byKind')}</option>
          <option value="community">{t('canvas.byCommunity')}</option>
        </select>
      </label>
      <button type="button" onClick={() => change({ steps: formatSteps(steps.slice(0, -1)) })}>
        {t('canvas.undo')}
      </button>
      {off.size > 0 && (
        <button type="button" onClick={() => change({ off: undefined })}>
          {t('canvas.restore', { n: off.size })}
        </button>
      )}
      <button type="button" onClick={() => change({ steps: undefined, pin: undefined, off: undefined, node: undefined, hide: undefined, from: undefined, to: undefined })}>
        {t('canvas.clear')}
      </button>
      <button type="button" onClick={() => void navigator.clipboard?.writeText(location.href).then(() => setCopied(true))}>
        {copied ? t('canvas.copied') : t('canvas.copy')}
      </button>
    </div>
  );
}

/** What to do on an empty canvas. */
function Start({ onTake }: { onTake(step: Step): void }) {
  const { t } = useWords();
  const { data } = useData(StartQuery, {});
  const records = data ? [...data.meetings.nodes.map(({ id, title }) => ({ id, name: title })), ...data.organizations.nodes] : [];
  return (
    <Nothing text={t('canvas.empty')} hint={records.length ? t('canvas.empty.hint') : undefined}>
      <ul className="line wrap plain-list">
        {records.map(({ id, name }) => (
          <li key={id}>
            <button type="button" onClick={() => onTake({ around: id })}>
              {name}
            </button>
          </li>
        ))}
      </ul>
    </Nothing>
  );
}

/** What is left of a gathering when the kinds, the period and the records that the reader does not want are taken away. */
function visible({ records, lines }: Gathering, { hidden, off, from, to, steps }: CanvasState) {
  const shown = new Map([...records].filter(([id, record]) => !hidden.has(record.__typename) && !off.has(id)));
  const ties = [...lines.values()].filter(
    ({ edge, day }) => !hidden.has(edge.kind) && shown.has(edge.from.id) && shown.has(edge.to.id) && (!day || ((!from || day >= from) && (!to || day <= to))),
  );
  const kept = new Set([...ties.flatMap(({ edge }) => [edge.from.id, edge.to.id]), ...steps.flatMap((step) => ('around' in step ? [step.around] : [step.from, step.to]))]);
  return { records: [...shown.values()].filter(({ id }) => kept.has(id)), ties };
}

function Drawn({ gathering, state }: { gathering: Gathering; state: CanvasState }) {
  const { t } = useWords();
  const { pins, selected, change, take, from, to } = state;
  const { records, ties } = useMemo(() => visible(gathering, state), [gathering, state.hidden, state.off, from, to, state.steps]);
  const counted = useMemo(() => {
    const degrees = new Map<string, number>();
    for (const { edge } of ties) for (const end of [edge.from.id, edge.to.id]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
    return {
      degrees,
      ids: records.map(({ id }) => id),
      lines: ties.map(({ edge, way }) => ({ from: edge.from.id, to: edge.to.id, weight: edge.count, strong: way })),
    };
  }, [records, ties]);
  const found = useCommunities(counted.ids, counted.lines, state.byCommunity);
  const dots = useMemo(() => {
    const group = ({ id, __typename }: RecordNameFragment) => (found ? communityGroup(found.get(id) ?? Infinity) : typeGroup(__typename));
    return records.map((record) => dotOf(record, counted.degrees.get(record.id) ?? 1, group(record)));
  }, [records, counted, found]);
  const days = [...gathering.lines.values()].flatMap(({ day }) => day ?? []).sort();
  const select = useCallback((id: string | undefined) => change({ node: id }, true), [change]);
  const pin = useCallback((id: string, place: Place | undefined) => change({ pin: formatPins(pinned(pins, id, place)) }, true), [change, pins]);
  const chosen = selected ? gathering.records.get(selected) : undefined;
  const hiddenCount = gathering.records.size - records.length;
  return (
    <>
      <Kinds gathering={gathering} state={state} />
      {found && <Communities found={found} records={records} degrees={counted.degrees} onSelect={select} />}
      {days.length > 1 && (
        <Suspense fallback={null}>
          <Period earliest={days[0]!} latest={days.at(-1)!} from={from} to={to} onChange={(start, end) => change({ from: start, to: end }, true)} />
        </Suspense>
      )}
      <p className="quiet" role="status">
        {t('canvas.counted', { nodes: records.length, ties: ties.length })} {hiddenCount > 0 && t('canvas.hidden', { n: hiddenCount })} {t('canvas.help')}
      </p>
      {gathering.wayless.map((step) =>
        'from' in step ? (
          <p key={step.from + step.to} role="alert">
            {t('canvas.wayless', { from: label(gathering, step.from), to: label(gathering, step.to) })}
          </p>
        ) : null,
      )}
      <div className="network">
        <Suspense fallback={<Loading lines={10} />}>
          <Drawing dots={dots} ties={counted.lines} pins={pins} selected={selected} name="minutebook-canvas" onSelect={select} onOpen={(id) => take({ around: id })} onPin={pin} />
        </Suspense>
        <div className="beside">
          {chosen && <Chosen key={chosen.id} record={chosen} gathering={gathering} state={state} onPin={pin} />}
          <TieTable ties={ties} records={gathering.records} selected={selected} onSelect={select} />
        </div>
      </div>
    </>
  );
}

const label = ({ records, ends }: Gathering, id: string) => {
  const record = records.get(id) ?? ends.get(id);
  return record ? nameOf(record) : '…';
};

/** The pins with a record's added, or taken away where no place is given. */
function pinned(pins: Map<string, Place>, id: string, place: Place | undefined): Map<string, Place> {
  const next = new Map(pins);
  if (place) next.set(id, place);
  else next.delete(id);
  return next;
}
