import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A source of exchange rates on loopback: answers what a test puts there, 404 otherwise. */
export interface RatesSource {
  url: string;
  answers: Map<string, { status?: number; body: string }>;
  /** The requests with a body. */
  posted: { url: string; action: string | undefined; body: string }[];
  close(): Promise<void>;
}

export async function startRatesSource(): Promise<RatesSource> {
  const answers: RatesSource['answers'] = new Map();
  const posted: RatesSource['posted'] = [];
  const server = createServer((request, response) => {
    const { url = '', method } = request;
    const action = request.headers['soapaction']?.toString();
    void text(request).then((body) => {
      if (method === 'POST') posted.push({ url, action, body });
      const answer = answers.get(url);
      response.setHeader('connection', 'close');
      response.writeHead(answer?.status ?? (answer ? 200 : 404)).end(answer?.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    posted,
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

/** Returns a document as the National Bank of Romania publishes it. `HUF` and the like have rates of 100. */
export function bnr(days: Record<string, Record<string, string>>): string {
  const cubes = Object.entries(days).map(([day, rates]) => {
    const each = Object.entries(rates).map(([currency, rate]) => {
      const multiplier = ['HUF', 'JPY', 'KRW'].includes(currency) ? ' multiplier="100"' : '';
      return `\t\t\t<Rate currency="${currency}"${multiplier}>${rate}</Rate>`;
    });
    return `\t\t<Cube date="${day}">\n${each.join('\n')}\n\t\t</Cube>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<DataSet xmlns="http://www.bnr.ro/xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.bnr.ro/xsd nbrfxrates.xsd">
\t<Header>
\t\t<Publisher>National Bank of Romania</Publisher>
\t\t<PublishingDate>${Object.keys(days)[0] ?? ''}</PublishingDate>
\t\t<MessageType>DR</MessageType>
\t</Header>
\t<Body>
\t\t<Subject>Reference rates</Subject>
\t\t<OrigCurrency>RON</OrigCurrency>
${cubes.join('\n')}
\t</Body>
</DataSet>`;
}

/** Returns the SOAP answer of the Hungarian National Bank, whose result is a document as text. */
export function mnb(day: string, rates: [unit: string, currency: string, rate: string][]): string {
  const each = rates.map(
    ([unit, currency, rate]) => `<Rate unit="${unit}" curr="${currency}">${rate}</Rate>`,
  );
  const document = `<MNBCurrentExchangeRates><Day date="${day}">${each.join('')}</Day></MNBCurrentExchangeRates>`;
  return (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' +
    '<GetCurrentExchangeRatesResponse xmlns="http://www.mnb.hu/webservices/" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">' +
    `<GetCurrentExchangeRatesResult>${document.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</GetCurrentExchangeRatesResult>` +
    '</GetCurrentExchangeRatesResponse></s:Body></s:Envelope>'
  );
}
