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
