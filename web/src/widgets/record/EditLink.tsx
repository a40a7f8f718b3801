import { useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import { session } from '../../api/session';
import { useWords } from '../../i18n';

/** A way to the desk for those who signed in. */
export function EditLink({ id }: { id: string }) {
  const { t } = useWords();
  const token = useSyncExternalStore(session.subscribe, session.token);
  if (!token) return null;
  return (
    <p className="edit-link">
      <Link href={`/admin/edit/${encodeURIComponent(id)}`}>{t('edit.link')}</Link>
    </p>
  );
}
