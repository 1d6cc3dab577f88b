/** Light or dark: by the system until somebody chooses. */
const KEPT = 'koprik-theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

/** The choice: `system`, `light` or `dark`. */
export const chosenTheme = () => localStorage.getItem(KEPT) ?? 'system';

/** Chooses a theme, or applies the choice that was made before. @param {string} [choice] */
export function theme(choice) {
  if (choice) {
    localStorage.setItem(KEPT, choice);
  }
  const now = chosenTheme();
  document.documentElement.dataset.theme = now === 'system' ? (dark.matches ? 'dark' : 'light') : now;
}

dark.addEventListener('change', () => theme());

// Paper is light.
addEventListener('beforeprint', () => (document.documentElement.dataset.theme = 'light'));
addEventListener('afterprint', () => theme());
