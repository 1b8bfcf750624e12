"""Reference values for src/statistics, from mpmath (50 digits) and SciPy. Run: /usr/bin/python3 fixtures.py > fixtures.json"""

import json
import sys

import mpmath
import numpy
import scipy
from scipy import stats

mpmath.mp.dps = 50


def chi_square_upper(x, degrees):
    return float(mpmath.gammainc(mpmath.mpf(degrees) / 2, mpmath.mpf(x) / 2, mpmath.inf, regularized=True))


def student_two_sided(t, degrees):
    t, degrees = mpmath.mpf(t), mpmath.mpf(degrees)
    return float(mpmath.betainc(degrees / 2, 0.5, 0, degrees / (degrees + t * t), regularized=True))


def kolmogorov_upper(x):
    if x >= 0.5:
        return float(2 * mpmath.nsum(lambda k: (-1) ** (int(k) - 1) * mpmath.exp(-2 * k * k * mpmath.mpf(x) ** 2), [1, 60], method="d"))
    theta = mpmath.nsum(lambda k: mpmath.exp(-((2 * k - 1) * mpmath.pi / x) ** 2 / 8), [1, 60], method="d")
    return float(1 - mpmath.sqrt(2 * mpmath.pi) / x * theta)


generator = numpy.random.default_rng(5)
a = generator.gamma(3.0, 2.0, 60)
b = generator.gamma(3.0, 2.5, 45)
x = numpy.array([1.0, 2.0, 3.0, 5.0, 8.0, 13.0])
y = numpy.array([2.1, 2.9, 4.2, 5.8, 9.1, 13.5])
e = numpy.array([0.1, 0.2, 0.1, 0.3, 0.2, 0.5])
design = numpy.stack([x**0, x**-1, x**-2], axis=1)
covariance = numpy.linalg.inv(design.T @ numpy.diag(1 / e**2) @ design)
coefficients = covariance @ design.T @ (y / e**2)
chi2 = float(numpy.sum(((y - design @ coefficients) / e) ** 2))
welch = stats.ttest_ind(a, b, equal_var=False)
one = stats.ttest_1samp(a, 6.0)
exact_ks = stats.kstest(a, stats.gamma(3.0, scale=2.0).cdf)
two_ks = stats.ks_2samp(a, b)
chi = stats.chisquare([18, 25, 31, 26], [20.0, 30.0, 28.0, 22.0])

json.dump(
    {
        "versions": {"mpmath": mpmath.__version__, "scipy": scipy.__version__, "numpy": numpy.__version__},
        "normalTwoSided": [[z, float(mpmath.erfc(mpmath.mpf(z) / mpmath.sqrt(2)))] for z in [0.0, 0.1, 1.0, 1.96, 5.0, 12.0, 30.0]],
        "chiSquareUpper": [
            [v, k, chi_square_upper(v, k)]
            for v, k in [(0.001, 1), (1, 1), (3.84, 1), (50, 1), (10, 2), (5, 10), (60, 10), (200, 10), (400, 400), (520, 400), (900, 400), (20000, 20400)]
        ],
        "studentTwoSided": [[t, k, student_two_sided(t, k)] for t, k in [(0.0, 3), (0.5, 1), (2.0, 5), (-2.0, 5), (4.0, 30.5), (12.0, 8), (1.0, 1e4)]],
        # Twice the tail of a standardised gamma law of this skewness, on the deviation's side: how far a mean of skewed numbers strays.
        "gammaTail": [
            [v, skew, float(2 * (stats.pearson3.sf(v, skew) if v > 0 else stats.pearson3.cdf(v, skew)))]
            for skew in [0.05, 0.1, 0.15]
            for v in [-5.0, -3.0, -1.5, 1.5, 3.0, 5.0, 7.0]
        ],
        "kolmogorovUpper": [[v, kolmogorov_upper(v)] for v in [0.3, 0.6, 0.9, 1.0, 1.1, 1.36, 2.0, 3.0]],
        "samples": {"a": a.tolist(), "b": b.tolist()},
        "moments": {
            "mean": float(a.mean()),
            "variance": float(a.var(ddof=1)),
            "skewness": float(stats.skew(a)),
            "excessKurtosis": float(stats.kurtosis(a)),
            "standardError": float(stats.sem(a)),
        },
        "tTest": [float(one.statistic), float(one.pvalue)],
        "welch": [float(welch.statistic), float(welch.pvalue)],
        "gammaCdfOfA": stats.gamma(3.0, scale=2.0).cdf(a).tolist(),
        "kolmogorovSmirnov": [float(exact_ks.statistic), float(exact_ks.pvalue)],
        "twoSampleKolmogorovSmirnov": [float(two_ks.statistic), float(two_ks.pvalue)],
        "chiSquare": [float(chi.statistic), float(chi.pvalue)],
        "leastSquares": {
            "x": x.tolist(), "y": y.tolist(), "e": e.tolist(),
            "coefficients": coefficients.tolist(),
            "errors": numpy.sqrt(numpy.diag(covariance)).tolist(),
            "chiSquare": chi2,
            "pValue": float(stats.chi2.sf(chi2, 3)),
        },
    },
    sys.stdout,
    indent=1,
)
print()
