"""E[product of the signs of four correlated normals] by inclusion of SciPy's four-dimensional normal distribution
function (Genz); and where it is elementary. Writes four-spins.fixture.json."""
import itertools
import json
from pathlib import Path

import mpmath as mp
import numpy as np
from scipy.stats import multivariate_normal

pairs = [(0, 1), (2, 3), (0, 2), (1, 3), (0, 3), (1, 2)]


def matrix(rho):
    m = np.eye(4)
    for (i, j), r in zip(pairs, rho):
        m[i, j] = m[j, i] = r
    return m


def by_genz(rho):
    base = matrix(rho)
    total = 0.0
    for signs in itertools.product((1, -1), repeat=4):
        d = np.diag(signs)
        total += np.prod(signs) * multivariate_normal.cdf(
            np.zeros(4), np.zeros(4), d @ base @ d, maxpts=4_000_000, abseps=1e-8, releps=1e-8)
    return float(total)


rows = []
for rho in ([0.5, 0.4, 0.3, 0.2, 0.1, 0.25], [0.7, 0.7, 0.6, 0.6, 0.5, 0.5], [-0.3, 0.2, 0.4, -0.5, 0.1, 0.0], [0.9, 0.85, 0.3, 0.25, 0.28, 0.3]):
    rows.append({"rho": rho, "value": by_genz(rho), "tolerance": 1e-6})
for x, y in ((0.3, -0.8), (0.99, 0.7)):
    # Two independent pairs.
    value = (2 / mp.pi) ** 2 * mp.asin(x) * mp.asin(y)
    rows.append({"rho": [x, y, 0, 0, 0, 0], "value": float(value), "tolerance": 1e-13})
# Equicorrelation 1/2: P(all positive) = 1/5, and E = 16 P - 1 - 6 (2/pi) asin(1/2).
rows.append({"rho": [0.5] * 6, "value": 16 / 5 - 1 - 2, "tolerance": 1e-12})
Path(__file__).with_name("four-spins.fixture.json").write_text(json.dumps(rows, indent=1) + "\n")
