import type { IconName } from '#lib/ui/icons.ts';

/** A page of the account in the side navigation. Its words are `sections.page.<name>`. */
export interface Section {
  name:
    | 'overview'
    | 'notices'
    | 'requests'
    | 'solutions'
    | 'wishes'
    | 'calls'
    | 'credits'
    | 'complaints'
    | 'company'
    | 'approvals'
    | 'settings';
  href: string;
  icon: IconName;
  /** Agents, managers and staff have only the sections for everybody. */
  for: 'buyers' | 'everybody';
}

export const sections: readonly Section[] = [
  { name: 'overview', href: '/account', icon: 'layout-dashboard', for: 'everybody' },
  { name: 'notices', href: '/account/notices', icon: 'bell', for: 'buyers' },
  { name: 'requests', href: '/account/requests', icon: 'inbox', for: 'buyers' },
  { name: 'solutions', href: '/account/solutions', icon: 'clipboard-list', for: 'buyers' },
  { name: 'wishes', href: '/account/wishes', icon: 'heart', for: 'buyers' },
  { name: 'calls', href: '/account/calls', icon: 'phone', for: 'buyers' },
  { name: 'credits', href: '/account/credits', icon: 'wallet', for: 'buyers' },
  { name: 'complaints', href: '/account/complaints', icon: 'message-square', for: 'buyers' },
  { name: 'company', href: '/account/company', icon: 'building-2', for: 'buyers' },
  { name: 'approvals', href: '/account/approvals', icon: 'circle-check', for: 'buyers' },
  { name: 'settings', href: '/account/settings', icon: 'settings', for: 'everybody' },
];

/** Returns the sections that an account of this role has. */
export const sectionsOf = (role: string): Section[] =>
  sections.filter((section) => section.for === 'everybody' || role === 'buyer');

/** Returns the section that a page belongs to; undefined for pages such as login. */
export function sectionAt(pathname: string): Section | undefined {
  const isIn = ({ href }: Section) =>
    pathname === href || (href !== '/account' && pathname.startsWith(`${href}/`));
  return sections.find(isIn);
}
