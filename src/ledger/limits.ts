/** Figures of the ledger that are no setting, each with its reason. */

/** Rows of the ledger that are flushed without waiting for the window's end: a transaction of some ten milliseconds. */
export const LEDGER_KEYS = 200

/** The same for the totals: with paths at their longest it stays far below the 2 MB that D1 allows one parameter. */
export const TOTALS_KEYS = 1000

/** Rows that may wait in an isolate while D1 fails: about 3 MB of its 128. */
export const WAITING_KEYS = 5000

/** Batches that are written as one when several wait, and messages a consumer gets at once. */
export const BATCHES_AT_ONCE = 100

/** Bytes of JSON written in one transaction; D1 allows 2,000,000 a parameter. */
export const BYTES_AT_ONCE = 1_000_000

/** Bytes of one message; a queue allows 128 kB and bills by 64. */
export const MESSAGE_BYTES = 100_000

/** How often sending is tried before it is left to the next flush. The waits between double, from a quarter of the ledger's window. */
export const TRIES = 5

/** A flush that is this late, or a sending that says nothing for this long, died with its isolate's request: another event takes over. */
export const GRACE_MS = 10_000

/** `waitUntil` ends 30 s after the answer; a window leaves time to write. */
export const LONGEST_WINDOW_MS = 20_000

/** Hours for which ids of batches are kept, so for which a replay changes nothing. */
export const BATCH_HOURS = 24

/**
 * Values of one dimension of a site's day (paths, sources …); further ones are counted as `(other)`. A day of the longest
 * paths is then 600 kB, and 13 months of nothing but attack 250 MB.
 */
export const VALUES_A_DAY = 2_000

/** Rows of one company's day; what is more falls into `(other)`. It is read whenever the company-day is computed: some five milliseconds. */
export const COMPANY_ROWS_A_DAY = 5_000

/** Rows of all companies of a site's day, by the batch: 90 such days are about 250 MB. */
export const SITE_ROWS_A_DAY = 50_000

/** Rows of a company's day that are kept also when its site has too many: who floods a site takes no detail from the others. */
export const COMPANY_ROWS_KEPT = 100

/**
 * Characters of a company-day's list of paths; of a longer one none is kept. Some hundred paths: who reads more in a day is read from
 * activity, and the row, which is written with every flush, stays small.
 */
export const PATHS_OF_A_DAY = 16_000
