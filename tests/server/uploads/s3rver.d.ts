declare module 's3rver' {
  /** The parts of the stand-in for S3 that tests use. */
  export default class S3rver {
    constructor(options: {
      port: number;
      silent: boolean;
      directory: string;
      configureBuckets: { name: string; configs: string[] }[];
    });
    /** Returns where it listens. */
    run(): Promise<{ port: number }>;
    close(): Promise<void>;
  }
}
