import type { I18n } from '#lib/i18n/i18n.ts';

/** The server's name of the rates that came with the demo catalogue; publishers' names stay as they are. */
const demoSource = 'demo file';

/** Returns the names of the sources of rates, which the server separates by commas, in words. */
export function ratesSource(source: string, { t }: Pick<I18n, 't'>): string {
  const names = source.split(', ');
  return names.map((name) => (name === demoSource ? t('ui.ratesDemo') : name)).join(', ');
}
