import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Storage } from './port.ts';
import type { StorageConfig } from './settings.ts';

type BucketConfig = Extract<StorageConfig, { kind: 's3' }>;

/** In ms: until a server takes the connection, and until it answers once it was sent the request. */
interface Timeouts {
  connectionTimeout: number;
  requestTimeout: number;
}

const usualTimeouts: Timeouts = { connectionTimeout: 5_000, requestTimeout: 60_000 };

/** Keeps files in a bucket of S3 or a server that speaks its protocol. Throws while that doesn't answer. */
export function createBucket(
  { endpoint, bucket, region, ...credentials }: BucketConfig,
  timeouts = usualTimeouts,
): Storage {
  let loading: Promise<Awaited<ReturnType<typeof load>>> | undefined;
  /** The client takes most of a second and 36 MB to load, so only who stores a file loads it. */
  const client = () => (loading ??= load());
  async function load() {
    const s3 = await import('@aws-sdk/client-s3');
    const sender = new s3.S3Client({
      ...{ endpoint, region, credentials, forcePathStyle: true },
      requestHandler: { ...timeouts, throwOnRequestTimeout: true },
      // Servers other than Amazon's may not know newer checksums.
      ...{ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' },
    });
    return { s3, sender };
  }
  return {
    async put(key, path) {
      const { s3, sender } = await client();
      const { size } = await stat(path);
      const object = { Bucket: bucket, Key: key, Body: createReadStream(path), ContentLength: size };
      await sender.send(new s3.PutObjectCommand(object));
    },
    async get(key) {
      const { s3, sender } = await client();
      try {
        const { Body } = await sender.send(new s3.GetObjectCommand({ Bucket: bucket, Key: key }));
        return Body as Readable;
      } catch (error) {
        if (error instanceof s3.NoSuchKey) return null;
        throw error;
      }
    },
    async remove(key) {
      const { s3, sender } = await client();
      await sender.send(new s3.DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    // A bucket shows no object before all of it is there.
    async removeUnfinished() {},
  };
}
