import type { Words } from '#server/common/words.ts';

/** The links by which people open an enquiry without an account. */
export const words = {
  'links.title': 'Links',
  'links.hintBuyer':
    'Each person opens your request by a link of their own. Revoke a link that got into the wrong hands, or send a new one.',
  'links.hintVendor':
    'Each of you opens this page by a link of your own. Revoke a link that got into the wrong hands, or send a new one. The buyer is told.',
  'links.renew': 'Send a new link',
  'links.renewOf': 'Send {name} a new link',
  'links.revoke': 'Revoke',
  'links.revokeOf': 'Revoke the link of {name}',
  'links.revoked': 'link revoked {time}',
  'links.saidRevoked': 'The link no longer works.',
  'links.saidRenewed': 'A new link was sent. The former one no longer works.',
  'links.own': 'Your own link',
  'links.hintOwn':
    'The link in your e-mails opens this request without a login. Revoke it if somebody else has it.',
} as const satisfies Words;
