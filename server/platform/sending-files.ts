import type { Readable } from 'node:stream';
import { create as contentDisposition } from 'content-disposition';
import type { FastifyReply } from 'fastify';

/** Sends what somebody uploaded: as an attachment that no browser shows or runs, and no cache keeps. */
export function sendFile(
  reply: FastifyReply,
  { name, type, size }: { name: string; type: string; size: number },
  content: Readable,
): FastifyReply {
  return reply
    .header('content-type', type)
    .header('content-length', size)
    .header('content-disposition', contentDisposition(name))
    .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
    .send(content);
}
