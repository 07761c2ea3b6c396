/** The words of operations in the API document, by operationId. Parameters that several operations share need none. */
export type OperationDocs = Readonly<
  Record<string, { summary: string; description?: string; parameters?: Readonly<Record<string, string>> }>
>;

/** Parameters with one meaning everywhere. */
export const sharedParameters: Readonly<Record<string, string>> = {
  id: 'Id of the thing that the path names',
  lineId: 'Id of a line',
  listId: 'Id of a list',
  deliveryId: 'Id of the mail that holds the link',
  token: 'The token of the link, the last part of its address',
  page: 'Page, from 1',
  perPage: 'Items on a page, 1 to 100',
  'idempotency-key':
    'Any text of the caller; a repeat with the same key has no second effect and gets the same answer',
  currency: 'ISO 4217 code',
  sort: 'Order of the list',
};

const cookie = (name: string, set: string) =>
  ({
    type: 'apiKey',
    in: 'cookie',
    name,
    description: `Set by ${set}; on https its name begins with "__Host-"`,
  }) as const;

/** Who a client can be. */
export const securitySchemes = {
  guest: cookie('sid', 'the first change'),
  session: cookie('session', '`login`'),
};

/** What the whole document says first. `url`: the service's own address. */
export const introduction = (url: string): string => `Multi-vendor B2B marketplace with quote requests.

Every refusal is \`application/problem+json\` with a stable \`code\`; 422 names the fields in \`errors\`. Amounts are
decimal strings, times ISO 8601 in UTC, dates \`YYYY-MM-DD\`. Lists are \`{items, total, page, perPage}\`.

**Who asks.** A guest needs no account: the first change sets a cookie, which makes this client the owner of what it creates.
\`login\` adds the cookie \`session\`. Operations under a link need its token only. Changes with cookies must come from the
service's own pages or say so: send \`Origin: ${url}\`.

**Your first request**

\`\`\`sh
curl -s '${url}/api/products?q=bearing&perPage=1'
curl -s -c jar -b jar -H 'Origin: ${url}' -H 'Content-Type: application/json' \\
  -d '{"productId": "<id of the answer>", "quantity": 10}' ${url}/api/solutions/current/lines
curl -s -c jar -b jar '${url}/api/solutions/current'
curl -s -c jar -b jar -H 'Origin: ${url}' -H 'Content-Type: application/json' -H 'Idempotency-Key: first-1' \\
  -d '{"solutionId": "<id of the solution>", "kind": "quote", "contact": {"name": "Jana", "email": "jana@buyer.example"}}' \\
  ${url}/api/requests
\`\`\`
`;
