import * as buyers from '#server/buyers/service.ts';
import { isCountryCode } from '#server/common/countries.ts';
import { isUuid } from '#server/common/ids.ts';
import type { Context } from '#server/context.ts';
import type { FieldError } from '#server/platform/errors.ts';
import { cleanLine } from '#server/platform/typed-text.ts';
import { refuse } from '../refusals.ts';
import * as queries from './queries.ts';
import type { DeliveryAddress, DeliveryAddressBody, DeliveryAddresses } from './schema.ts';

const most = 20;

const viewOf = ({ id, name, place, country, isDefault }: queries.AddressRow): DeliveryAddress => ({
  ...{ id, name, place, country, isDefault },
});

/** Returns a person's delivery addresses, the default first. */
export async function listAddresses(
  { db }: Pick<Context, 'db'>,
  buyerId: string,
): Promise<DeliveryAddresses> {
  return { items: (await queries.addressesOf(db, buyerId)).map(viewOf) };
}

function readAddress({ name, place, country }: DeliveryAddressBody): queries.TypedAddress {
  const address = { name: cleanLine(name), place: cleanLine(place), country: country.trim().toUpperCase() };
  const errors: FieldError[] = (['name', 'place', 'country'] as const)
    .filter((path) => address[path] === '')
    .map((path) => ({ path, code: 'required', message: 'is required' }));
  if (address.country !== '' && !isCountryCode(address.country))
    errors.push({ path: 'country', code: 'format', message: 'is not the code of a country' });
  if (errors.length > 0) throw refuse('invalid_input', { errors });
  return address;
}

/** Adds an address; the first becomes the default. Refuses wrong fields, and `address_list_full`. */
export async function addAddress(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  buyerId: string,
  body: DeliveryAddressBody,
): Promise<DeliveryAddress> {
  const address = readAddress(body);
  return db.transaction(async (tx) => {
    await buyers.lockBuyer(tx, buyerId);
    const known = await queries.countAddresses(tx, buyerId);
    if (known >= most) throw refuse('address_list_full');
    const isDefault = known === 0 || body.isDefault === true;
    if (isDefault) await queries.clearDefault(tx, buyerId);
    const row = { ...address, buyerId, isDefault, createdAt: clock.now() };
    return viewOf(await queries.addAddress(tx, row));
  });
}

/** Changes an address. Refuses wrong fields, and `not_found`. */
export async function changeAddress(
  { db }: Pick<Context, 'db'>,
  buyerId: string,
  id: string,
  body: DeliveryAddressBody,
): Promise<DeliveryAddress> {
  if (!isUuid(id)) throw refuse('not_found');
  const address = readAddress(body);
  return db.transaction(async (tx) => {
    await buyers.lockBuyer(tx, buyerId);
    if (body.isDefault) await queries.clearDefault(tx, buyerId);
    const changes = { ...address, ...(body.isDefault && { isDefault: true as const }) };
    const changed = await queries.changeAddress(tx, buyerId, id, changes);
    if (!changed) throw refuse('not_found');
    return viewOf(changed);
  });
}

/** Removes an address; if it was the default, the oldest becomes it. Refuses `not_found`. */
export async function removeAddress({ db }: Pick<Context, 'db'>, buyerId: string, id: string): Promise<void> {
  if (!isUuid(id)) throw refuse('not_found');
  await db.transaction(async (tx) => {
    await buyers.lockBuyer(tx, buyerId);
    if (!(await queries.removeAddress(tx, buyerId, id))) throw refuse('not_found');
    await queries.chooseDefault(tx, buyerId);
  });
}
