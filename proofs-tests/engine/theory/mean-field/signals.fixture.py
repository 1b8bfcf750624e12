"""Critical points and fixed points by SciPy: python3 signals.fixture.py > signals.fixture.json"""

import json

import numpy as np
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import norm


def mean(f, q):
    return quad(lambda z: f(np.sqrt(q) * z) * norm.pdf(z), -12, 12, epsabs=1e-14, epsrel=1e-13, limit=400)[0]


second = lambda q: mean(lambda z: np.tanh(z) ** 2, q)
slope = lambda q: mean(lambda z: np.cosh(z) ** -4, q)

critical = []
for bias in [0.05, 0.1, 0.5]:
    q = brentq(lambda q: q - second(q) / slope(q) - bias, bias, 20 * bias + 5, xtol=1e-14)
    critical.append({"biasVariance": bias, "length": q, "weightVariance": 1 / slope(q)})
fixed = []
for weight, bias in [(1.0, 0.1), (2.0, 0.1), (4.0, 0.0), (0.5, 2.0)]:
    q = brentq(lambda q: q - weight * second(q) - bias, 1e-3, 50, xtol=1e-14)
    fixed.append({"weightVariance": weight, "biasVariance": bias, "length": q, "chi": weight * slope(q)})

# Randomised asymmetric networks: fields h = Z + relu(h') U, U ~ Beta(2, 1), by density evolution on a grid of its own.
x, w = np.polynomial.legendre.leggauss(16)
edges = np.concatenate([np.arange(-9, 0), np.arange(0, 25)]).astype(float)
h = np.concatenate([(a + b) / 2 + (b - a) / 2 * x for a, b in zip(edges[:-1], edges[1:])])
wh = np.concatenate([(b - a) / 2 * w for a, b in zip(edges[:-1], edges[1:])])
y, v = np.polynomial.legendre.leggauss(120)
u, wu = (y + 1) / 2, v / 2 * (y + 1)
s = np.maximum(h, 0)
chain = lambda power: sum(b * a**power * norm.pdf(h[:, None] - s[None, :] * a) for a, b in zip(u, wu)) * wh[None, :]
k0, k2 = chain(0), chain(2)
p = norm.pdf(h)
for _ in range(300):
    p = k0 @ p
    p /= (wh * p).sum()
m, q = (wh * p * s).sum(), (wh * p * s**2).sum()
indicator = (h > 0).astype(float)
source = indicator * p
separation = 1 / (wh * np.linalg.solve(np.eye(len(h)) - indicator[:, None] * k2, source)).sum()


# Closures: the special input replaced by its root mean square or its mean.
def moments(deviation, scale):
    a = scale * u / deviation
    first = (wu * deviation * (a * norm.cdf(a) + norm.pdf(a))).sum()
    square = (wu * deviation**2 * ((1 + a * a) * norm.cdf(a) + a * norm.pdf(a))).sum()
    return first, square, (wu * norm.cdf(a)).sum()


def growth(variance, share, replacement):
    m = 0.7
    for _ in range(300):
        deviation = np.sqrt(variance * (1 - share * m * m))
        first, square, positive = moments(deviation, 1 if replacement == "rms" else m)
        m = first / np.sqrt(square)
    return square, variance * positive


closures = [
    {
        "rowCorrelation": k,
        "replacement": r,
        "length": brentq(lambda v: growth(v, k / (1 + k), r)[0] - 1, 0.1, 4, xtol=1e-12),
        "separation": brentq(lambda v: growth(v, k / (1 + k), r)[1] - 1, 0.1, 4, xtol=1e-12),
    }
    for k in [0, 100]
    for r in ["rms", "mean"]
]
asymmetric = {
    "lengthUncorrelated": 1 / q,
    "lengthAntiCorrelated": 1 / (q - 100 / 101 * m * m),
    "separation": separation,
    "negativeFields": (wh * p * (h < 0)).sum(),
    "closures": closures,
}
print(json.dumps({"critical": critical, "fixed": fixed, "asymmetric": asymmetric}, indent=1))
