import { uploadsAtOnce } from '#server/common/enums/uploads.ts';
import type { Api } from '#lib/api/paths.ts';
import type { Upload } from '#lib/api/schema.d.ts';
import { ApiError } from '#lib/api/problem.ts';

/** Files of a form that were uploaded, also with an earlier sending that was refused. */
export type KeptFile = Pick<Upload, 'id' | 'name'>;

const keptIn = (form: FormData): KeptFile[] =>
  form.getAll('kept').flatMap((entry) => {
    const [id = '', ...name] = String(entry).split(' ');
    return id ? [{ id, name: name.join(' ') }] : [];
  });

/** Uploads the files of a form. `kept` holds what is there also when one is refused, whose refusal names `files`. */
export async function uploadFiles(
  api: Api,
  form: FormData,
  token?: string,
): Promise<{ kept: KeptFile[]; refused?: ApiError }> {
  const kept = keptIn(form);
  const chosen = form.getAll('files').filter((file): file is File => file instanceof File && file.size > 0);
  for (const file of chosen.slice(0, uploadsAtOnce - kept.length)) {
    const body = new FormData();
    body.append('file', file);
    try {
      const { id, name } = await (token === undefined
        ? api.post('/api/uploads', { body: body as never })
        : api.post('/api/complaint-links/{token}/uploads', {
            params: { path: { token } },
            body: body as never,
          }));
      kept.push({ id, name });
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      const { code, title } = cause.problem;
      const errors = [{ path: 'files', code, message: title }];
      return { kept, refused: new ApiError({ ...cause.problem, errors }) };
    }
  }
  return { kept };
}
