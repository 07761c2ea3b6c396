import { closeMenus } from '#lib/plain/page.ts';
import { startSearchBox } from './searchBox.ts';

/** Starts what the header of a page without SvelteKit's runtime does: menus, preferences, suggestions. */
export function startFrame(): void {
  closeMenus();
  const search = document.querySelector<HTMLFormElement>('.search-box');
  if (search) startSearchBox(search);
  document.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLSelectElement && target.closest('.preferences')) target.form?.requestSubmit();
  });
}
