/** Zones come in any case from cookies, so their formatters must not pile up. */
const mostKept = 500;

/** Returns `make`, which keeps what it made: a formatter takes longer to make than to use a hundred times. */
export function madeOnce<Parts extends unknown[], Made>(make: (...parts: Parts) => Made) {
  const made = new Map<string, Made>();
  return (...parts: Parts): Made => {
    const key = JSON.stringify(parts);
    const kept = made.get(key) ?? make(...parts);
    if (made.size > mostKept) made.clear();
    made.set(key, kept);
    return kept;
  };
}
