import { useEffect, useState } from 'react';
import { useWords } from '../../i18n';

const remembered = 'minutebook.theme';
const themes = ['auto', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

/** Chooses between light and dark, or leaves it to the system. */
export function ThemeChoice() {
  const { t } = useWords();
  const [theme, setTheme] = useState<Theme>(() => themes.find((name) => name === localStorage.getItem(remembered)) ?? 'auto');
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(remembered, theme);
  }, [theme]);
  return (
    <select className="bare" aria-label={t('theme.label')} value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
      {themes.map((name) => (
        <option key={name} value={name}>
          {t(`theme.${name}`)}
        </option>
      ))}
    </select>
  );
}
