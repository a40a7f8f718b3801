import { useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import { session } from '../../api/session';
import { useWords } from '../../i18n';
import { newIn, type PageType } from '../../routes';
import { recordType } from './name';

/** Ways to the desk for those who signed in: to edit a record, and to add another that belongs to it. */
export function EditLink({ id, type }: { id: string; type: PageType }) {
  const { t } = useWords();
  const token = useSyncExternalStore(session.subscribe, session.token);
  if (!token) return null;
  return (
    <p className="edit-link">
      <Link href={`/admin/edit/${encodeURIComponent(id)}`}>{t('edit.link')}</Link> <AddLinks id={id} type={type} />
    </p>
  );
}

/** Ways to add records that belong to one. */
export function AddLinks({ id, type }: { id: string; type: string }) {
  const { t, term } = useWords();
  return newIn(type).map((other) => (
    <span key={other}>
      <Link href={`/admin/new/${other}?in=${encodeURIComponent(id)}`}>{t('new.add', { type: term('RecordType', recordType(other)) })}</Link>{' '}
    </span>
  ));
}
