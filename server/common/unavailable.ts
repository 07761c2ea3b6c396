/** When clients are asked to try again after a 503: about the time a restart of the database takes. */
export const retryAfterSeconds = 5;
