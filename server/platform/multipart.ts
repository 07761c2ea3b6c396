import type { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { refuse, refuseField } from './errors.ts';
import type { App } from './http.ts';

/** A file of a form, as it comes in. */
export interface IncomingFile {
  name: string;
  content: Readable;
  /** Whether the file was longer than allowed. True only once the content has been read. */
  isTruncated(): boolean;
}

/** Lets the routes of an encapsulated `app` take forms with one file of up to `maxBytes`. */
export async function takeFiles(app: App, maxBytes: number): Promise<void> {
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: maxBytes, files: 1, fields: 10, fieldSize: 1_000, headerPairs: 50 },
  });
}

/** The form is read by the handler, so there is no body to validate. Also excludes other parts. */
export const unvalidated = { validatorCompiler: () => () => true };

/** Returns the form's file. Refuses `unsupported_media_type`, and `invalid_input` for a form without one. */
export async function fileOf(request: FastifyRequest): Promise<IncomingFile> {
  if (!request.isMultipart()) throw refuse('unsupported_media_type', { detail: 'Send a form with a file' });
  const part = await request.file();
  if (!part) throw refuseField('file', 'invalid_input', 'send one file');
  return { name: part.filename, content: part.file, isTruncated: () => part.file.truncated };
}
