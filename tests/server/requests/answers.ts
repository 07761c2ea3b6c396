import type { EnquiryByLink } from '#server/requests/answering/schema.ts';
import type { Client, TestService } from '../../harness.ts';

/** Returns the date so many days from today, which is the same in all the vendors' zones. */
export function dayFrom(service: TestService, days: number): string {
  return new Date(service.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * Returns the answer link's token in the first mail to that address about the request, without waiting for the mail.
 */
export async function linkOf(service: TestService, requestId: string, address: string): Promise<string> {
  const [row] = await service.ctx.sql<{ id: string; link_version: number }[]>`
    select d.id, e.link_version from deliveries d join enquiries e on e.id = d.subject_id
    where e.request_id = ${requestId} and d.to_email = ${address} and d.kind = 'enquiry'`;
  if (!row) throw new Error(`${address} was not asked`);
  return service.ctx.links.issue('answer', row.id, row.link_version);
}

export const linkPath = (token: string, action = ''): string =>
  `/api/enquiry-links/${token}${action ? `/${action}` : ''}`;

export interface Given {
  price?: string;
  quantity?: number;
  days?: number;
  decision?: string;
  alternative?: string;
  reason?: string;
}

/**
 * Returns an answer to everything asked: the list price unless `given` says otherwise, by the position of the line.
 */
export function answerTo(
  asked: EnquiryByLink,
  given: Given[] = [],
  more: { currency?: string; validUntil?: string; message?: string; basedOn?: number } = {},
) {
  const currency = more.currency ?? asked.currency;
  return {
    currency,
    validUntil: asked.today,
    ...more,
    lines: asked.lines.map((line, index) => {
      const { price, days, ...rest } = given[index] ?? {};
      const decision = rest.decision ?? 'offer';
      return {
        lineId: line.id,
        decision,
        ...(decision === 'decline'
          ? {}
          : { unitPrice: { amount: price ?? line.listPrice?.amount ?? '1.00', currency } }),
        ...(days === undefined ? {} : { leadTimeDays: days }),
        ...rest,
      };
    }),
  };
}

/** Sends an answer to everything asked behind a link. */
export async function answer(
  client: Client,
  token: string,
  given: Given[] = [],
  more: { currency?: string; validUntil?: string; message?: string; basedOn?: number } = {},
) {
  const asked = (await client.get<EnquiryByLink>(linkPath(token))).body;
  return client.post(linkPath(token, 'answer'), answerTo(asked, given, more));
}

export const codesOf = (reply: { body: { errors?: { path: string; code: string }[] } }): string[] =>
  (reply.body.errors ?? []).map(({ path, code }) => `${path} ${code}`);
