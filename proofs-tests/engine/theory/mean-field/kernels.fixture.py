"""Gaussian kernels by mpmath and SciPy: python3 kernels.fixture.py > kernels.fixture.json"""

import json

import numpy as np
from mpmath import erf, exp, inf, mp, mpf, pi, quad, sign, sin, sqrt, tanh
from scipy.integrate import dblquad
from scipy.special import expit

mp.dps = 20


def density(z):
    return exp(-z * z / 2) / sqrt(2 * pi)


activations = {
    "relu": lambda z: max(mpf(0), z),
    "leaky": lambda z: z if z > 0 else z / 10,
    "absolute": abs,
    "sign": sign,
    "erf": lambda z: erf(z * 7 / 10),
    "sine": lambda z: sin(z * 3 / 2 + mpf(2) / 5),
    "exponential": lambda z: exp(3 * z / 10),
}


def kernel(phi, q1, q2, q12):
    """E phi(u1) phi(u2) as two nested integrals split at zero."""
    s = sqrt(q2 - q12 * q12 / q1)

    def inner(z1):
        u1 = sqrt(q1) * z1
        slope = q12 / q1 * u1
        cut = -slope / s
        edges = sorted([mpf(-11), mpf(11)] + ([cut] if abs(cut) < 11 else []))
        return quad(lambda z2: phi(slope + s * z2) * density(z2), edges)

    return quad(lambda z1: phi(sqrt(q1) * z1) * density(z1) * inner(z1), [-11, -3, 0, 3, 11])


def smooth(f, q1, q2, q12):
    """The same for smooth activations by SciPy, in doubles."""
    d = q1 * q2 - q12 * q12
    g = lambda y, x: (
        f(x) * f(y) * np.exp(-(q2 * x * x - 2 * q12 * x * y + q1 * y * y) / (2 * d)) / (2 * np.pi * np.sqrt(d))
    )
    a, b = 10 * np.sqrt(q1), 10 * np.sqrt(q2)
    return dblquad(g, -a, a, -b, b, epsabs=1e-12, epsrel=1e-12)[0]


mp.dps = 15
pairs = [(1.0, 2.0, 0.5), (0.7, 0.7, -0.3)]
rows = []
for name, phi in activations.items():
    for q1, q2, q12 in pairs:
        value = kernel(phi, mpf(q1), mpf(q2), mpf(q12))
        rows.append({"activation": name, "first": q1, "second": q2, "cross": q12, "value": float(value)})
for name, f, slope in [
    ("tanh", np.tanh, lambda x: 1 / np.cosh(x) ** 2),
    ("swish", lambda x: x * expit(x), lambda x: expit(x) * (1 + x * (1 - expit(x)))),
]:
    for q1, q2, q12 in pairs:
        rows.append(
            {
                "activation": name,
                "first": q1,
                "second": q2,
                "cross": q12,
                "value": smooth(f, q1, q2, q12),
                "slopes": smooth(slope, q1, q2, q12),
            }
        )
print(json.dumps(rows, indent=1))
