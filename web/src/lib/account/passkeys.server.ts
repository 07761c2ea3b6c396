/** Returns what an authenticator has filled a form with; what is malformed comes as a credential that fits nothing. */
export function readCredential(text: string): { id: string; response: Record<string, unknown> } {
  try {
    const read = Object(JSON.parse(text)) as { id?: unknown; response?: unknown };
    return { ...read, id: String(read.id), response: Object(read.response) as Record<string, unknown> };
  } catch {
    return { id: '', response: {} };
  }
}
