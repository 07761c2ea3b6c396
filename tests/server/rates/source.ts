import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A source of exchange rates on loopback: answers what a test puts there, 404 otherwise. */
export interface RatesSource {
  url: string;
  answers: Map<string, { status?: number; body: string }>;
  close(): Promise<void>;
}

export async function startRatesSource(): Promise<RatesSource> {
  const answers: RatesSource['answers'] = new Map();
  const server = createServer((request, response) => {
    const answer = answers.get(request.url ?? '');
    response.setHeader('connection', 'close');
    response.writeHead(answer?.status ?? (answer ? 200 : 404)).end(answer?.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export const daily = '/eurofxref-daily.xml';
export const quarter = '/eurofxref-hist-90d.xml';
export const history = '/eurofxref-hist.xml';

/** Returns a document as the ECB publishes it. */
export function ecb(days: Record<string, Record<string, string>>): string {
  const cubes = Object.entries(days).map(([day, rates]) => {
    const each = Object.entries(rates).map(
      ([currency, rate]) => `<Cube currency='${currency}' rate='${rate}'/>`,
    );
    return `<Cube time='${day}'>\n${each.join('\n')}</Cube>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
<Cube>${cubes.join('\n')}</Cube></gesmes:Envelope>`;
}
