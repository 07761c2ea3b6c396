import type { MailDocument } from '#server/platform/mailing/document.ts';
import type { LinkRevokedContent } from './kinds.ts';
import { buyerName, followFooter, requestFacts, type RequestMailInput } from './parts.ts';
import { vendorFooter } from './specification.ts';

/** Sends a person at a vendor, or the buyer, a new link in place of the former one. */
export function renewedMail(input: RequestMailInput, url: string): MailDocument {
  const { translator, rows } = input;
  const { number } = rows.request;
  const isVendor = rows.enquiry !== null;
  const lead = isVendor
    ? translator.t('link.renewedLead', { buyer: buyerName(input) })
    : translator.t('link.renewedOwnLead');
  return {
    lang: translator.lang,
    subject: translator.t('link.renewedSubject', { number }),
    preview: lead,
    addressee: translator.t('for', { name: rows.enquiry?.vendorName ?? rows.delivery.toName }),
    heading: translator.t('link.renewedHeading'),
    lead,
    facts: requestFacts(input, [], rows.enquiry ? rows.enquiry.deadline : rows.request.deadline),
    action: {
      label: translator.t('link.renewedAction'),
      url,
      hint: translator.t('link.renewedHint'),
    },
    sections: [],
    footer: isVendor ? vendorFooter(input, null) : [followFooter(input)],
  };
}

/** Tells the buyer that a link of their request was revoked, or all of them, and by whom. */
export function revokedMail(input: RequestMailInput, content: LinkRevokedContent, url: string): MailDocument {
  const { translator, rows } = input;
  const { number } = rows.request;
  const areAll = content.by === 'operator';
  const whose = whoseLinks(translator, content);
  const lead = `${whose}\n${translator.t(`link.revokedBy.${content.by}`, { vendor: content.vendor ?? '' })}`;
  return {
    lang: translator.lang,
    subject: translator.t(areAll ? 'link.revokedAllSubject' : 'link.revokedSubject', { number }),
    preview: whose,
    addressee: translator.t('for', { name: rows.delivery.toName }),
    heading: translator.t(areAll ? 'link.revokedAllHeading' : 'link.revokedHeading'),
    lead,
    facts: requestFacts(input, [], null),
    action: { label: translator.t('link.revokedAction'), url, hint: translator.t('link.revokedHint') },
    sections: [],
    footer: [followFooter(input)],
  };
}

function whoseLinks({ t }: RequestMailInput['translator'], { name, vendor, by }: LinkRevokedContent): string {
  if (by === 'operator') return vendor === null ? t('link.revokedAll') : t('link.revokedAllOf', { vendor });
  return name === null ? t('link.revokedOwn') : t('link.revokedOf', { name, vendor: vendor ?? '' });
}
