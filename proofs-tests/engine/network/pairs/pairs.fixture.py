"""Writes pairs.fixture.json: agreement probabilities, thermal overlaps and laws of overlaps by other roads.

Debian: apt-get install python3-numpy python3-scipy python3-mpmath
usage: /usr/bin/python3 pairs.fixture.py > pairs.fixture.json
"""

import itertools
import json
import math

import mpmath as mp
from scipy import integrate
from scipy.special import dawsn
from scipy.stats import multivariate_normal

mp.mp.dps = 40


def sign_agreement(first, second, tie):
    """P(same sign) of two fields that are whole numbers, sgn(0) a coin ('random') or +1 ('plus')."""
    if tie == "plus":
        return float((first >= 0) == (second >= 0))
    up = [0.5 if x == 0 else float(x > 0) for x in (first, second)]
    return up[0] * up[1] + (1 - up[0]) * (1 - up[1])


def flipped(n, k, p, tie):
    """All 2^n products and all 2^n sets of flips."""
    total = 0.0
    signs = [1] * k + [-1] * (n - k)
    for x in itertools.product((-1, 1), repeat=n):
        for turned in itertools.product((0, 1), repeat=n):
            chance = math.prod(p if t else 1 - p for t in turned)
            second = sum(a * s * (-1 if t else 1) for a, s, t in zip(x, signs, turned))
            total += chance * sign_agreement(sum(x), second, tie)
    return total / 2**n


def diluted(n, k, p):
    """All 2^n masks, the orthant probability from scipy's bivariate normal integral."""
    total = 0.0
    signs = [1] * k + [-1] * (n - k)
    for mask in itertools.product((0, 1), repeat=n):
        chance = math.prod(1 - p if m else p for m in mask)
        kept = sum(mask)
        if kept == 0:
            total += chance * 0.5
            continue
        rho = sum(s for s, m in zip(signs, mask) if m) / math.sqrt(n * kept)
        if abs(rho) > 1 - 1e-12:
            total += chance * (1.0 if rho > 0 else 0.0)
            continue
        upper = multivariate_normal.cdf([0, 0], cov=[[1, rho], [rho, 1]])
        total += chance * 2 * upper
    return total


def half_normal_difference(positive, negative):
    """P(sum of `positive` half-normals > sum of `negative` ones), densities convolved by quadrature."""

    def density(count):
        if count == 1:
            return lambda x: math.sqrt(2 / math.pi) * math.exp(-x * x / 2)
        # two half-normals: 2/sqrt(pi) e^{-x^2/4} erf(x/2)
        return lambda x: 2 / math.sqrt(math.pi) * math.exp(-x * x / 4) * math.erf(x / 2)

    def upper(count, y):
        if count == 1:
            return math.erfc(y / math.sqrt(2))
        return 1 - math.erf(y / 2) ** 2

    return integrate.quad(lambda y: density(negative)(y) * upper(positive, y), 0, 30, epsabs=1e-14, epsrel=1e-13)[0]


def binarised(n, k):
    """All 2^n signs; n = 3 or 4 by the laws of one and two half-normals."""
    total = 0.0
    signs = [1] * k + [-1] * (n - k)
    for e in itertools.product((-1, 1), repeat=n):
        positive = e.count(1)
        negative = n - positive
        if negative == 0:
            up = 1.0
        elif positive == 0:
            up = 0.0
        elif positive == negative:
            up = 0.5
        elif n == 3:
            up = half_normal_difference(positive, negative)
        else:
            raise ValueError
        field = sum(a * s for a, s in zip(e, signs))
        second = 0.5 if field == 0 else float(field > 0)
        total += up * second + (1 - up) * (1 - second)
    return total / 2**n


