import { Link } from 'wouter';
import { pageOf, type PageType } from '../../routes';

/** A link to a record's page. */
export function RecordLink({ type, id, children, className }: { type: PageType; id: string; children: React.ReactNode; className?: string }) {
  return (
    <Link href={pageOf(type, id)} className={className}>
      {children}
    </Link>
  );
}

/** Links to several organizations or people, set apart as the language does it. */
export function RecordLinks({ type, records }: { type: PageType; records: { id: string; name: string }[] }) {
  return records.map(({ id, name }, i) => (
    <span key={id}>
      {i > 0 && <span className="separator">、</span>}
      <RecordLink type={type} id={id}>
        {name}
      </RecordLink>
    </span>
  ));
}
