/** The pages of an account's settings, as the links above each of them list them. */
export const settingsPages = [
  { name: 'profile', href: '/account/settings' },
  { name: 'security', href: '/account/settings/security' },
] as const;

export type SettingsPageName = (typeof settingsPages)[number]['name'];
