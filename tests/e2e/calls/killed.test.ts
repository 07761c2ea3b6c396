import { testKills } from './killing.ts';

testKills('calls');
