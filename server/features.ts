import { accounts } from './accounts/feature.ts';
import { admission } from './admission/feature.ts';
import { audit } from './audit/feature.ts';
import { buyers } from './buyers/feature.ts';
import { callHistory } from './call-history/feature.ts';
import { callBacks } from './call-backs/feature.ts';
import { calls } from './calls/feature.ts';
import { catalog } from './catalog/feature.ts';
import { companies } from './companies/feature.ts';
import { complaints } from './complaints/feature.ts';
import { credits } from './credits/feature.ts';
import { desk } from './desk/feature.ts';
import { ledger } from './ledger/feature.ts';
import type { Feature } from './platform/feature.ts';
import { notices } from './notices/feature.ts';
import { overview } from './overview/feature.ts';
import { presence } from './presence/feature.ts';
import { rates } from './rates/feature.ts';
import { ratings } from './ratings/feature.ts';
import { requests } from './requests/feature.ts';
import { search } from './search/feature.ts';
import { solutions } from './solutions/feature.ts';
import { staff } from './staff/feature.ts';
import { uploads } from './uploads/feature.ts';
import { vendors } from './vendors/feature.ts';
import { wishes } from './wishes/feature.ts';

/** All features. Processes loop over this list. */
export const features: readonly Feature[] = [
  accounts,
  buyers,
  uploads,
  companies,
  vendors,
  rates,
  catalog,
  search,
  solutions,
  requests,
  presence,
  admission,
  calls,
  callBacks,
  ratings,
  desk,
  ledger,
  credits,
  complaints,
  audit,
  staff,
  wishes,
  callHistory,
  notices,
  overview,
];
