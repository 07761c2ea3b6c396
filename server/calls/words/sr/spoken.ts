import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/spoken.ts';

export const words: Translation<typeof english> = {
  agentPrompt:
    'Quoteline. Kupac pita firmu {vendor} za {product}. Pritisnite 1 za razgovor, ili 2 da prosledite poziv.',
  agentAgain: 'Pritisnite 1 za razgovor sa kupcem.',
  passedOn: 'Hvala. Poziv prosleđujemo dalje.',
  tooLate: 'Poziv je već prosleđen dalje. Doviđenja.',
  connecting: 'Trenutak, pozivamo kupca.',
  callerGone: 'Kupac je prekinuo vezu. Doviđenja.',
  notReached: 'Nismo uspeli da dobijemo kupca. Doviđenja.',
  consentPrompt:
    'Quoteline. Tražili ste razgovor sa firmom {vendor}. Pritisnite 1 da Vas spojimo. Ako to niste bili Vi, pritisnite 9 i nikada Vas više nećemo zvati.',
  consentAgain: 'Pritisnite 1 da Vas spojimo.',
  optedOut: 'Ovaj broj više nećemo zvati. Doviđenja.',
  goodbye: 'Doviđenja.',
};
