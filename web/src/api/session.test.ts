import { expect, it, vi } from 'vitest';
import { session } from './session';

const known = { subject: 'ed', role: 'EDITOR', expiresAt: '2030-01-01T00:00:00Z' } as const;

it('keeps who is at work when the token ends, and forgets all on signing out', () => {
  const heard = vi.fn();
  const stop = session.subscribe(heard);
  session.expire();
  expect(heard).not.toHaveBeenCalled();
  session.set('one');
  session.know(known);
  session.expire();
  expect(session.state()).toEqual({ token: 'one', expired: true, known });
  session.set('two');
  expect(session.state()).toEqual({ token: 'two', expired: false, known });
  session.set(null);
  expect(session.state()).toEqual({ token: null, expired: false, known: null });
  expect(heard).toHaveBeenCalledTimes(5);
  stop();
});
