import { createFolder } from './folder.ts';
import type { Storage } from './port.ts';
import { createBucket } from './s3.ts';
import type { StorageConfig } from './settings.ts';

export const createStorage = (config: StorageConfig): Storage =>
  config.kind === 'folder' ? createFolder(config.dir) : createBucket(config);
