import { useData } from '../../api/client';
import { graphql } from '../../gql';
import type { Visibility } from '../../gql/graphql';
import { useWords } from '../../i18n';
import { useAddress } from '../../state/address';
import { nameOf, recordType } from '../../widgets/record/name';
import { Picker } from '../Picker';
import { type Listing, listings } from './listings';

const Name = graphql(`
  query PublishWithin($id: ID!) {
    node(id: $id) {
      __typename
      id
      ...RecordName
    }
  }
`);

/** What the list is narrowed to: the type, who may see them now, words, and the record they belong to; all in the address. */
export function Conditions({ type, listing, visibility }: { type: string; listing: Listing; visibility: Visibility }) {
  const { t, term } = useWords();
  const { parameters, change } = useAddress();
  const within = parameters.get('in') ?? '';
  const { data } = useData(Name, { id: within }, !within);
  const name = within && data?.node ? nameOf(data.node) : '';
  const set = (changes: Record<string, string | undefined>) => change({ ...changes, after: undefined });
  return (
    <form
      className="line publish-conditions"
      onSubmit={(event) => {
        event.preventDefault();
        set({ text: String(new FormData(event.currentTarget).get('text') ?? '').trim() });
      }}
    >
      <label>
        <span className="quiet">{t('search.type')}</span>{' '}
        <select value={type} onChange={(event) => set({ type: event.target.value, in: undefined, text: undefined })}>
          {Object.keys(listings).map((name) => (
            <option key={name} value={name}>
              {term('RecordType', recordType(name))}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="quiet">{t('publish.now')}</span>{' '}
        <select value={visibility} onChange={(event) => set({ is: event.target.value })}>
          {(['INTERNAL', 'PUBLIC'] as const).map((value) => (
            <option key={value} value={value}>
              {term('Visibility', value)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="quiet">{t('filter.text')}</span> <input key={type} name="text" defaultValue={parameters.get('text') ?? ''} maxLength={200} />
      </label>
      <label>
        <span className="quiet">{term('RecordType', recordType(listing.within))}</span>{' '}
        <Picker
          key={`${type} ${within} ${name}`}
          label={term('RecordType', recordType(listing.within))}
          types={[listing.within]}
          chosen={{ id: within, name }}
          onChoose={(one) => set({ in: one?.id })}
        />
      </label>
      <button type="submit">{t('filter.apply')}</button>
    </form>
  );
}
