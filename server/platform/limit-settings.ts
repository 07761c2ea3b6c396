/** How much one address, account or page may do. */
export interface LimitsConfig {
  readsPerMinute: number;
  requestsPerHour: number;
  answersPerHour: number;
  writesPerMinute: number;
  loginsPerQuarterHour: number;
  /** Registrations from one address. A whole office may share one. */
  registrationsPerHour: number;
  /** Files from one address. */
  uploadsPerHour: number;
  /** Open sockets per address and process. A whole office may share one address. */
  socketsPerAddress: number;
  /** Enquiry mails to one address of a partner within an hour; further ones go out as a digest. */
  mailsPerPartnerAddress: number;
  /**
   * Mails to one address that no logged-in account owns within an hour: further confirmations of requests go out as a
   * digest, further registrations from the same network are refused.
   */
  mailsPerUnprovenAddress: number;
  /** Wrong links from one address and process. */
  badLinksPerMinute: number;
}

/** Reads limits from the environment. In the demo all visitors have the same address. */
export function readLimits(
  number: (name: string, fallback: number) => number,
  mode: 'demo' | 'production',
): LimitsConfig {
  return {
    readsPerMinute: number('LIMIT_READS_PER_MINUTE', 6_000),
    requestsPerHour: number('LIMIT_REQUESTS_PER_HOUR', 120),
    answersPerHour: number('LIMIT_ANSWERS_PER_HOUR', 600),
    writesPerMinute: number('LIMIT_WRITES_PER_MINUTE', 1_200),
    loginsPerQuarterHour: number('LIMIT_LOGINS_PER_QUARTER_HOUR', 30),
    registrationsPerHour: number('LIMIT_REGISTRATIONS_PER_HOUR', 30),
    uploadsPerHour: number('LIMIT_UPLOADS_PER_HOUR', 600),
    socketsPerAddress: number('LIMIT_SOCKETS_PER_ADDRESS', mode === 'demo' ? 10_000 : 100),
    mailsPerPartnerAddress: number('LIMIT_MAILS_PER_PARTNER_ADDRESS', 20),
    mailsPerUnprovenAddress: number('LIMIT_MAILS_PER_UNPROVEN_ADDRESS', 5),
    badLinksPerMinute: number('LIMIT_BAD_LINKS_PER_MINUTE', 600),
  };
}
