/**
 * How sure a sampled refutation must be. Every sampled check may refute a true statement with probability at most
 * `samplingSignificance`, all its comparisons together; with at most `largestFamily` sampled checks in an audit the chance
 * that any true statement of it is refuted stays below `familyBudget` (Bonferroni; no independence is assumed).
 *
 * The level is a constant and not divided by the number of checks that happen to run, so that a statement's verdict
 * depends on the seed and the statement alone.
 */
export const familyBudget = 1e-4
export const largestFamily = 500
export const samplingSignificance = familyBudget / largestFamily

/** A sampled check states the smallest relative deviation that it catches with this probability. */
export const statedPower = 0.999
