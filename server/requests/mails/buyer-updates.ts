import type { MailDocument } from '#server/platform/mailing/document.ts';
import type { MailQuoteLine } from './queries.ts';
import { followFooter, quotedSums, requestFacts, wordsOf, type RequestMailInput } from './parts.ts';
import { acceptedTable, type MailTexts, type ThreadMessage } from './updates.ts';

/** Notifies the buyer that a vendor wrote or asks for more time. */
export function buyerMessageMail(input: RequestMailInput, message: ThreadMessage, url: string): MailDocument {
  const { translator, rows } = input;
  const vendor = message.vendorName;
  const asksTime = message.kind === 'more_time';
  const named = { number: rows.request.number, vendor };
  return buyerMail(input, url, {
    subject: asksTime
      ? translator.t('buyer-message.moreTimeSubject', named)
      : translator.t('buyer-message.subject', named),
    heading: asksTime
      ? translator.t('buyer-message.moreTimeHeading', { vendor })
      : translator.t('buyer-message.heading', { vendor }),
    lead: message.authorName === vendor ? '' : message.authorName,
    label: translator.t('buyer-message.action'),
    hint: translator.t('buyer-message.hint'),
    sections: wordsOf(input, translator.t('messageFrom', { name: vendor }), message.text),
  });
}

/** Lists the answers since the last digest for the buyer. `lines`: those of all these versions. */
export function digestMail(input: RequestMailInput, lines: MailQuoteLine[], url: string): MailDocument {
  const { translator, rows } = input;
  const answers = [...Map.groupBy(lines, ({ quote }) => quote.id).values()].toSorted(
    (a, b) => a[0]!.quote.createdAt.getTime() - b[0]!.quote.createdAt.getTime(),
  );
  const vendors = [...new Set(answers.map((answer) => answer[0]!.enquiry.vendorName))];
  const isOrder = rows.request.kind === 'order';
  const items = answers.map((answer) => (isOrder ? orderItem(input, answer) : digestItem(input, answer)));
  return buyerMail(input, url, {
    subject: translator.t(isOrder ? 'digest.orderSubject' : 'digest.subject', {
      ...{ count: answers.length, number: rows.request.number },
    }),
    heading: translator.t('digest.heading', { count: vendors.length }),
    lead: translator.list(vendors),
    label: translator.t(isOrder ? 'digest.orderAction' : 'digest.action'),
    hint: translator.t(isOrder ? 'digest.orderHint' : 'digest.hint'),
    sections: [{ kind: 'list', title: translator.t('digest.answers'), items }],
  });
}

interface DigestItem {
  title: string;
  text: string;
}

function digestItem(input: RequestMailInput, answer: MailQuoteLine[]): DigestItem {
  const { translator } = input;
  const offered = answer.filter((row) => row.answer.decision !== 'decline');
  const text =
    offered.length === 0
      ? translator.t('digest.declined', { count: answer.length })
      : translator.t('digest.offered', {
          offered: translator.number(offered.length),
          count: answer.length,
          total: quotedSums(offered).map(translator.money).join(', '),
          date: translator.date(answer[0]!.quote.validUntil),
        });
  return { title: answerTitle(input, answer), text };
}

/** Says of an order how many lines are confirmed, so ordered, and how many wait for the buyer. */
function orderItem(input: RequestMailInput, answer: MailQuoteLine[]): DigestItem {
  const { translator } = input;
  const countOf = (...decisions: string[]) =>
    answer.filter((row) => decisions.includes(row.answer.decision)).length;
  const [confirmed, declined] = [countOf('confirm'), countOf('decline')];
  const changed = answer.length - confirmed - declined;
  const title = answerTitle(input, answer);
  const offered = answer.filter((row) => row.answer.decision !== 'decline');
  const total = quotedSums(offered).map(translator.money).join(', ');
  if (offered.length === 0) return { title, text: translator.t('digest.declined', { count: answer.length }) };
  if (confirmed === answer.length) {
    return { title, text: translator.t('digest.confirmed', { count: confirmed, total }) };
  }
  const parts = translator.list([
    ...(confirmed > 0 ? [translator.t('digest.partConfirmed', { count: confirmed })] : []),
    ...(changed > 0 ? [translator.t('digest.partChanged', { count: changed })] : []),
    ...(declined > 0 ? [translator.t('digest.partDeclined', { count: declined })] : []),
  ]);
  const date = translator.date(answer[0]!.quote.validUntil);
  return {
    title,
    text:
      changed > 0
        ? translator.t('digest.mixed', { parts, total, date })
        : translator.t('digest.settled', { parts, total }),
  };
}

function answerTitle({ translator }: RequestMailInput, answer: MailQuoteLine[]): string {
  const { quote, enquiry } = answer[0]!;
  if (quote.version === 1) return enquiry.vendorName;
  return `${enquiry.vendorName}, ${translator.t('digest.version', { version: translator.number(quote.version) })}`;
}

/** Confirms to the buyer what they accepted, from which vendors, at what prices. */
export function acceptanceMail(input: RequestMailInput, lines: MailQuoteLine[], url: string): MailDocument {
  const { translator, rows } = input;
  const count = lines.length;
  const vendors = new Set(lines.map(({ enquiry }) => enquiry.id));
  return buyerMail(input, url, {
    subject: translator.t('acceptance.subject', {
      lines: translator.t('lines', { count }),
      number: rows.request.number,
    }),
    heading: translator.t('acceptance.heading', { count }),
    lead: translator.t('acceptance.lead', { count: vendors.size }),
    label: translator.t('acceptance.action'),
    hint: translator.t('acceptance.hint'),
    sections: [acceptedTable(input, translator.t('acceptance.lines'), lines, true)],
  });
}

function buyerMail(input: RequestMailInput, url: string, mail: MailTexts): MailDocument {
  const { translator, rows } = input;
  const { subject, heading, lead, label, hint, sections } = mail;
  return {
    ...{ subject, heading, lead, sections },
    lang: translator.lang,
    preview: lead.split('\n')[0] || hint,
    addressee: translator.t('for', { name: rows.delivery.toName }),
    facts: requestFacts(input, [], null),
    action: { label, url, hint },
    footer: [followFooter(input)],
  };
}
