import type { Words } from '#server/common/words.ts';

/** The side navigation of the account. */
export const words = {
  'sections.nav': 'Your account',
  'sections.page.overview': 'Overview',
  'sections.page.notices': 'Notices',
  'sections.page.requests': 'Requests',
  'sections.page.solutions': 'Solutions',
  'sections.page.wishes': 'Wish list',
  'sections.page.calls': 'Calls',
  'sections.page.credits': 'Credits',
  'sections.page.complaints': 'Complaints',
  'sections.page.company': 'Company and people',
  'sections.page.approvals': 'Approvals',
  'sections.page.settings': 'Settings',
} as const satisfies Words;
