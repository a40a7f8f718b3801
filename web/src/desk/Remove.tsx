import { useState } from 'react';
import { useClient } from 'urql';
import { useChange } from '../api/client';
import { describe } from '../api/problem';
import { graphql } from '../gql';
import type { DeletedReason, LastChangeQuery, RemovalQuery, TypedDocumentString } from '../gql/graphql';
import { useWords } from '../i18n';
import { useViewer } from './viewer';

interface Answer {
  answer: { userErrors: { message: string }[] };
}

type Removal = TypedDocumentString<Answer, { id: string; reason: DeletedReason; version?: number | null }>;

const removals: Record<string, Removal> = {
  Meeting: graphql(`
    mutation DeleteMeeting($id: ID!, $reason: DeletedReason!, $version: Int) {
      answer: deleteMeeting(id: $id, reason: $reason, expectedVersion: $version) {
        userErrors {
          ...Refusal
        }
      }
    }
  `),
  AgendaItem: graphql(`
    mutation DeleteAgendaItem($id: ID!, $reason: DeletedReason!, $version: Int) {
      answer: deleteAgendaItem(id: $id, reason: $reason, expectedVersion: $version) {
        userErrors {
          ...Refusal
        }
      }
    }
  `),
  Decision: graphql(`
    mutation DeleteDecision($id: ID!, $reason: DeletedReason!, $version: Int) {
      answer: deleteDecision(id: $id, reason: $reason, expectedVersion: $version) {
        userErrors {
          ...Refusal
        }
      }
    }
  `),
  Directive: graphql(`
    mutation DeleteDirective($id: ID!, $reason: DeletedReason!, $version: Int) {
      answer: deleteDirective(id: $id, reason: $reason, expectedVersion: $version) {
        userErrors {
          ...Refusal
        }
      }
    }
  `),
  Document: graphql(`
    mutation DeleteDocument($id: ID!, $reason: DeletedReason!, $version: Int) {
      answer: deleteDocument(id: $id, reason: $reason, expectedVersion: $version) {
        userErrors {
          ...Refusal
        }
      }
    }
  `),
  Organization: graphql(`
    mutation DeleteOrganization($id: ID!, $reason: DeletedReason!, $version: Int) {
      answer: deleteOrganization(id: $id, reason: $reason, expectedVersion: $version) {
        userErrors {
          ...Refusal
        }
      }
    }
  `),
  Person: graphql(`
    mutation DeletePerson($id: ID!, $reason: DeletedReason!, $version: Int) {
      answer: deletePerson(id: $id, reason: $reason, expectedVersion: $version) {
        userErrors {
          ...Refusal
        }
      }
    }
  `),
  Attendance: graphql(`
    mutation DeleteAttendance($id: ID!, $reason: DeletedReason!, $version: Int) {
      answer: deleteAttendance(id: $id, reason: $reason, expectedVersion: $version) {
        userErrors {
          ...Refusal
        }
      }
    }
  `),
  Membership: graphql(`
    mutation DeleteMembership($id: ID!, $reason: DeletedReason!, $version: Int) {
      answer: deleteMembership(id: $id, reason: $reason, expectedVersion: $version) {
        userErrors {
          ...Refusal
        }
      }
    }
  `),
};

const LastChange = graphql(`
  query LastChange($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Record {
        history(first: 100) {
          nodes {
            cursor
          }
        }
      }
    }
  }
`);

const RemovalChange = graphql(`
  query Removal($after: String) {
    changes(after: $after, first: 100) {
      nodes {
        id
        operation
        recordId
      }
    }
  }
`);

const reasons: readonly DeletedReason[] = ['ERROR', 'DUPLICATE', 'WITHDRAWN', 'LEGAL', 'OTHER'];

/** Withdraws a record, for a reason, after asking once. Its history stays, and can undo it. */
export function Remove({ type, id, version, onDone }: { type: string; id: string; version: number; onDone(change?: string): void }) {
  const words = useWords();
  const { t, term } = words;
  const { may } = useViewer();
  const client = useClient();
  const [run, busy] = useChange(removals[type]!);
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  /** Deletes, and finds the entry of the log by which that can be taken back. */
  const remove = async (reason: DeletedReason) => {
    const fresh = { requestPolicy: 'network-only' } as const;
    const before = await client.query<LastChangeQuery>(LastChange.toString(), { id }, fresh).toPromise();
    const { data, error } = await run({ id, reason, version });
    const refused = data?.answer.userErrors[0]?.message;
    setTrouble(error ? describe(error, words).text : refused);
    if (error || refused) return;
    const node = before.data?.node;
    const after = node && 'history' in node ? node.history.nodes.at(-1)?.cursor : undefined;
    const log = await client.query<RemovalQuery>(RemovalChange.toString(), { after }, fresh).toPromise();
    onDone(log.data?.changes.nodes.find(({ recordId, operation }) => recordId === id && operation === 'DELETE')?.id);
  };
  if (!may('ADMIN')) return null;
  if (!asking) {
    return (
      <button type="button" onClick={() => setAsking(true)}>
        {t('remove.ask')}
      </button>
    );
  }
  return (
    <form
      className="line"
      aria-label={t('remove.ask')}
      onSubmit={(event) => {
        event.preventDefault();
        const reason = String(new FormData(event.currentTarget).get('reason')) as DeletedReason;
        void remove(reason);
      }}
    >
      <label>
        <span className="quiet">{t('field.reason')}</span>{' '}
        <select name="reason" autoFocus>
          {reasons.map((reason) => (
            <option key={reason} value={reason}>
              {term('DeletedReason', reason)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={busy}>
        {t('remove.do')}
      </button>
      <button type="button" className="link" onClick={() => setAsking(false)}>
        {t('undo.not')}
      </button>
      {trouble && <span role="alert">{trouble}</span>}
    </form>
  );
}
