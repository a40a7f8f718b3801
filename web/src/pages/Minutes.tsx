import { useCallback, useMemo, useState } from 'react';
import { Link } from 'wouter';
import { useAll } from '../api/all';
import { useData } from '../api/client';
import { graphql } from '../gql';
import { useWords } from '../i18n';
import { pageOf, parseStretch } from '../routes';
import { useAddress } from '../state/address';
import { RecordLink } from '../widgets/record/RecordLink';
import { Failure, isMissing, Missing, Nothing, Show } from '../widgets/status/Status';
import { collectFacts, type Fact, factName } from '../widgets/text/facts';
import { MinutesText } from '../widgets/text/MinutesText';

const TextQuery = graphql(`
  query MinutesText($id: ID!) {
    document(id: $id) {
      id
      title
      number
      issuedOn
      text
      meeting {
        id
        title
      }
    }
  }
`);

const HeadQuery = graphql(`
  query MinutesHead($id: ID!) {
    document(id: $id) {
      id
      sources {
        ...Span
      }
      distribution {
        label
        sources {
          ...Span
        }
      }
      meeting {
        id
        sources {
          ...Span
        }
      }
    }
  }
`);

const ItemsQuery = graphql(`
  query MinutesItems($meeting: ID!, $after: String) {
    agendaItems(filter: { meeting: { id: { eq: $meeting } } }, first: 50, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        title
        sources {
          ...Span
        }
        presenters(first: 5) {
          nodes {
            organization {
              name
            }
            person {
              name
            }
            sources {
              ...Span
            }
          }
        }
      }
    }
  }
`);

const DecisionsQuery = graphql(`
  query MinutesDecisions($meeting: ID!, $after: String) {
    decisions(filter: { meeting: { id: { eq: $meeting } } }, first: 100, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        text
        sources {
          ...Span
        }
        steps {
          sources {
            ...Span
          }
        }
      }
    }
  }
`);

const DirectivesQuery = graphql(`
  query MinutesDirectives($meeting: ID!, $after: String) {
    directives(filter: { agendaItem: { meeting: { id: { eq: $meeting } } } }, first: 100, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        text
        sources {
          ...Span
        }
      }
    }
  }
`);

const AttendancesQuery = graphql(`
  query MinutesAttendances($meeting: ID!, $after: String) {
    attendances(filter: { meeting: { id: { eq: $meeting } } }, first: 100, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        label
        person {
          id
        }
        sources {
          ...Span
        }
      }
    }
  }
`);

export default function Minutes({ id }: { id: string }) {
  const { t, date } = useWords();
  const { parameters } = useAddress();
  const state = useData(TextQuery, { id });
  const at = parameters.get('at');
  const stretch = useMemo(() => parseStretch(at), [at]);
  if (isMissing(state, (data) => data.document)) return <Missing />;
  return (
    <main id="content" className="page reading">
      <Show state={state} lines={12}>
        {({ document }) =>
          document && (
            <>
              <title>{`${document.title} · ${t('app.name')}`}</title>
              <header className="record-head">
                <p className="kicker">
                  {document.meeting ? (
                    <RecordLink type="Meeting" id={document.meeting.id}>
                      {document.meeting.title}
                    </RecordLink>
                  ) : (
                    t('meeting.minutes')
                  )}
                </p>
                <h1>
                  <Link href={pageOf('Document', id)} className="plain">
                    {document.title}
                  </Link>
                </h1>
                <p className="facts">
                  {document.number && <span>{document.number}</span>}
                  {document.issuedOn && <time dateTime={document.issuedOn}>{date(document.issuedOn)}</time>}
                </p>
              </header>
              {document.text ? (
                <Reading id={id} text={document.text} meeting={document.meeting?.id} at={stretch} />
              ) : (
                <Nothing text={t('minutes.noText')} />
              )}
            </>
          )
        }
      </Show>
    </main>
  );
}

function Reading({ id, text, meeting, at }: { id: string; text: string; meeting?: string; at: { start: number; end: number } | null }) {
  const { t } = useWords();
  const { change } = useAddress();
  const of = { meeting: meeting ?? '' };
  const head = useData(HeadQuery, { id });
  const items = useAll(ItemsQuery, of, (data) => data.agendaItems, !meeting);
  const decisions = useAll(DecisionsQuery, of, (data) => data.decisions, !meeting);
  const directives = useAll(DirectivesQuery, of, (data) => data.directives, !meeting);
  const attendances = useAll(AttendancesQuery, of, (data) => data.attendances, !meeting);
  const collected = useMemo(
    () => collectFacts(id, { document: head.data?.document, items: items.data, decisions: decisions.data, directives: directives.data, attendances: attendances.data }),
    [id, head.data, items.data, decisions.data, directives.data, attendances.data],
  );
  const choose = useCallback((fact: Fact) => change({ at: `${fact.start}-${fact.end}` }), [change]);
  return (
    <>
      <div className="main">
        {at && <Chosen at={at} facts={collected} />}
        <MinutesText text={text} facts={collected} at={at} onChoose={choose} />
      </div>
      <aside className="rail rail-end" aria-label={t('minutes.facts')}>
        <h2>{t('minutes.facts')}</h2>
        <p className="quiet small">{t('minutes.factsHint')}</p>
        <Failure state={[head, items, decisions, directives, attendances].find(({ error }) => error) ?? head} />
        <FactList facts={collected} at={at} />
      </aside>
    </>
  );
}

/** Says what the marked stretch states, and gives a link to it. */
function Chosen({ at, facts }: { at: { start: number; end: number }; facts: Fact[] }) {
  const { t } = useWords();
  const [copied, setCopied] = useState<string>();
  const here = `${at.start}-${at.end}`;
  const fact = facts.find(({ start, end }) => start === at.start && end === at.end);
  return (
    <div className="chosen" role="status">
      <span className="label">{fact ? t(factName(fact.kind)) : t('minutes.position', { start: at.start, end: at.end })}</span>
      {fact?.href && <Link href={fact.href}>{t('minutes.record')}</Link>}
      <button
        type="button"
        className="link"
        onClick={() => void navigator.clipboard?.writeText(location.href).then(() => setCopied(here))}
      >
        {copied === here ? t('minutes.copied') : t('minutes.copy')}
      </button>
    </div>
  );
}

function FactList({ facts, at }: { facts: Fact[]; at: { start: number; end: number } | null }) {
  const { t } = useWords();
  const { address } = useAddress();
  return (
    <ol className="fact-list" tabIndex={0} aria-label={t('minutes.facts')}>
      {facts.map((fact, i) => {
        const current = at?.start === fact.start && at.end === fact.end;
        return (
          <li key={i} className={`fact-level-${fact.kind}${fact.derived ? ' derived' : ''}`} aria-current={current ? 'true' : undefined}>
            <Link href={address({ at: `${fact.start}-${fact.end}` })} className="choose" replace>
              <span className="kind">{t(factName(fact.kind))}</span>
              <span className="what" lang="zh-CN">
                {fact.label}
              </span>
            </Link>
            {fact.href && (
              <Link href={fact.href} className="open" aria-label={`${t('minutes.record')}: ${fact.label}`}>
                →
              </Link>
            )}
          </li>
        );
      })}
    </ol>
  );
}
