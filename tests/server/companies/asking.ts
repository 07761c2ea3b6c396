import type { Approval } from '#server/requests/approvals/schema.ts';
import type { Request } from '#server/requests/schema.ts';
import { answer, dayFrom, linkOf } from '../requests/answers.ts';
import { jana, sendUsual, type WantedLine } from '../requests/people.ts';
import { setUpRequests } from '../requests/setup.ts';
import { type Person, threeColleagues } from './colleagues.ts';

export const euro = (amount: string) => ({ amount, currency: 'EUR' });

const oneVendor: WantedLine[] = [
  { product: 'sensor', quantity: 10, ask: ['sensorBrandt'] },
  { product: 'cable', quantity: 100, ask: ['cableBrandt'] },
];

/** Starts a service in which people of companies ask and decide. */
export async function setUpApprovals() {
  const setup = await setUpRequests();
  const { service, world, vendor } = setup;

  /** Sends a request of a person that Brandt answers: 10 sensors at that price each, 100 cables at 1.00. */
  async function answered(sender: Person, price = '100.00', more: Record<string, unknown> = {}) {
    const contact = { ...jana, email: sender.email };
    const request = await sendUsual(sender.browser, world, oneVendor, { contact, ...more });
    const token = await linkOf(service, request.id, world.mail.brandt);
    const quoteAgain = async (each: string, days = 10) =>
      (
        await answer(vendor, token, [{ price: each }, { price: '1.00' }], {
          validUntil: dayFrom(service, days),
        })
      ).body.id as string;
    const quoteId = await quoteAgain(price);
    const path = `/api/requests/${request.id}`;
    const accept = (by: Person, body: object = { quotes: [{ quoteId }] }) =>
      by.browser.post(`${path}/acceptance`, body);
    const seen = async (by: Person) => (await by.browser.get<Request>(path)).body;
    return { request, token, path, quoteId, quoteAgain, accept, seen };
  }

  const decide = (
    { browser }: Person,
    id: string,
    decision: 'approve' | 'reject' = 'approve',
    note?: string,
  ) =>
    browser.post<Approval & { code?: string }>(`/api/approvals/${id}/decision`, {
      decision,
      ...(note ? { note } : {}),
    });

  const approvalOf = async ({ browser }: Person, id: string) =>
    (await browser.get<Approval>(`/api/approvals/${id}`)).body;

  const mailsOf = async (kind: string, id: string) =>
    (
      await service.ctx.sql<{ to_email: string }[]>`
        select to_email from deliveries where kind = ${kind} and subject_id = ${id} order by to_email`
    ).map(({ to_email }) => to_email);

  const limited = (amount = '1000.00') => threeColleagues(service, { limits: [euro(amount)] });

  return { ...setup, answered, decide, approvalOf, mailsOf, limited };
}
