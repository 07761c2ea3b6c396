import { type Static, Type } from 'typebox';
import { Id } from '#server/platform/schema.ts';
import { VendorName } from '../schema.ts';

/** A line of the request that isn't sold as it was. */
export const NotSold = Type.Object(
  {
    position: Type.Integer(),
    product: Type.Object({ id: Id, code: Type.String(), name: Type.String() }),
    /** Who was asked and no longer sells it. */
    vendors: Type.Array(VendorName),
    /** Whether others sell it, whom the new line asks; false: it isn't in the solution. */
    kept: Type.Boolean(),
  },
  { title: 'NotSold' },
);
export type NotSold = Static<typeof NotSold>;

/** The solution made of a request. */
export const RepeatedRequest = Type.Object(
  { id: Id, name: Type.String(), lines: Type.Integer(), notSold: Type.Array(NotSold) },
  { title: 'RepeatedRequest' },
);
export type RepeatedRequest = Static<typeof RepeatedRequest>;
