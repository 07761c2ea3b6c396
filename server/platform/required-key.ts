import { refuse } from './errors.ts';

const longestKey = 255;

/** Returns the Idempotency-Key of operations that must have one. Refuses `idempotency_key_required`. */
export function requireKey(key: string | undefined): string {
  if (key && key.length <= longestKey) return key;
  const code = 'idempotency_key_required';
  const message = `is required, up to ${longestKey} characters`;
  throw refuse(code, { errors: [{ path: 'Idempotency-Key', code, message }] });
}
