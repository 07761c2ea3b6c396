/** A fake WebSocket; the newest one is the page's. */
export class FakeSocket {
  static all: FakeSocket[] = [];
  static get newest(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (!socket) throw new Error('No socket was opened');
    return socket;
  }
  readonly url: string;
  readyState = 0;
  sent: Record<string, unknown>[] = [];
  answersPings = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(url: string) {
    this.url = url;
    FakeSocket.all.push(this);
  }
  send(data: string) {
    const frame = JSON.parse(data) as Record<string, unknown>;
    this.sent.push(frame);
    if (frame['type'] === 'ping' && this.answersPings) this.says({ type: 'pong' });
  }
  open() {
    this.readyState = 1;
    this.onopen?.();
  }
  says(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  close(code = 1006) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}
