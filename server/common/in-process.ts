/**
 * Calls the API within the process: same scopes, limits, validation and schemas as over HTTP, but the body of the answer
 * is handed over as an object. It belongs to the caller, who may change it.
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
}

export interface InProcessAnswer {
  status: number;
  /** What `JSON.parse` would give of the answer over HTTP; undefined for an answer without a body. */
  body: unknown;
  /** The lines of `Set-Cookie`. */
  cookies: string[];
}

/** Where the server leaves its `CallInProcess` in the global scope: pages are built apart and import no server code. */
export const callInProcessKey = Symbol.for('quoteline.callInProcess');
