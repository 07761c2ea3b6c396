import type { Call } from '#lib/api/schema.d.ts';
import { submitOnce } from '#lib/plain/forms.ts';
import { focusErrors, markReady, readFacts } from '#lib/plain/page.ts';
import type { Locale } from '#server/common/locales.ts';
import { startFrame } from './frame.ts';
import { ownTimeZone } from './timeZone.ts';

/** The script of a page that is forms and links only: home, partners, login. */
export interface FrameFacts {
  locale: Locale;
  /** The zone in which the page's times are printed. */
  timeZone: string;
  /** The visitor's call, which the call bar shows. */
  call: Call | null;
  /** Whether somebody has just logged out, whose phone number this browser must not show to the next person. */
  loggedOut: boolean;
}

const facts = readFacts<FrameFacts>();
startFrame();
focusErrors();
if (document.querySelector('form[data-keeps-passwords]'))
  void import('#lib/plain/keepPasswords.ts').then(({ startForms }) => startForms());
else
  for (const form of document.querySelectorAll<HTMLFormElement>('main form[method="post"]')) submitOnce(form);
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]'))
  void import('#lib/account/askAuthenticator.ts').then(({ askAuthenticator }) => askAuthenticator(form));
ownTimeZone(facts.timeZone);
if (facts.loggedOut) void import('#lib/calls/memory.ts').then(({ forgetPhones }) => forgetPhones());
if (facts.call) void import('#lib/island/loneCallBar.ts').then(({ showCallBar }) => showCallBar(facts));
markReady();
