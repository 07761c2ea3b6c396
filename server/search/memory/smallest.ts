/** Returns the smallest members in order, in one pass without sorting the others. */
export function smallest(
  members: Iterable<number>,
  most: number,
  compare: (a: number, b: number) => number,
): number[] {
  const found: number[] = [];
  for (const member of members) {
    let at = found.length;
    while (at > 0 && compare(member, found[at - 1] ?? member) < 0) at -= 1;
    if (at === most) continue;
    found.splice(at, 0, member);
    if (found.length > most) found.pop();
  }
  return found;
}

/** Up to so many, and this share, are selected from the others instead of sorting all. */
const mostSelected = 128;
const selectedShare = 8;

/** Returns the smallest keys in order. May change the order of `keys`. */
export function smallestKeys(keys: Float64Array<ArrayBuffer>, most: number): Float64Array {
  if (most > mostSelected || keys.length < selectedShare * most) return keys.sort().subarray(0, most);
  const found = keys.slice(0, most).sort();
  let largest = found[most - 1] ?? -Infinity;
  for (let index = most; index < keys.length; index += 1) {
    const key = keys[index] ?? 0;
    if (key >= largest) continue;
    let at = most - 1;
    for (; at > 0 && (found[at - 1] ?? 0) > key; at -= 1) found[at] = found[at - 1] ?? 0;
    found[at] = key;
    largest = found[most - 1] ?? -Infinity;
  }
  return found;
}
