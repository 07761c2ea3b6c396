import type { EnquiryByLink } from '#server/requests/answering/schema.ts';
import type { Request } from '#server/requests/schema.ts';
import { type Client, start, type TestService } from '../../harness.ts';
import { createWorld, type World } from '../../world.ts';
import { sendUsual, type WantedLine } from './people.ts';
import { answer, dayFrom, type Given, linkOf, linkPath } from './answers.ts';

export type Vendor = 'sever' | 'brandt' | 'wisla';

/** A service with the cast, and a vendor's person who holds nothing but links. */
export interface Stand {
  service: TestService;
  world: World;
  vendor: Client;
  end(): Promise<void>;
}

export async function openStand(): Promise<Stand> {
  const service = await start();
  const world = await createWorld(service.ctx.db);
  return {
    service,
    world,
    vendor: service.outsider(),
    async end() {
      await service.drain({ includeLater: true });
      await service.end();
    },
  };
}

/** Returns what its holder sees behind an answer link. */
export const behind = async ({ vendor }: Stand, token: string) =>
  (await vendor.get<EnquiryByLink>(linkPath(token))).body;

/** Returns a fresh request, and the links of the people it was mailed to. */
export async function askedAt({ service, world }: Stand, more: Record<string, unknown> = {}) {
  const buyer = service.visitor();
  const request = await sendUsual(buyer, world, undefined, more);
  const link = (address: string) => linkOf(service, request.id, address);
  const enquiryOf = async (vendorId: string) => {
    const { body } = await buyer.get<Request>(`/api/requests/${request.id}`);
    const enquiry = body.enquiries.find((one) => one.vendor.id === vendorId);
    if (!enquiry) throw new Error('not asked');
    return enquiry;
  };
  return { buyer, request, link, enquiryOf };
}

/** A sensor asked of three vendors, a cable of two. */
export const threeVendors: WantedLine[] = [
  { product: 'sensor', quantity: 10, ask: ['sensorSever', 'sensorBrandt', 'sensorWisla'] },
  { product: 'cable', quantity: 100, ask: ['cableBrandt', 'cableWisla'] },
];

export type Answers = Partial<Record<Vendor, Given[]>>;

/** Returns a request to three vendors, answered by those given; quote ids by vendor. */
export async function answeredAt(stand: Stand, answers: Answers, lines = threeVendors) {
  const { service, world, vendor } = stand;
  const buyer = service.visitor();
  const request = await sendUsual(buyer, world, lines);
  const quotes: Record<string, string> = {};
  for (const [name, given] of Object.entries(answers)) {
    const token = await linkOf(service, request.id, world.mail[name as Vendor]);
    const sent = await answer(vendor, token, given, { validUntil: dayFrom(service, 10) });
    if (sent.status !== 201) throw new Error(JSON.stringify(sent.body));
    quotes[name] = sent.body.id;
  }
  const path = `/api/requests/${request.id}`;
  const seen = async () => (await buyer.get<Request>(path)).body;
  const enquiryOf = async (name: Vendor) => {
    const found = (await seen()).enquiries.find((enquiry) => enquiry.vendor.id === world.vendors[name]);
    if (!found) throw new Error('not asked');
    return found;
  };
  const quote = (name: Vendor) => ({ quoteId: quotes[name] ?? '' });
  const accept = (...chosen: { quoteId: string; lineIds?: string[] }[]) =>
    buyer.post(`${path}/acceptance`, { quotes: chosen });
  const [first, second] = request.lines.map((line) => line.id);
  return { buyer, request, path, seen, enquiryOf, quote, accept, first: first ?? '', second: second ?? '' };
}

/** Returns what was mailed about the request, by kind: whom, and what the mail is about. */
export async function mailsAbout({ service }: Stand, request: Request, kind: string) {
  return service.ctx.sql<{ to_email: string; content: Record<string, unknown> }[]>`
    select to_email, content from deliveries where kind = ${kind}
      and subject_id in (select ${request.id}::uuid union all select id from enquiries where request_id = ${request.id})
    order by id`;
}
