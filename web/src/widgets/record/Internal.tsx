import { useWords } from '../../i18n';

/** Says that a record is not public, so that nobody takes an internal page for a public one. */
export function Internal({ visibility }: { visibility: 'PUBLIC' | 'INTERNAL' }) {
  const { t } = useWords();
  if (visibility === 'PUBLIC') return null;
  return (
    <abbr className="manner" title={t('internal.title')}>
      {t('internal.label')}
    </abbr>
  );
}
