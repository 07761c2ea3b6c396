import { findFreePort } from '../../../scripts/pg.ts';
import { startProgram } from './program.ts';

/** HAProxy before processes of the service, configured as the operations chapter of `server/README.md` says. */
export interface Balancer {
  port: number;
  end(): Promise<void>;
}

export async function balance(ports: readonly number[]): Promise<Balancer> {
  const port = await findFreePort();
  const config = `
defaults
  mode http
  timeout connect 10s
  timeout client 1m
  timeout server 1m
  timeout tunnel 1h
  timeout check 30s
  option redispatch
  retries 3
  retry-on conn-failure
frontend buyers
  bind 127.0.0.1:${port}
  default_backend services
backend services
  balance roundrobin
  option httpchk GET /readyz
  default-server check inter 200ms fall 1 rise 1
${ports.map((behind) => `  server s${behind} 127.0.0.1:${behind}`).join('\n')}
`;
  const end = await startProgram({ name: 'haproxy', config, args: (file) => ['-f', file], port });
  return { port, end };
}

/** HAProxy before a database and its standby, which it takes to once the database is gone, whether promoted or not. */
export async function switchOver(primary: string, standby: string): Promise<Balancer> {
  const port = await findFreePort();
  const config = `
defaults
  mode tcp
  timeout connect 10s
  timeout client 1h
  timeout server 1h
  timeout check 30s
listen database
  bind 127.0.0.1:${port}
  default-server check inter 200ms fall 1 on-marked-down shutdown-sessions
  server primary 127.0.0.1:${new URL(primary).port} rise 100000
  server standby 127.0.0.1:${new URL(standby).port} backup
`;
  const end = await startProgram({ name: 'haproxy', config, args: (file) => ['-f', file], port });
  return { port, end };
}
