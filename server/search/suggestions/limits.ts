/** How much both engines suggest. */

export const shownCodes = 4;
export const shownProducts = 5;
/** The most categories, and the most vendors. */
export const shownOthers = 4;
export const shownTags = 3;

/** The number of products shown of a family, whose names begin alike in one category. */
export const ofFamily = 2;
/** The number of tags considered. */
export const mostTags = 60;

/** Up to this many matches are all considered; of more, those with the shortest names. */
export const considered = 500;
