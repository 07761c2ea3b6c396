import { type Static, Type } from 'typebox';
import { Id } from '#server/platform/schema.ts';

export const DeliveryAddressBody = Type.Object(
  {
    /** What the person calls it. */
    name: Type.String({ maxLength: 100 }),
    place: Type.String({ maxLength: 1_000 }),
    /** ISO 3166, such as "RS". */
    country: Type.String({ maxLength: 2 }),
    /** Makes it the default in place of the present one. */
    isDefault: Type.Optional(Type.Boolean()),
  },
  { title: 'NewDeliveryAddress', additionalProperties: false },
);
export type DeliveryAddressBody = Static<typeof DeliveryAddressBody>;

export const DeliveryAddress = Type.Object(
  {
    ...{ id: Id, name: Type.String(), place: Type.String(), country: Type.String() },
    /** Forms of requests begin with it. */
    isDefault: Type.Boolean(),
  },
  { title: 'DeliveryAddress' },
);
export type DeliveryAddress = Static<typeof DeliveryAddress>;

/** The default first. */
export const DeliveryAddresses = Type.Object(
  { items: Type.Array(DeliveryAddress) },
  { title: 'DeliveryAddresses' },
);
export type DeliveryAddresses = Static<typeof DeliveryAddresses>;
