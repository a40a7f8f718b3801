import { useEffect, useRef } from 'react';
import { useWords } from '../../i18n';
import { isTyping, nextRow, singleKeys, useSingleKeys } from './keys';

const rowLinks = '.rows > li :is(h2, h3, .row-title) a, .rows > li > a';

/** Moves to the next or the previous row of the lists of the page. */
function step(by: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>('.rows > li')];
  const current = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[nextRow(current, by, rows.length)];
  const link = row?.querySelector<HTMLElement>(rowLinks) ?? row?.querySelector<HTMLElement>('a');
  link?.focus();
  row?.scrollIntoView({ block: 'nearest' });
}

/** The sheet that names the keys, opened by `?`, and the keys of lists. */
export function Keys() {
  const { t } = useWords();
  const sheet = useRef<HTMLDialogElement>(null);
  const single = useSingleKeys();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!singleKeys.on() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      const act = {
        '?': () => sheet.current?.showModal(),
        j: () => step(1),
        k: () => step(-1),
        n: () => document.querySelector<HTMLElement>('.pager .to-next')?.click(),
        p: () => document.querySelector<HTMLElement>('.pager .to-first')?.click(),
      }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
  const keys: [keys: string[], what: string][] = [
    [['/', 'Ctrl K'], t('keys.search')],
    [['j'], t('keys.next')],
    [['k'], t('keys.previous')],
    [['Enter'], t('keys.enter')],
    [['n', 'p'], t('keys.pages')],
    [['Tab'], t('keys.skip')],
    [['?'], t('keys.help')],
  ];
  return (
    <>
      <button type="button" className="link" onClick={() => sheet.current?.showModal()}>
        {t('keys.open')}
      </button>
      <dialog ref={sheet} className="keys" aria-labelledby="keys-title">
        <h2 id="keys-title">{t('keys.title')}</h2>
        <dl>
          {keys.map(([names, what]) => (
            <div key={what}>
              <dt>
                {names.map((name) => (
                  <kbd key={name}>{name}</kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <label>
          <input type="checkbox" checked={single} onChange={(event) => singleKeys.set(event.target.checked)} /> {t('keys.single')}
        </label>
        <p className="quiet small">{t('keys.single.hint')}</p>
        <form method="dialog">
          <button type="submit">{t('keys.close')}</button>
        </form>
      </dialog>
    </>
  );
}
