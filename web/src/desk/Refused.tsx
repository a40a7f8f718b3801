import { Link } from 'wouter';
import { useData } from '../api/client';
import { graphql } from '../gql';
import { useWords } from '../i18n';
import { nameOf, recordType } from '../widgets/record/name';

const Query = graphql(`
  query Existing($id: ID!) {
    node(id: $id) {
      __typename
      id
      ...RecordName
    }
  }
`);

export interface Refusal {
  code?: string;
  message: string;
  path: string[];
  existing?: string | null;
}

/** Why something was refused; for a record that is there already, with a way to it where the reader may see it. */
export function Refused({ refusal }: { refusal: Refusal }) {
  return refusal.existing ? <Existing id={refusal.existing} /> : refusal.message;
}

function Existing({ id }: { id: string }) {
  const { t, term } = useWords();
  const { data } = useData(Query, { id });
  const record = data?.node;
  if (!data) return t('edit.duplicate');
  if (!record || !('id' in record)) return t('edit.duplicateHidden');
  const name = nameOf(record);
  return (
    <>
      {t('edit.duplicate')}{' '}
      <Link href={`/admin/edit/${encodeURIComponent(record.id)}`}>{name === record.id ? term('RecordType', recordType(record.__typename)) : name}</Link>
    </>
  );
}

/** Those of the problems that belong to a field of a form, by its name. */
export function refusalOf(refusals: readonly Refusal[], field: string): Refusal | undefined {
  return refusals.find(({ path, code }) => code !== 'CONFLICT' && path.at(-1) === field);
}
