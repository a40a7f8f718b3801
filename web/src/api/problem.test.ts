import { CombinedError } from 'urql';
import { describe, expect, it } from 'vitest';
import { makeWords } from '../i18n';
import { describe as say } from './problem';

const words = makeWords('en');
const refused = (code: string, status = 200) =>
  new CombinedError({ graphQLErrors: [{ message: 'as the server says', extensions: { code } }], response: { status } });

describe('a problem', () => {
  it('offers to try again only where that can help', () => {
    expect(say(new CombinedError({ networkError: new Error('gone') }), words)).toMatchObject({ retry: true, text: words.t('error.network') });
    expect(say(refused('FORBIDDEN'), words)).toMatchObject({ retry: false, text: words.t('error.forbidden') });
    expect(say(refused('LIMIT_COST'), words).retry).toBe(false);
    expect(say(refused('TIMEOUT'), words).retry).toBe(true);
  });

  it('takes 401 for a bad token, whatever else is said', () => {
    expect(say(refused('INTERNAL', 401), words).text).toBe(words.t('error.unauthenticated'));
  });

  it('passes on what it does not know', () => {
    expect(say(refused('SOMETHING'), words).text).toContain('as the server says');
  });
});
