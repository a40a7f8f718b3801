import { Link } from 'wouter';
import { useData } from '../api/client';
import { graphql } from '../gql';
import { useWords } from '../i18n';
import { sentence } from '../routes';
import { DecisionBlock } from '../widgets/decision/DecisionBlock';
import { DistributionList } from '../widgets/record/DistributionList';
import { Timeline } from '../widgets/timeline/Timeline';
import { RecordExport } from '../widgets/export/Export';
import { EditLink } from '../widgets/record/EditLink';
import { History } from '../widgets/record/History';
import { Internal } from '../widgets/record/Internal';
import { Properties } from '../widgets/record/Properties';
import { RecordLink } from '../widgets/record/RecordLink';
import { ItemRow } from '../widgets/rows/rows';
import { Source } from '../widgets/source/Source';
import '../widgets/timeline/timeline.css';
import { isMissing, Missing, Show } from '../widgets/status/Status';

const Query = graphql(`
  query DocumentPage($id: ID!) {
    document(id: $id) {
      id
      title
      kind
      number
      issuedOn
      compiledOn
      publication
      visibility
      sources {
        ...Span
      }
      issuedBy {
        id
        name
      }
      compiledBy {
        id
        name
      }
      meeting {
        id
        title
      }
      agendaItems(first: 30) {
        totalCount
        nodes {
          ...ItemRow
        }
      }
      decisions(first: 50) {
        nodes {
          ...DecisionBlock
          agendaItem {
            id
          }
        }
      }
      distribution {
        ...DistributionLine
      }
    }
  }
`);

export default function Document({ id }: { id: string }) {
  const { t, term, date } = useWords();
  const state = useData(Query, { id });
  if (isMissing(state, (data) => data.document)) return <Missing />;
  return (
    <main id="content" className="page narrow">
      <Show state={state} lines={8}>
        {({ document }) => {
          if (!document) return null;
          const way = [...document.agendaItems.nodes].sort((a, b) => a.meeting.heldOn.localeCompare(b.meeting.heldOn));
          return (
            <>
              <title>{`${document.title} · ${t('app.name')}`}</title>
              <header className="record-head">
                <p className="kicker">{term('DocumentKind', document.kind)}</p>
                <h1>
                  {document.title}
                  <Source sources={document.sources} />
                  <Internal visibility={document.visibility} />
                </h1>
                <Properties
                  lines={[
                    [t('meeting.number'), document.number],
                    [t('meeting.issued'), document.issuedOn && <time dateTime={document.issuedOn}>{date(document.issuedOn)}</time>],
                    [t('document.issuedBy'), document.issuedBy && <Org {...document.issuedBy} />],
                    [
                      t('meeting.compiled'),
                      document.compiledOn && <time dateTime={document.compiledOn}>{date(document.compiledOn)}</time>,
                    ],
                    [t('document.compiledBy'), document.compiledBy && <Org {...document.compiledBy} />],
                    [t('document.publication'), document.publication],
                    [
                      t('fact.meeting'),
                      document.meeting && (
                        <RecordLink type="Meeting" id={document.meeting.id}>
                          {document.meeting.title}
                        </RecordLink>
                      ),
                    ],
                  ]}
                />
                {document.kind === 'MINUTES' && (
                  <p className="actions">
                    <Link href={sentence(id)} className="button">
                      {t('meeting.read')}
                    </Link>
                  </p>
                )}
              </header>
              {(document.kind !== 'MINUTES' || way.length > 0) && (
                <>
                  <h2>{t('document.way')}</h2>
                  {way.length === 0 && <p className="quiet">{t('document.noWay')}</p>}
                  <ol className="way">
                    {way.map((item) => (
                      <li key={item.id}>
                        <ItemRow item={item} />
                        {document.decisions.nodes
                          .filter(({ agendaItem }) => agendaItem.id === item.id)
                          .map((decision) => (
                            <DecisionBlock key={decision.id} decision={decision} />
                          ))}
                      </li>
                    ))}
                  </ol>
                </>
              )}
              {document.distribution.length > 0 && (
                <>
                  <h2>{t('meeting.distribution')}</h2>
                  <DistributionList lines={document.distribution} />
                </>
              )}
              <RecordExport id={id} />
              <Timeline id={id} />
              <EditLink id={id} type="Document" />
              <History id={id} />
            </>
          );
        }}
      </Show>
    </main>
  );
}

function Org({ id, name }: { id: string; name: string }) {
  return (
    <RecordLink type="Organization" id={id}>
      {name}
    </RecordLink>
  );
}
