import { Link, Route, Switch, useLocation, useSearch } from 'wouter';
import type { Role } from '../gql/graphql';
import { type Key, useWords } from '../i18n';
import { AccountsPage } from './accounts/AccountsPage';
import { NewIndex, NewPage } from './create/NewPage';
import './desk.css';
import { EditPage } from './EditPage';
import { ImportPage } from './import/ImportPage';
import { MergePage } from './MergePage';
import { PublishPage } from './publish/PublishPage';
import { SignIn } from './SignIn';
import { StepsPage } from './steps/StepsPage';
import { useViewer } from './viewer';

const sections: [path: string, name: Key, needed?: Role][] = [
  ['/admin/import', 'import.title'],
  ['/admin/new', 'new.index'],
  ['/admin/steps', 'desk.steps'],
  ['/admin/publish', 'publish.title'],
  ['/admin/merge', 'merge.title'],
  ['/admin/accounts', 'accounts.nav', 'ADMIN'],
  ['/changes', 'nav.changes'],
];

/** The desk: what people with a token do. */
export default function Desk() {
  const { t } = useWords();
  const [path] = useLocation();
  const search = useSearch();
  const { viewer, may } = useViewer();
  return (
    <main id="content" className="page desk">
      <title>{`${t('nav.admin')} · ${t('app.name')}`}</title>
      <header className="page-head">
        <h1>{t('nav.admin')}</h1>
        {viewer && (
          <nav aria-label={t('nav.admin')}>
            <ul className="desk-sections">
              {sections
                .filter(([, , needed]) => !needed || may(needed))
                .map(([href, name]) => (
                  <li key={href}>
                    <Link href={href} aria-current={path === href ? 'page' : undefined}>
                      {t(name)}
                    </Link>
                  </li>
                ))}
            </ul>
          </nav>
        )}
      </header>
      <SignIn />
      {viewer && (
        <Switch>
          <Route path="/admin/import" component={ImportPage} />
          <Route path="/admin/steps" component={StepsPage} />
          <Route path="/admin/publish" component={PublishPage} />
          <Route path="/admin/merge" component={MergePage} />
          <Route path="/admin/accounts" component={AccountsPage} />
          <Route path="/admin/new" component={NewIndex} />
          <Route path="/admin/new/:type">{({ type }) => <NewPage key={`${type} ${search}`} type={type} />}</Route>
          <Route path="/admin/edit/:id">{({ id }) => <EditPage key={id} id={id} />}</Route>
          <Route>
            <p>{t('desk.lead')}</p>
          </Route>
        </Switch>
      )}
    </main>
  );
}
