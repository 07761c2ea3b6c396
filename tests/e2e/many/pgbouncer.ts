import { findFreePort } from '../../../scripts/pg.ts';
import { startProgram } from './program.ts';

/** PgBouncer in transaction mode before a database, on fewer connections than its clients open. */
export interface Pooler {
  /** The database's address through the pooler. */
  url: string;
  end(): Promise<void>;
}

export async function pool(databaseUrl: string): Promise<Pooler> {
  const behind = new URL(databaseUrl);
  const port = await findFreePort();
  const config = `
[databases]
pooled = host=${behind.hostname} port=${behind.port} dbname=${behind.pathname.slice(1)} user=${behind.username} password=${behind.password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 6
max_client_conn = 200
`;
  // PgBouncer refuses to run as root.
  const args = (file: string) => (process.getuid?.() === 0 ? ['-u', 'nobody', file] : [file]);
  const end = await startProgram({ name: 'pgbouncer', config, args, port });
  return { url: `postgres://${behind.username}@127.0.0.1:${port}/pooled`, end };
}
