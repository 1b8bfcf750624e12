"""Reference values for src/statistics/root.ts and fit-estimates.ts, from mpmath (30 digits) and SciPy.

Run: /usr/bin/python3 root-fixtures.py > root-fixtures.json

`lyapunov`: growth exponents of products of N x N Gaussian matrices of variance 1/N, exactly at finite N: of linear networks
(psi(N/2) + log(2/N)), Cohen and Newman, Ann. Probab. 12, 283 (1984); Newman, Commun. Math. Phys. 103, 121 (1986)), and of
rectified ones, in which K ~ Binomial(N, 1/2) neurons are positive: log(2/N) + E psi(K/2), given K > 0.

`fieller`: the interval of -a/b for a straight line with known errors, by the quadratic equation of Fieller's theorem.
"""

import json

import mpmath
import numpy
from scipy import stats

mpmath.mp.dps = 30


def linear(n):
    return float(mpmath.digamma(mpmath.mpf(n) / 2) + mpmath.log(mpmath.mpf(2) / n))


def rectified(n):
    weights = [mpmath.binomial(n, k) for k in range(1, n + 1)]
    mean = sum(w * mpmath.digamma(mpmath.mpf(k + 1) / 2) for k, w in enumerate(weights)) / sum(weights)
    return float(mean + mpmath.log(mpmath.mpf(2) / n))


def fieller(x, y, error, alpha):
    design = numpy.vstack([numpy.ones(len(x)), x]).T
    covariance = numpy.linalg.inv(design.T @ design) * error**2
    a, b = covariance @ design.T @ y / error**2
    z = stats.norm.isf(alpha / 2)
    # (a + b r)^2 = z^2 (Vaa + 2 r Vab + r^2 Vbb)
    quadratic = [b**2 - z**2 * covariance[1, 1], 2 * (a * b - z**2 * covariance[0, 1]), a**2 - z**2 * covariance[0, 0]]
    return {"x": x.tolist(), "y": y.tolist(), "error": error, "alpha": alpha, "root": -a / b, "interval": sorted(numpy.roots(quadratic).real.tolist())}


generator = numpy.random.default_rng(11)
x = numpy.linspace(-1, 1.5, 6)
print(
    json.dumps(
        {
            "lyapunov": [[n, linear(n), rectified(n)] for n in (32, 64, 128, 256)],
            "fieller": [
                fieller(x, 0.8 * (x - 0.2) + error * generator.standard_normal(6), error, alpha)
                for error, alpha in ((0.05, 0.05), (0.15, 0.1), (0.2, 0.05))
            ],
            "fisherUpper": [[f, a, b, float(stats.f.sf(f, a, b))] for f, a, b in ((0.5, 3, 7.5), (1, 8, 40), (2.5, 1, 5), (4, 12, 300), (9, 5, 60), (30, 2.5, 12))],
        },
        indent=1,
    )
)
