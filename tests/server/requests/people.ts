import { randomUUID } from 'node:crypto';
import type { SentRequest } from '#server/requests/sending/schema.ts';
import type { Request } from '#server/requests/schema.ts';
import type { Answer, Client, TestService } from '../../harness.ts';
import type { World } from '../../world.ts';

/** The buyer of these tests. */
export const jana = {
  name: 'Jana Horáková',
  email: 'jana@morava.example',
  phone: '+420 541 123 456',
  company: 'Morava Pack',
};

export type OfferName = keyof World['offers'];
export type ProductName = keyof World['products'];

/** Where her orders go. */
export const brno = { place: 'Vídeňská 5, Brno', country: 'CZ' };

/** A line of a solution: what, how many, whom to ask. */
export interface WantedLine {
  product: ProductName;
  quantity: number;
  ask?: OfferName[];
  note?: string;
}

/** What most tests send: a sensor asked of three vendors, a motor of one. */
export const usualLines: WantedLine[] = [
  {
    product: 'sensor',
    quantity: 10,
    ask: ['sensorSever', 'sensorBrandt', 'sensorWisla'],
    note: 'Same batch',
  },
  { product: 'motor', quantity: 2, ask: ['motorSever'] },
];

/** Adds the lines to the visitor's current solution and returns its id. */
export async function assemble(
  buyer: Client,
  world: World,
  lines: WantedLine[] = usualLines,
): Promise<string> {
  for (const line of lines) {
    const { status, body } = await buyer.post('/api/solutions/current/lines', {
      productId: world.products[line.product],
      quantity: line.quantity,
      ...(line.ask ? { offerIds: line.ask.map((name) => world.offers[name]) } : {}),
      ...(line.note ? { note: line.note } : {}),
    });
    if (status !== 201) throw new Error(`the line was refused: ${JSON.stringify(body)}`);
  }
  return (await buyer.get<{ id: string }>('/api/solutions/current')).body.id;
}

export function sendBody(solutionId: string, more: Record<string, unknown> = {}) {
  // An order needs to know where to deliver.
  const delivery = more['kind'] === 'order' ? { delivery: brno } : {};
  return { solutionId, kind: 'quote', contact: jana, ...delivery, ...more };
}

/** Sends a solution under a key of its own unless one is given. */
export async function send(
  buyer: Client,
  body: Record<string, unknown>,
  key: string = randomUUID(),
): Promise<Answer<SentRequest & { code?: string; errors?: { path: string; code: string }[] }>> {
  return buyer.post('/api/requests', body, { 'idempotency-key': key });
}

/** Assembles and sends a solution; returns the request as its buyer sees it. */
export async function sendUsual(
  buyer: Client,
  world: World,
  lines: WantedLine[] = usualLines,
  more: Record<string, unknown> = {},
): Promise<Request> {
  const sent = await send(buyer, sendBody(await assemble(buyer, world, lines), more));
  if (sent.status !== 201) throw new Error(`the request was refused: ${JSON.stringify(sent.body)}`);
  return (await buyer.get<Request>(`/api/requests/${sent.body.id}`)).body;
}

/** Returns the token of the one link of that purpose in the newest mail to an address. */
export function tokenFor(service: TestService, address: string, purpose: 'e' | 'f'): string {
  const mail = service.mail.to(address).at(-1);
  const prefix = `${service.config.publicUrl}/${purpose}/`;
  const [link, ...others] = mail?.links.filter((candidate) => candidate.startsWith(prefix)) ?? [];
  if (!link || others.length > 0)
    throw new Error(`not exactly one /${purpose}/ link in the mail to ${address}`);
  return link.slice(prefix.length);
}
