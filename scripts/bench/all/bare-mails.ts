import { createTransport } from 'nodemailer';
import { usage } from '../presence/usage.ts';

/* Sends mails by nodemailer's pool and nothing else: `bare-mails.ts <port> <count> <bytes>`. */

const [port = '', count = '', bytes = ''] = process.argv.slice(2);
const transport = createTransport({
  host: '127.0.0.1',
  port: Number(port),
  pool: true,
  maxConnections: 4,
  maxMessages: Infinity,
});
const line = `${'text '.repeat(14)}\n`;
const text = line.repeat(Math.ceil(Number(bytes) / line.length));
process.send?.({ did: 'listen', port: 0 });
process.on('message', ({ do: command }: { do: string }) => {
  if (command === 'send') void sendAll().then(() => process.send?.({ did: 'sent' }));
  else process.send?.({ did: 'memory', memory: usage() });
});
process.on('disconnect', () => process.exit());

async function sendAll(): Promise<void> {
  const sending = Array.from({ length: Number(count) }, (_, index) =>
    transport.sendMail({
      from: 'bench@quoteline.example',
      to: `to${index}@quoteline.example`,
      subject: 'Bench',
      text,
    }),
  );
  await Promise.all(sending);
}
