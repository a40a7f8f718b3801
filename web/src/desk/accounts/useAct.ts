import { useState } from 'react';
import { type AnyVariables, useClient } from 'urql';
import { describe } from '../../api/problem';
import type { RefusalFragment, TypedDocumentString } from '../../gql/graphql';
import { useWords } from '../../i18n';

/** Answers of mutations that are named `answer` in their document. */
interface Answered {
  answer: { userErrors: RefusalFragment[] };
}

/**
 * Runs a mutation and says what was refused. The answer is handed on and not kept, neither here nor in the cache of queries:
 * it may hold a token.
 */
export function useAct<Result extends Answered, Variables extends AnyVariables>(document: TypedDocumentString<Result, Variables>) {
  const words = useWords();
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const send = async (variables: Variables, onDone: (answer: Result['answer']) => void) => {
    setBusy(true);
    setTrouble(undefined);
    const { data, error } = await client.mutation<Result, Variables>(document.toString(), variables).toPromise();
    setBusy(false);
    const refused = data?.answer.userErrors[0];
    if (error) setTrouble(describe(error, words).text);
    else if (refused) setTrouble(refused.message);
    else if (data) onDone(data.answer);
  };
  return { send, busy, trouble };
}

/** Text of a form's field. */
export const entered = (form: HTMLFormElement, name: string): string => String(new FormData(form).get(name) ?? '');
