const smallest = -(2n ** 63n)
const largest = 2n ** 63n

/** Machine words of an integer. */
export const wordsOf = (c: bigint): number => (c > smallest && c < largest ? 1 : Math.ceil(c.toString(16).length / 16))
