export const accountRoles = ['buyer', 'agent', 'manager', 'staff'] as const;

/** Mails that a person may switch off. All others are needed: they prove, confirm, or say what must not be missed. */
export const mailChoices = ['answers', 'messages', 'payments', 'approvals'] as const;
export type MailChoice = (typeof mailChoices)[number];
