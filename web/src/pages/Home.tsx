import { Link } from 'wouter';
import { useData } from '../api/client';
import { graphql } from '../gql';
import { useWords } from '../i18n';
import { MeetingRow } from '../widgets/rows/rows';
import { SearchBox } from '../widgets/search/SearchBox';
import { Nothing, Show } from '../widgets/status/Status';

const Query = graphql(`
  query Home {
    meetings(first: 8, orderBy: [{ field: HELD_ON, direction: DESC }]) {
      totalCount
      nodes {
        ...MeetingRow
      }
    }
    agendaItems {
      totalCount
    }
    decisions {
      totalCount
    }
    open: decisions(filter: { steps: { some: { status: { eq: OPEN } } } }) {
      totalCount
    }
    directives {
      totalCount
    }
    documents {
      totalCount
    }
    organizations {
      totalCount
    }
    people {
      totalCount
    }
  }
`);

export default function Home() {
  const { t, number } = useWords();
  const state = useData(Query, {});
  return (
    <main id="content" className="page home">
      <title>{`${t('app.name')} · ${t('app.tagline')}`}</title>
      <header className="home-head">
        <h1>{t('app.tagline')}</h1>
        <p className="lead">{t('home.lead')}</p>
        <SearchBox />
      </header>
      <Show state={state} lines={8}>
        {(data) =>
          data.meetings.totalCount === 0 ? (
            <Nothing text={t('empty.database')} hint={t('empty.database.hint')}>
              <Link href="/admin/import" className="button">
                {t('empty.database.action')}
              </Link>
            </Nothing>
          ) : (
            <>
              <section className="latest" aria-labelledby="latest">
                <h2 id="latest">{t('home.latest')}</h2>
                <ul className="rows">
                  {data.meetings.nodes.map((meeting) => (
                    <li key={meeting.id}>
                      <MeetingRow meeting={meeting} />
                    </li>
                  ))}
                </ul>
                <p>
                  <Link href="/meetings">{t('home.all')}</Link>
                </p>
              </section>
              <section className="holdings" aria-labelledby="holdings">
                <h2 id="holdings">{t('home.holdings')}</h2>
                <ul>
                  {(
                    [
                      ['/meetings', 'nav.meetings', data.meetings],
                      ['/items', 'nav.items', data.agendaItems],
                      ['/decisions', 'nav.decisions', data.decisions],
                      ['/decisions?status=OPEN', 'home.open', data.open],
                      ['/directives', 'nav.directives', data.directives],
                      ['/documents', 'nav.documents', data.documents],
                      ['/organizations', 'nav.organizations', data.organizations],
                      ['/people', 'nav.people', data.people],
                    ] as const
                  ).map(([href, label, { totalCount }]) => (
                    <li key={href}>
                      <Link href={href}>{t(label)}</Link> <span className="count">{number(totalCount)}</span>
                    </li>
                  ))}
                </ul>
              </section>
            </>
          )
        }
      </Show>
    </main>
  );
}
