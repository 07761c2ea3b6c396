/**
 * Turns an element into what the service sent for it. Whatever is the same stays the same element, and so keeps its
 * focus and scroll position; typed text and unfolded parts stay, too.
 */
export function morph(old: Element, next: Element): void {
  if (old.tagName === 'NOSCRIPT') return;
  morphAttributes(old, next);
  morphChildren(old, next);
}

function morphAttributes(old: Element, next: Element): void {
  if (old instanceof HTMLInputElement && old.hasAttribute('checked') !== next.hasAttribute('checked'))
    old.checked = next.hasAttribute('checked');
  for (const { name } of [...old.attributes]) {
    // What a person unfolded stays unfolded.
    const stays = name === 'open' || (name === 'value' && !isHidden(old));
    if (!next.hasAttribute(name) && !stays) old.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

const isHidden = (element: Element): boolean =>
  element instanceof HTMLInputElement && element.type === 'hidden';

function morphChildren(old: Element, next: Element): void {
  const wantedIds = new Set([...next.children].map(({ id }) => id));
  let cursor = old.firstChild;
  for (const wanted of [...next.childNodes]) {
    const match = matching(cursor, wanted);
    if (!match) {
      old.insertBefore(document.importNode(wanted, true), cursor);
      continue;
    }
    // What stands between is gone, or comes later. The match itself stays where it is: a moved element loses the focus.
    while (cursor && cursor !== match) {
      const between: ChildNode = cursor;
      cursor = cursor.nextSibling;
      if (between instanceof Element && between.id !== '' && wantedIds.has(between.id)) match.after(between);
      else between.remove();
    }
    if (match instanceof Element) morph(match, wanted as Element);
    else if (match.nodeValue !== wanted.nodeValue) match.nodeValue = wanted.nodeValue;
    cursor = match.nextSibling;
  }
  while (cursor) {
    const rest: ChildNode | null = cursor.nextSibling;
    cursor.remove();
    cursor = rest;
  }
}

/** Returns the node from `cursor` on that becomes `wanted`: the one with its id, or the next of its kind without one. */
function matching(cursor: ChildNode | null, wanted: ChildNode): ChildNode | null {
  for (let node = cursor; node; node = node.nextSibling) {
    if (node.nodeType !== wanted.nodeType) continue;
    if (!(node instanceof Element) || !(wanted instanceof Element)) return node === cursor ? node : null;
    if (
      node.id === wanted.id &&
      node.tagName === wanted.tagName &&
      !(wanted.id === '' && isOther(node, wanted))
    )
      return node;
  }
  return null;
}

/** Whether two elements of one kind are different things, so that one must not be taken for the other. */
const isOther = (node: Element, wanted: Element): boolean =>
  node.classList[0] !== wanted.classList[0] || actOf(node) !== actOf(wanted);

/** Returns what a form does: "?p1=0&/message" posts a message, whatever is chosen. */
const actOf = (element: Element): string | undefined => element.getAttribute('action')?.split('/').pop();