def thermal(rho, b):
    """E tanh(bx) tanh(by) by mpmath's or scipy's quadrature."""
    if abs(rho) == 1:
        f = lambda x: mp.tanh(b * x) ** 2 * mp.npdf(x)
        return float(mp.sign(rho) * 2 * mp.quad(f, [0, mp.mpf(1) / b, mp.mpf(4) / b, 5, 12]))
    root = math.sqrt(1 - rho * rho)
    cuts = [-9, -2, -0.5, -0.1, 0, 0.1, 0.5, 2, 9]

    def inner(x):
        f = lambda y: math.tanh(b * (rho * x + root * y)) * math.exp(-y * y / 2)
        centre = max(-9, min(9, -rho * x / root))
        return integrate.quad(f, -9, 9, points=[centre], epsabs=1e-12, epsrel=1e-12, limit=200)[0]

    total = sum(
        integrate.quad(
            lambda x: math.tanh(b * x) * math.exp(-x * x / 2) * inner(x), lo, hi, epsabs=1e-11, epsrel=1e-11
        )[0]
        for lo, hi in zip(cuts, cuts[1:])
    )
    return total / (2 * math.pi)


def law(widths, kappa, start):
    """log P(q^L) for every lattice point: plain products of matrices at 40 digits."""
    probabilities = [mp.mpf(0)] * (widths[0] + 1)
    probabilities[start] = mp.mpf(1)
    for before, after in zip(widths, widths[1:]):
        same = [
            mp.mpf(1) / 2 + mp.asin(mp.mpf(kappa) * (2 * k - before) / before) / mp.pi for k in range(before + 1)
        ]
        probabilities = [
            mp.binomial(after, j)
            * mp.fsum(x * s**j * (1 - s) ** (after - j) for x, s in zip(probabilities, same) if x != 0)
            for j in range(after + 1)
        ]
    return [float(mp.log(x)) for x in probabilities]


def rate_two_layers(kappa, end):
    """I(q) for L = 2 and equal widths: the least of the two layers' relative entropies over the middle overlap."""

    def entropy(q, mean):
        p, r = (1 + q) / 2, (1 + mean) / 2
        return p * mp.log(p / r) + (1 - p) * mp.log((1 - p) / (1 - r))

    m = lambda q: 2 / mp.pi * mp.asin(kappa * q)
    total = lambda q: entropy(q, m(mp.mpf(1))) + entropy(mp.mpf(end), m(q))
    q = mp.findroot(lambda q: mp.diff(total, q), mp.mpf((end + 2 / math.pi * math.asin(kappa)) / 2))
    return float(total(q))


fixture = {
    "dawson": [[x, float(dawsn(x))] for x in (1e-8, 0.1, 0.7, 1.0, 2.5, 7.0, 60.0)],
    "flipped": [
        {"width": n, "agreeing": k, "p": p, "zeroSign": tie, "same": flipped(n, k, p, tie)}
        for n, k, p in ((1, 1, 0.3), (3, 2, 0.2), (4, 3, 0.1), (4, 4, 0.25), (5, 1, 0.4), (6, 4, 0.2), (6, 6, 0.0))
        for tie in ("random", "plus")
    ],
    "diluted": [
        {"width": n, "agreeing": k, "p": p, "same": diluted(n, k, p)}
        for n, k, p in ((1, 1, 0.5), (2, 1, 0.3), (3, 2, 0.5), (5, 4, 0.5), (6, 6, 0.25), (6, 2, 0.8))
    ],
    "binarised": [{"width": 3, "agreeing": k, "same": binarised(3, k)} for k in range(4)],
    "thermal": [
        {"correlation": r, "b": b, "overlap": thermal(r, b)}
        for r, b in ((0.5, 1.0), (0.9, 3.0), (-0.3, 0.2), (0.2, 8.0), (0.99, 2.0), (1.0, 2.0), (1.0, 50.0), (-1.0, 0.5))
    ],
    "laws": [
        {"widths": w, "kappa": kappa, "start": start, "logs": law(w, kappa, start)}
        for w, kappa, start in (
            ([4, 3, 5, 2], 0.9, 3),
            ([24, 6, 24], 0.7071067811865476, 24),
            ([64, 64, 64], 0.7978845608028654, 64),
        )
    ],
    "rates": [{"kappa": k, "overlap": q, "rate": rate_two_layers(k, q)} for k, q in ((0.7071067811865476, 0.5), (0.9, -0.25))],
}
print(json.dumps(fixture, indent=1))
