import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/* Takes mails as fast as it can, and reports how many it has and when the first and the last one came. */

let count = 0;
let bytes = 0;
let first = 0;
let last = 0;
const server = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  authOptional: true,
  disableReverseLookup: true,
  onData(stream, _session, done) {
    stream.on('data', (chunk: Buffer) => (bytes += chunk.length));
    stream.on('end', () => {
      last = performance.now();
      if (count === 0) first = last;
      count += 1;
      done();
    });
  },
});
process.on('message', () => {
  process.send?.({ did: 'count', count, bytes, seconds: (last - first) / 1_000 });
  [count, bytes, first, last] = [0, 0, 0, 0];
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ did: 'listen', port: (server.server.address() as AddressInfo).port });
});
process.on('disconnect', () => process.exit());
