import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { useWords } from './i18n';
import Home from './pages/Home';
import Meeting from './pages/Meeting';
import { Loading } from './widgets/status/Status';
import { Shell } from './widgets/shell/Shell';

/** Pages of lists, by first segment of the address. Every page but the two commonest loads when it is needed. */
const lists: Record<string, ComponentType> = {
  meetings: lazy(() => import('./pages/lists/Meetings')),
  items: lazy(() => import('./pages/lists/Items')),
  decisions: lazy(() => import('./pages/lists/Decisions')),
  directives: lazy(() => import('./pages/lists/Directives')),
  documents: lazy(() => import('./pages/lists/Documents')),
  organizations: lazy(() => import('./pages/lists/Organizations')),
  people: lazy(() => import('./pages/lists/People')),
  search: lazy(() => import('./pages/Search')),
  network: lazy(() => import('./pages/explore/Network')),
  canvas: lazy(() => import('./pages/explore/Canvas')),
  path: lazy(() => import('./pages/explore/Path')),
  figures: lazy(() => import('./pages/Figures')),
  changes: lazy(() => import('./pages/Changes')),
};

/** Pages of single records. */
const records: Record<string, ComponentType<{ id: string }>> = {
  meetings: Meeting,
  items: lazy(() => import('./pages/Item')),
  decisions: lazy(() => import('./pages/Decision')),
  directives: lazy(() => import('./pages/Directive')),
  documents: lazy(() => import('./pages/Document')),
  minutes: lazy(() => import('./pages/Minutes')),
  organizations: lazy(() => import('./pages/Organization')),
  people: lazy(() => import('./pages/Person')),
  record: lazy(() => import('./pages/Record')),
};

const Desk = lazy(() => import('./desk/Desk'));

export function App() {
  useScrollToStart();
  return (
    <Shell>
      <Suspense fallback={<Waiting />}>
        <Switch>
          <Route path="/" component={Home} />
          {Object.entries(lists).map(([name, Page]) => (
            <Route key={name} path={`/${name}`}>
              <Page />
            </Route>
          ))}
          {Object.entries(records).map(([name, Page]) => (
            <Route key={`${name}/`} path={`/${name}/:id`}>
              {({ id }: { id: string }) => <Page key={id} id={id} />}
            </Route>
          ))}
          <Route path="/admin/*?">
            <Desk />
          </Route>
          <Route component={NoPage} />
        </Switch>
      </Suspense>
    </Shell>
  );
}

/** A new page starts at its top, as pages of a server do; going back is left to the browser. */
function useScrollToStart() {
  const [path] = useLocation();
  useEffect(() => {
    if (!location.hash && !new URLSearchParams(location.search).has('at')) scrollTo(0, 0);
  }, [path]);
}

function Waiting() {
  return (
    <main id="content" className="page narrow">
      <Loading lines={6} />
    </main>
  );
}

function NoPage() {
  const { t } = useWords();
  return (
    <main id="content" className="page narrow">
      <title>{`${t('missing.page')} · ${t('app.name')}`}</title>
      <h1>{t('missing.page')}</h1>
      <p>
        <Link href="/">{t('missing.home')}</Link>
      </p>
    </main>
  );
}
