"""Majority gates by SymPy: polynomials from all 2^k (and 4^k) inputs, stationary states from its exact solver.

Run: /usr/bin/python3 majority.fixture.py > majority.fixture.json
"""

import json
from itertools import product

import sympy as sp

x, a, b, c, m = sp.symbols("x a b c m")


def majority(signs):
    return 1 if sum(signs) > 0 else -1


def mean(k):
    total = sum(majority(s) * sp.prod([(1 + v * x) / 2 for v in s]) for s in product((-1, 1), repeat=k))
    return [str(v) for v in reversed(sp.Poly(sp.expand(total), x).all_coeffs())]


def overlap(k):
    pairs = list(product((-1, 1), repeat=2))
    weight = {(s, t): (1 + a * s + b * t + c * s * t) / 4 for s, t in pairs}
    # Grouped by the multiset of pairs: the product depends on nothing else.
    total = 0
    for choice in product(pairs, repeat=k):
        first = majority([s for s, _ in choice])
        second = majority([t for _, t in choice])
        total += first * second * sp.prod([weight[p] for p in choice])
    poly = sp.Poly(sp.expand(total), a, b, c)
    return [[*map(int, powers), str(v)] for powers, v in sorted(poly.terms())]


def stationary(k, p):
    coefficients = [sp.Rational(v) for v in mean(k)]
    y = (1 - 2 * p) * m
    equation = sum(v * y**d for d, v in enumerate(coefficients)) - m
    roots = [r for r in sp.Poly(sp.expand(equation), m).real_roots() if abs(sp.N(r, 30)) <= 1]
    return sorted(float(sp.N(r, 30)) for r in set(roots))


def critical(k):
    slope = sp.Rational(mean(k)[1])
    return str((1 - 1 / slope) / 2)


print(
    json.dumps(
        {
            "mean": {k: mean(k) for k in (1, 3, 5, 7, 9)},
            "overlap": {3: overlap(3)},
            "critical": {k: critical(k) for k in (3, 5, 7, 9)},
            "stationary": [
                {"inputs": k, "flipped": str(p), "values": stationary(k, p)}
                for k in (3, 5, 7)
                for p in (sp.Rational(0), sp.Rational(1, 20), sp.Rational(1, 10), sp.Rational(4, 25), sp.Rational(3, 10))
            ],
        },
        indent=1,
    )
)
