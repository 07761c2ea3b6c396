import { connectOrStart } from '../../scripts/pg.ts';

/** Runs as a process that uses the embedded PostgreSQL of a folder until it is killed. */
const server = await connectOrStart({ dataDir: process.argv[2]! });
process.send?.({ url: server.url, pid: server.pid });
setInterval(() => {}, 1_000);
