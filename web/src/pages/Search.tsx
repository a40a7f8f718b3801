import { useWords } from '../i18n';
import { useAddress } from '../state/address';
import { useLookup } from '../widgets/search/lookup';
import { RecordLink } from '../widgets/record/RecordLink';
import { SearchBox } from '../widgets/search/SearchBox';
import { Loading, Nothing } from '../widgets/status/Status';

export default function Search() {
  const { t } = useWords();
  const { parameters } = useAddress();
  const q = parameters.get('q') ?? '';
  const { suggestions, busy } = useLookup(q);
  return (
    <main id="content" className="page narrow">
      <title>{`${t('search.title')} · ${t('app.name')}`}</title>
      <header className="page-head">
        <h1>{t('search.title')}</h1>
      </header>
      <SearchBox initial={q} />
      {[...q].length < 2 ? (
        <p className="quiet">{t('search.prompt')}</p>
      ) : busy ? (
        <Loading />
      ) : suggestions.length === 0 ? (
        <Nothing text={t('search.none', { q })} hint={t('search.none.hint')} />
      ) : (
        <>
        <h2 className="unseen">{t('search.results', { n: suggestions.length })}</h2>
        <ul className="rows">
          {suggestions.map((s) => (
            <li key={s.id}>
              <h3>
                <RecordLink type={s.type} id={s.id}>
                  {s.label}
                </RecordLink>
              </h3>
              <p className="facts">{s.detail}</p>
            </li>
          ))}
        </ul>
        </>
      )}
    </main>
  );
}
