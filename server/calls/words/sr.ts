import type { en } from './en.ts';

/** What is spoken on the phone, in Serbian. */
export const sr: Record<keyof typeof en, string> = {
  agentPrompt:
    'Quoteline. Kupac želi da razgovara sa firmom {vendor} o proizvodu {product}. Pritisnite 1 da preuzmete poziv, 2 da ga prosledite dalje.',
  thanks: 'Hvala. Poziv se prosleđuje dalje.',
  connecting: 'Trenutak, pozivamo kupca.',
  callerGone: 'Kupac je prekinuo vezu. Doviđenja.',
  notReached: 'Kupca nije bilo moguće dobiti. Doviđenja.',
  consentPrompt:
    'Quoteline. Tražili ste razgovor sa firmom {vendor}. Pritisnite 1 da vas spojimo. Ako to niste bili Vi, prekinite vezu, ili pritisnite 9 da Vas više nikada ne zovemo.',
  optedOut: 'Ovaj broj više nećemo zvati. Doviđenja.',
  goodbye: 'Doviđenja.',
};
