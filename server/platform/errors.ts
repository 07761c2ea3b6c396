/** HTTP status and English title by refusal code. Screens translate the code. */
export type RefusalTable = Readonly<Record<string, readonly [status: number, title: string]>>;

/** Refusals of any route. Those of a feature are in its `refusals.ts`. */
export const platformRefusals = {
  invalid_input: [422, 'Some fields need another look'],
  not_found: [404, 'There is nothing here'],
  link_not_valid: [404, 'This link is not valid'],
  forbidden: [403, 'Not allowed'],
  second_factor_missing: [403, 'Set up a second factor first'],
  foreign_origin: [403, 'The request came from another site'],
  unknown_host: [421, 'This host is not served here'],
  login_required: [401, 'Log in first'],
  too_many: [429, 'Too many requests, try again later'],
  too_large: [413, 'Too large'],
  headers_too_large: [431, 'The header fields are too large'],
  malformed: [400, 'The request is malformed'],
  unsupported_media_type: [415, 'Send JSON'],
  internal: [500, 'Something went wrong on our side'],
  unavailable: [503, 'Not available right now'],
  idempotency_key_required: [422, 'The Idempotency-Key header is required'],
  idempotency_key_reused: [422, 'This Idempotency-Key was used for something else'],
} as const satisfies RefusalTable;

export type PlatformRefusal = keyof typeof platformRefusals;

export interface FieldError {
  /** A dotted path into the body ("lines.0.quantity"), or the name of a header or query field. */
  path: string;
  /** A refusal's code or a validation keyword such as "required", "format", "too_long". Stable. */
  code: string;
  message: string;
  /** The former value, where something has changed meanwhile. */
  was?: string;
}

export interface RefusalOptions {
  detail?: string;
  errors?: FieldError[];
  retryAfterSeconds?: number | undefined;
  /** For the security log only: the link worked once. */
  isOutdated?: boolean;
}

/** An expected refusal for the caller, never a bug. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly errors: FieldError[];
  readonly retryAfterSeconds: number | undefined;
  readonly isOutdated: boolean;

  constructor(code: string, [status, title]: RefusalTable[string], options: RefusalOptions = {}) {
    super(options.detail ?? title);
    this.code = code;
    this.status = status;
    this.title = title;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.isOutdated = options.isOutdated ?? false;
  }
}

/** Returns functions that create refusals with codes of the table and the platform. */
export function refusalsOf<Table extends RefusalTable>(table: Table) {
  type Code = (keyof Table & string) | PlatformRefusal;
  const all = { ...platformRefusals, ...table };
  const titleOf = (code: Code): string => all[code][1];
  return {
    titleOf,
    /** Usage: `throw refuse('not_found')`. */
    refuse: (code: Code, options?: RefusalOptions): Refusal => new Refusal(code, all[code], options),
    /** Refuses one field: `throw refuseField('quantity', 'quantity_not_sellable')`. */
    refuseField: (path: string, code: Code, message: string = titleOf(code)): Refusal =>
      new Refusal(code, all[code], { errors: [{ path, code, message }] }),
  };
}

export const { refuse, refuseField } = refusalsOf({});
