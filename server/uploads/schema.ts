import { type Static, Type } from 'typebox';
import { uploadsAtOnce } from '#server/common/enums/uploads.ts';
import { Id } from '#server/platform/schema.ts';

export const Upload = Type.Object(
  { id: Id, name: Type.String(), type: Type.String(), size: Type.Integer() },
  { title: 'Upload' },
);
export type Upload = Static<typeof Upload>;

/** What `upload` takes, for the API document. */
export const UploadForm = Type.Object({ file: Type.Unsafe<File>({ type: 'string', format: 'binary' }) });

/** Ids of uploads that nothing uses yet, on input. */
export const UploadIds = Type.Array(Id, { maxItems: uploadsAtOnce });
