import { afterAll } from 'vitest';
import type { EnquiryByLink } from '#server/requests/answering/schema.ts';
import type { Request } from '#server/requests/schema.ts';
import type { Client, TestService } from '../../harness.ts';
import { startWithWorld, type World } from '../../world.ts';
import { sendUsual, type WantedLine } from './people.ts';
import { answer, dayFrom, type Given, linkOf, linkPath } from './answers.ts';

export type Vendor = 'sever' | 'brandt' | 'wisla';

interface RequestSetup {
  service: TestService;
  world: World;
  /** Somebody at a vendor, without cookies: holds nothing but links. */
  vendor: Client;
}

/** Starts a service as `startWithWorld` does, and runs all remaining jobs before it ends. */
export async function setUpRequests() {
  const { service, world } = await startWithWorld();
  afterAll(() => service.drain({ includeLater: true }));
  const setup: RequestSetup = { service, world, vendor: service.outsider() };
  return {
    ...setup,
    /** Returns what the holder of an answer link sees. */
    readLink: async (token: string) => (await setup.vendor.get<EnquiryByLink>(linkPath(token))).body,
    sendRequest: (more?: Record<string, unknown>) => sendRequest(setup, more),
    sendAnswered: (answers: Answers, lines?: WantedLine[], more?: Record<string, unknown>) =>
      sendAnswered(setup, answers, lines, more),
    mailsAbout: (request: Request, kind: string) => mailsAbout(setup, request, kind),
  };
}

/** Sends the usual request; returns it with the answer links of the people it was mailed to. */
async function sendRequest({ service, world }: RequestSetup, more: Record<string, unknown> = {}) {
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

type Answers = Partial<Record<Vendor, Given[]>>;

/** Sends a request to three vendors and the given answers of theirs. */
async function sendAnswered(
  setup: RequestSetup,
  answers: Answers,
  lines = threeVendors,
  more: Record<string, unknown> = {},
) {
  const { service, world, vendor } = setup;
  const buyer = service.visitor();
  const request = await sendUsual(buyer, world, lines, more);
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

/** Returns the mails of a kind about the request: recipients and contents. */
async function mailsAbout({ service }: RequestSetup, request: Request, kind: string) {
  return service.ctx.sql<{ to_email: string; content: Record<string, unknown> }[]>`
    select to_email, content from deliveries where kind = ${kind}
      and subject_id in (select ${request.id}::uuid union all select id from enquiries where request_id = ${request.id})
    order by id`;
}
