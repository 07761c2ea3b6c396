import type { Words } from '#server/common/words.ts';

/** Delivery addresses, and which mails an account gets. */
export const words = {
  'addresses.name': 'Name',
  'addresses.nameHint': 'What you call it, such as “Warehouse”.',
  'addresses.add': 'Add an address',
  'addresses.addText': 'Your requests begin with the default one; in each you can choose another.',
  'addresses.change': 'Change',
  'addresses.remove': 'Remove “{name}”',
  'addresses.default': 'Default',
  'addresses.makeDefault': 'Use it by default',
  'addresses.saved': 'Your addresses are saved.',

  'choices.mails': 'Mails you can switch off',
  'choices.mailsText': 'What they say stays in your account, also under notices.',
  'choices.answers': 'Answers of partners to your requests',
  'choices.messages': 'Messages of partners, and questions about more time',
  'choices.payments': 'Payments for credit',
  'choices.approvals': 'Approvals: what waits for you, and what was decided',
  'choices.saved': 'Your choice is saved. It counts for mails from now on.',
  'choices.always': 'Mails you always get',
  'choices.alwaysText': 'They cannot be switched off, because you need them.',
  'choices.always.security': 'Login and security: password, address, second factor, erasure of the account',
  'choices.always.copies': 'Copies of what you send and order',
  'choices.always.complaints': 'Your complaints and their decisions',
  'choices.always.links': 'Links that were renewed or ended, and invitations',

  'errors.address_list_full': 'You have 20 addresses. Remove one first.',
} as const satisfies Words;
