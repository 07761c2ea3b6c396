export const themes = ['system', 'light', 'dark'] as const;

/** `system` follows the device; the others are the person's own choice. */
export type Theme = (typeof themes)[number];

export const isTheme = (value: string | undefined): value is Theme => themes.some((theme) => theme === value);
