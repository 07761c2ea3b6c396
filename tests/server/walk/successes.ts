import { companyRoles } from '#server/common/enums/companies.ts';
import type { Who } from '#server/platform/auth/access.ts';

/** An operation in the OpenAPI document. */
export interface Described {
  operationId: string;
  responses: Record<string, unknown>;
}

/** Which of several statuses of success a call of the walk is answered. */
const CHOSEN: Readonly<Record<string, number>> = {
  acceptQuote: 200,
  acceptFollowedQuote: 200,
  requestCallBack: 201,
  sendAnswer: 201,
  sendRequest: 201,
};

interface Decided {
  id: string;
  /** Everybody, unless roles are named. */
  who?: readonly Who[];
  /** Only if somebody with this role owns the object. */
  of?: Who;
  /** Only if the caller owns the object. */
  isOwn?: true;
  status: number;
  because: string;
}

/** Where an operation's own rule refuses somebody whom the table admits. */
const DECIDED: readonly Decided[] = [
  { id: 'createCompany', who: companyRoles, status: 409, because: 'they belong to one' },
  { id: 'acceptInvitation', who: companyRoles, status: 409, because: 'they belong to another company' },
  {
    id: 'decideApproval',
    isOwn: true,
    status: 403,
    because: 'nobody decides what they asked for themselves',
  },
  { id: 'nameStandIn', of: 'requester', status: 409, because: 'requesters approve nothing' },
  { id: 'endStandIn', of: 'requester', status: 409, because: 'requesters approve nothing' },
];

/** Returns what finds the status of a call that the table admits, from the operations by path and method. */
export function successesOf(paths: Record<string, Record<string, Described>>) {
  const operations = Object.values(paths).flatMap(Object.values<Described>);
  const successes = new Map(
    operations.map(({ operationId, responses }) => [
      operationId,
      Object.keys(responses)
        .map(Number)
        .filter((status) => status < 300),
    ]),
  );
  return (id: string, by: Who, { owner, isOwn }: { owner: Who; isOwn: boolean }): number => {
    const rule = DECIDED.find(
      (row) =>
        row.id === id &&
        (row.who?.includes(by) ?? true) &&
        (row.of ?? owner) === owner &&
        (row.isOwn ?? isOwn) === isOwn,
    );
    if (rule) return rule.status;
    const [status, ...others] = successes.get(id) ?? [];
    const chosen = others.length > 0 ? CHOSEN[id] : status;
    if (chosen === undefined) throw new Error(`which status of success has ${id}?`);
    return chosen;
  };
}
