import type { Moment } from './points.ts';
import type { Filter } from './way.ts';

interface Message {
  /** Empty for a connection's first message, which has no type. */
  type: string;
  bytes: Buffer;
}

/** Never lets the connection wait. */
interface WireFilter extends Filter {
  toServer: (chunk: Buffer) => Buffer;
}

interface Executed {
  text: string;
  tag: string;
}

const nothing: Buffer = Buffer.alloc(0);
/** Stands for Sync in the list of what was executed. */
const sync = Symbol('sync');

/**
 * Reads PostgreSQL's wire protocol (its docs, "Message Formats"). `isHeld` is called at each moment; once it returns true,
 * nothing passes any more, in either direction.
 */
export function readWire(isHeld: (moment: Moment) => boolean): WireFilter {
  const [sent, received] = [createSplitter(false), createSplitter(true)];
  const prepared = new Map<string, string>();
  /** What awaits its answer, in order. */
  const waiting: (string | typeof sync)[] = [];
  let bound = '';
  let transaction: string[] = [];
  let executed: Executed[] = [];
  let withheld: Buffer[] = [];
  let isOver = false;

  /** Returns the statement that a message executes. */
  function statementOf({ type, bytes }: Message): string | null {
    if (type === 'Q') {
      const text = stringAt(bytes, 5).text;
      waiting.push(text, sync);
      return text;
    }
    if (type === 'P') {
      const name = stringAt(bytes, 5);
      prepared.set(name.text, stringAt(bytes, name.end).text);
    } else if (type === 'B') {
      const portal = stringAt(bytes, 5);
      bound = prepared.get(stringAt(bytes, portal.end).text) ?? '';
      return bound;
    } else if (type === 'E') waiting.push(bound);
    else if (type === 'S') waiting.push(sync);
    return null;
  }

  function complete(tag: string): void {
    const [text] = waiting;
    if (typeof text !== 'string') return;
    executed.push({ text, tag });
    // A text without parameters may be several statements, each with a tag of its own, before one Sync.
    if (waiting[1] !== sync) waiting.shift();
  }

  /** Reports what was executed up to a Sync. Returns whether it is held. */
  function finish(isInTransaction: boolean): boolean {
    waiting.splice(0, waiting.indexOf(sync) + 1);
    let held = false;
    for (const { text, tag } of executed) {
      held = isHeld({ kind: 'answered', text, tag, before: transaction }) || held;
      transaction = [...transaction, text];
    }
    executed = [];
    if (!isInTransaction) transaction = [];
    return held;
  }

  return {
    toServer(chunk) {
      const passed: Buffer[] = [];
      for (const message of isOver ? [] : sent(chunk)) {
        const text = statementOf(message);
        isOver ||= text !== null && isHeld({ kind: 'statement', text });
        if (isOver) break;
        passed.push(message.bytes);
      }
      return Buffer.concat(passed);
    },
    toClient(chunk) {
      if (isOver) return nothing;
      const passed: Buffer[] = [];
      for (const { type, bytes } of received(chunk)) {
        if (type === 'C') complete(stringAt(bytes, 5).text);
        // A driver resolves at the completion, but only the end of the batch follows the commit.
        if (type === 'C' || withheld.length > 0) withheld.push(bytes);
        else passed.push(bytes);
        if (type !== 'Z') continue;
        isOver ||= finish(String.fromCharCode(bytes[5] ?? 0) !== 'I');
        if (isOver) break;
        passed.push(...withheld);
        withheld = [];
      }
      return Buffer.concat(passed);
    },
  };
}

/** Splits a stream into messages. `isTyped`: whether the first message has a type. */
function createSplitter(isTyped: boolean): (chunk: Buffer) => Message[] {
  let rest = nothing;
  return (chunk) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const messages: Message[] = [];
    for (;;) {
      const head = isTyped ? 1 : 0;
      const length = rest.length < head + 4 ? Infinity : head + rest.readUInt32BE(head);
      if (rest.length < length) return messages;
      const bytes = rest.subarray(0, length);
      messages.push({ type: isTyped ? String.fromCharCode(bytes[0] ?? 0) : '', bytes });
      rest = rest.subarray(length);
      isTyped = true;
    }
  };
}

function stringAt(bytes: Buffer, start: number): { text: string; end: number } {
  const end = bytes.indexOf(0, start);
  return { text: bytes.toString('utf8', start, end), end: end + 1 };
}
