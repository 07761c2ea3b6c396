import { join } from 'node:path';

export type StorageConfig =
  | { kind: 'folder'; dir: string }
  | {
      kind: 's3';
      endpoint: string;
      bucket: string;
      region: string;
      accessKeyId: string;
      secretAccessKey: string;
    };

const usualRegion = 'us-east-1';

/** Reads STORAGE_URL; unset: a folder in DATA_DIR. Adds what is wrong to `problems`. */
export function readStorage(
  get: (name: string) => string | undefined,
  dataDir: string,
  problems: string[],
): StorageConfig {
  const folder: StorageConfig = { kind: 'folder', dir: join(dataDir, 'storage') };
  const given = get('STORAGE_URL');
  if (given === undefined) return folder;
  const storage = bucketOf(given);
  if (!storage)
    problems.push('STORAGE_URL must be like https://KEY:SECRET@s3.example.org/bucket?region=eu-central-1');
  return storage ?? folder;
}

function bucketOf(given: string): StorageConfig | null {
  if (!/^https?:\/\//.test(given) || !URL.canParse(given)) return null;
  const { origin, pathname, searchParams, username, password } = new URL(given);
  const bucket = pathname.slice(1).replace(/\/$/, '');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) || !username || !password) return null;
  return {
    ...{ kind: 's3', endpoint: origin, bucket, region: searchParams.get('region') ?? usualRegion },
    ...{ accessKeyId: decodeURIComponent(username), secretAccessKey: decodeURIComponent(password) },
  };
}
