"""Maximal entropies of perturbed networks by other means: SciPy's differential evolution and SLSQP on the strengths
themselves, mpmath's root finder for the stationarity conditions of two layers.

Run: /usr/bin/python3 entropy.fixture.py > entropy.fixture.json
"""

import json

import mpmath as mp
import numpy as np
from scipy.optimize import differential_evolution, minimize

mp.mp.dps = 40


def overlap(cs):
    q = 1.0
    for c in cs:
        q = 2 / np.pi * np.arcsin(np.clip(c * q, -1, 1))
    return q


def last_correlation(cs, target):
    """c of the last layer that makes the output overlap the target, or None."""
    q = overlap(cs)
    need = np.sin(np.pi * target / 2)
    return need / q if q >= need and q > 0 else None


def entropy_binary(c):
    p = np.clip((1 - c) / 2, 0, 1)
    parts = [x * np.log(x) if x > 0 else 0.0 for x in (p, 1 - p)]
    return -sum(parts)


def entropy_rotated(c):
    return 0.5 * np.log(max(1 - c * c, 1e-300))


def best(layers, error, entropy):
    """Global optimum over the first layers' correlations, the last one from the constraint."""

    def cost(cs):
        last = last_correlation(cs, 1 - 2 * error)
        if last is None or last > 1:
            return 10.0 + np.sum(1 - np.asarray(cs))
        return -(sum(entropy(c) for c in cs) + entropy(last)) / layers

    if layers == 1:
        return -cost([])
    box = [(0.0, 1.0)] * (layers - 1)
    found = min(
        (differential_evolution(cost, box, seed=s, tol=1e-12, maxiter=600, popsize=25) for s in range(4)),
        key=lambda r: r.fun,
    )
    polished = minimize(cost, found.x, method="Nelder-Mead", options={"xatol": 1e-13, "fatol": 1e-15, "maxiter": 40000})
    # The corners where a number of first layers stay at the reference.
    corners = [best(layers - 1, error, entropy) * (layers - 1) / layers] if entropy is entropy_binary else []
    return max([-found.fun, -polished.fun, *corners])


def transition():
    """Error at which one and two perturbed layers have the same entropy: two equations, 40 digits."""

    def coin(p):
        return -p * mp.log(p) - (1 - p) * mp.log(1 - p)

    def q1(c):
        return 2 / mp.pi * mp.asin(c)

    def equations(error, p1):
        need = mp.cos(mp.pi * error)
        total = lambda a: coin(a) + coin((1 - need / q1(1 - 2 * a)) / 2)
        return [mp.diff(total, p1), total(p1) - coin((1 - need) / 2)]

    error, p1 = mp.findroot(equations, (mp.mpf("0.3015"), mp.mpf("0.0294")))
    p2 = (1 - mp.cos(mp.pi * error) / q1(1 - 2 * p1)) / 2
    return [mp.nstr(x, 20) for x in (error, p1, p2)]


cases = []
for name, entropy in (("binary", entropy_binary), ("rotated", entropy_rotated)):
    for layers in (1, 2, 3):
        for error in (0.05, 0.2, 0.31, 0.43, 0.48):
            cases.append({"entropy": name, "layers": layers, "error": error, "value": best(layers, error, entropy)})
print(json.dumps({"cases": cases, "transition": transition()}, indent=1))
