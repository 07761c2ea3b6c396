import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/mails.ts';

export const words: Translation<typeof english> = {
  for: 'Za: {name}',
  footer: 'Quoteline Vam piše jer su Vašim nalogom kupljeni krediti.',
  'topUp.part.subject': 'Stigao je deo uplate za {reference}',
  'topUp.part.lead':
    'Stiglo je {amount}. To je manje od iznosa za uplatu: kredite dobijate kad stigne i ostatak.',
  'topUp.paid.subject': 'Stigla je Vaša uplata za {reference}',
  'topUp.paid.lead': 'Stiglo je {amount} i ništa više nije za uplatu. Kredite sada možete da koristite.',
  'topUp.surplus.subject': 'Stigla je još jedna uplata za {reference}',
  'topUp.surplus.lead':
    'Stiglo je {amount}, iako je dopuna već bila plaćena. Iznos se čuva u Vašem depozitu.',
  'topUp.settled.subject': 'Dopuna {reference} je obračunata',
  'topUp.settled.lead':
    'Dobijate kredite koje Vaša uplata pokriva po istoj ceni i sada možete da ih koristite. Ništa više nije za uplatu.',
  'topUp.failed.subject': 'Plaćanje karticom za {reference} nije uspelo',
  'topUp.failed.lead':
    'Novac nije stigao, pa kredita nema i ništa ne dugujete. Kredite možete ponovo da kupite, karticom ili bankovnim prenosom.',
  'topUp.dispute.subject': 'Uplata za {reference} je osporena',
  'topUp.dispute.lead':
    '{amount} osporeno je kod banke koja je izdala karticu. Vaši krediti ostaju, ali dok se o tome ne odluči, njima ne možete da zovete podršku. Ako niste želeli da osporite uplatu, javite svojoj banci.',
  'topUp.dispute_won.subject': 'Spor o {reference} je završen',
  'topUp.dispute_won.lead': 'Uplata važi i ponovo možete da zovete podršku.',
  'topUp.dispute_lost.subject': 'Uplata za {reference} je uzeta nazad',
  'topUp.dispute_lost.lead':
    'Banka je posle spora uzela nazad {amount}. Uzeti su nazad i preostali krediti; potrošeno se duguje. Drugim kreditima ponovo možete da zovete podršku.',
  'topUp.credits': 'Krediti',
  'topUp.ordered': 'Naručeno',
  'topUp.received': 'Primljeno',
  'topUp.rest': 'Preostalo za uplatu',
  'topUp.surplus': 'U Vašem depozitu',
  'topUp.pay': 'Prikažite kako se plaća ostatak',
  'topUp.payHint': 'Na strani su račun, poziv na broj i QR kod.',
  'topUp.open': 'Otvorite dopunu',
  'topUp.openHint': 'Na strani je faktura.',
};
