import type { Client } from '../../harness.ts';

export interface TestFile {
  name: string;
  content: string | Uint8Array<ArrayBuffer>;
  /** What the browser claims it is. */
  claimed?: string;
}

/** Uploads a file as a form of a page does. */
export async function uploadFile(
  { cookies }: Pick<Client, 'cookies'>,
  url: string,
  { name, content, claimed = 'application/octet-stream' }: TestFile,
  path = '/api/uploads',
) {
  const form = new FormData();
  form.append('file', new Blob([content], { type: claimed }), name);
  return sendForm({ cookies }, url, form, path);
}

export async function sendForm(
  { cookies }: Pick<Client, 'cookies'>,
  url: string,
  form: FormData,
  path = '/api/uploads',
) {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: {
      origin: 'http://quoteline.test',
      cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; '),
    },
    body: form,
  });
  for (const line of response.headers.getSetCookie()) {
    const [, key, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) cookies.set(key, value);
  }
  const answer: { status: number; body: any } = { status: response.status, body: await response.json() };
  return answer;
}

export const bytes = (...parts: (string | number[])[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.concat(parts.map((part) => Buffer.from(part as string))));

export const png = bytes(
  [0x89],
  'PNG\r\n',
  [0x1a, 0x0a, 0, 0, 0, 13],
  'IHDR',
  [0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0],
);
export const pdf = bytes('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
