/**
 * Calls the API within the process, with the scopes, limits and validation of HTTP. Returns the body as an object, which
 * the caller may change.
 */
export type CallInProcess = (call: InProcessCall) => Promise<InProcessAnswer>;

export interface InProcessCall {
  method: string;
  /** Path and query. */
  url: string;
  headers: Record<string, string>;
  body: unknown;
  /** The visitor's address, for limits. */
  address: string;
  /** Calls with the same one read only once who the visitor is. */
  view: object;
}

export interface InProcessAnswer {
  status: number;
  /** The parsed JSON; undefined if there is no body. */
  body: unknown;
  /** The `Set-Cookie` headers. */
  cookies: string[];
}

/** The global symbol of the server's `CallInProcess`, because the separately built pages can't import it. */
export const callInProcessKey = Symbol.for('quoteline.callInProcess');
