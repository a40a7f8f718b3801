import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useWords } from '../../i18n';

/** A section of a record's page with the size of its set, and a way to the whole of it where only a part is shown. */
export function Section({ title, count, all, children }: { title: string; count: number; all?: string; children: ReactNode }) {
  const { t, number } = useWords();
  return (
    <section className="section" aria-label={title}>
      <h2>
        {title} <span className="count">{number(count)}</span>
      </h2>
      {children}
      {all && (
        <p>
          <Link href={all}>{t('state.all')}</Link>
        </p>
      )}
    </section>
  );
}
