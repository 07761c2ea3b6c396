import type { Service } from '#server/app.ts';
import type { Config } from '#server/platform/config.ts';

export interface MailCatcher {
  close(): Promise<void>;
}

export async function prepareDemo(_config: Config): Promise<MailCatcher> {
  return { close: async () => {} };
}

export async function demo(_service: Service, _config: Config, _catcher: MailCatcher): Promise<void> {}
