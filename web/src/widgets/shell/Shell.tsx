import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { type Key, useWords } from '../../i18n';
import { SearchBox } from '../search/SearchBox';
import { Keys } from './Keys';
import { Queries } from './Queries';
import './shell.css';
import { ThemeChoice } from './ThemeChoice';

const places: [href: string, name: Key][] = [
  ['/meetings', 'nav.meetings'],
  ['/items', 'nav.items'],
  ['/decisions', 'nav.decisions'],
  ['/documents', 'nav.documents'],
  ['/organizations', 'nav.organizations'],
  ['/people', 'nav.people'],
  ['/network', 'nav.network'],
];

/** Whether a page belongs to a place: the ways to look at ties are one place. */
const isAt = (href: string, path: string) =>
  path === href || path.startsWith(`${href}/`) || (href === '/network' && (path === '/canvas' || path === '/path'));

/** What surrounds every page: the name, the places to go, the search box, and the choices of language and appearance. */
export function Shell({ children }: { children: ReactNode }) {
  const { t, language, switchTo } = useWords();
  const [path] = useLocation();
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    menu.current?.removeAttribute('open');
  }, [path]);
  const links = places.map(([href, name]) => (
    <li key={href}>
      <Link href={href} aria-current={isAt(href, path) ? 'page' : undefined}>
        {t(name)}
      </Link>
    </li>
  ));
  return (
    <>
      <a href="#content" className="skip">
        {t('app.skip')}
      </a>
      <header className="shell">
        <div className="shell-inner">
          <Link href="/" className="wordmark">
            <span className="seal" aria-hidden="true" />
            {t('app.name')}
          </Link>
          <nav className="places" aria-label={t('nav.label')}>
            <ul>{links}</ul>
          </nav>
          {path !== '/' && path !== '/search' && (
            <div className="shell-search">
              <SearchBox />
            </div>
          )}
          <div className="choices">
            <button type="button" className="link" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => switchTo(language === 'zh' ? 'en' : 'zh')}>
              {t('lang.switch')}
            </button>
            <ThemeChoice />
            <Link href="/admin">{t('nav.admin')}</Link>
          </div>
          <details className="menu" ref={menu}>
            <summary>{t('app.menu')}</summary>
            <nav aria-label={t('nav.label')}>
              <ul>{links}</ul>
            </nav>
          </details>
        </div>
      </header>
      {children}
      <footer className="foot">
        <div className="foot-inner">
          <nav aria-label={t('nav.api')}>
            <ul>
              <li>
                <Link href="/directives">{t('nav.directives')}</Link>
              </li>
              <li>
                <Link href="/canvas">{t('nav.canvas')}</Link>
              </li>
              <li>
                <Link href="/figures">{t('nav.figures')}</Link>
              </li>
              <li>
                <Link href="/changes">{t('nav.changes')}</Link>
              </li>
              <li>
                <Keys />
              </li>
              <li>
                <a href="/graphiql">GraphiQL</a>
              </li>
              <li>
                <a href="/schema.graphql">schema.graphql</a>
              </li>
            </ul>
          </nav>
          <Queries />
        </div>
      </footer>
    </>
  );
}
