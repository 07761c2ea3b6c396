import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';

/** The answer of a route that sends a PDF. */
export const PdfResponse = {
  200: {
    content: { 'application/pdf': { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
  },
};

/** Sends a PDF as a file of that name, without its ending. Nobody keeps it: it is made for one reader. */
export const sendPdf = (reply: FastifyReply, name: string, pdf: Buffer): FastifyReply =>
  reply
    .type('application/pdf')
    .header('content-disposition', `attachment; filename="${name}.pdf"`)
    .header('cache-control', 'no-store')
    .send(pdf);
