import type { ImportInput, Visibility } from '../../gql/graphql';
import { useWords } from '../../i18n';

/** What the text may leave out: the body, the day, and who may see it. */
export function Hints({ input, locked, open, onChange }: { input: ImportInput; locked: boolean; open?: boolean; onChange(input: ImportInput): void }) {
  const { t, term } = useWords();
  return (
    <details open={open}>
      <summary>{t('import.hints')}</summary>
      <form
        className="hints"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          const given = (name: string) => String(data.get(name) ?? '').trim() || undefined;
          onChange({ ...input, body: given('body'), heldOn: given('heldOn'), visibility: given('visibility') as Visibility | undefined });
        }}
      >
        <label>
          {t('meeting.body')} <input name="body" defaultValue={input.body ?? ''} />
        </label>
        <label>
          {t('meeting.held')} <input name="heldOn" type="date" defaultValue={input.heldOn ?? ''} />
        </label>
        <label>
          {t('edit.visibility')}{' '}
          <select name="visibility" defaultValue={input.visibility ?? ''}>
            <option value="">{t('theme.auto')}</option>
            <option value="PUBLIC">{term('Visibility', 'PUBLIC')}</option>
            <option value="INTERNAL">{term('Visibility', 'INTERNAL')}</option>
          </select>
        </label>
        <button type="submit" disabled={locked}>
          {t('import.readAgain')}
        </button>
      </form>
    </details>
  );
}
