"""Tails of binomial counts by exact summation with mpmath at 60 digits: python3 binomial-fixtures.py > binomial-fixtures.json"""

import json

from mpmath import binomial, mp, mpf

mp.dps = 60


def tail(counts, n, p):
    return float(sum(binomial(n, k) * p**k * (1 - p) ** (n - k) for k in counts))


cases = [(0, 5, "0.3"), (5, 5, "0.3"), (3, 10, "0.5"), (20, 100, "0.05"), (1, 1000, "0.02"), (60, 1000, "0.02"), (7, 2000, "0.000013"), (990, 1000, "0.9")]
print(json.dumps([[k, n, float(p), tail(range(k, n + 1), n, mpf(float(p))), tail(range(0, k + 1), n, mpf(float(p)))] for k, n, p in cases], indent=2))
