/** The pages of an account's settings, as the links above each of them list them. */
export const settingsPages = [
  { name: 'profile', href: '/account/settings', for: 'everybody' },
  { name: 'security', href: '/account/settings/security', for: 'everybody' },
  { name: 'addresses', href: '/account/settings/addresses', for: 'buyers' },
  { name: 'notifications', href: '/account/settings/notifications', for: 'buyers' },
  { name: 'privacy', href: '/account/settings/privacy', for: 'buyers' },
] as const;

export type SettingsPageName = (typeof settingsPages)[number]['name'];
