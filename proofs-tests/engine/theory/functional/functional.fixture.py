"""Makes functional.fixture.json: quadrant integrals by SciPy, half-line Gaussians, complex error functions and expansions by mpmath.
Run: python3 functional.fixture.py"""
import json
import math
import pathlib

import mpmath as mp
from scipy.integrate import dblquad

mp.mp.dps = 30
inf = math.inf


def quadrant(a, b, d, s, t, power):
    """Integral of (max(x,0) max(y,0))^power exp(-(a x^2 + 2 b x y + d y^2)/2) over the quadrant with signs s, t."""

    def f(y, x):
        r = (max(x, 0) * max(y, 0)) ** power if power else 1.0
        return r * math.exp(-(a * x * x + 2 * b * x * y + d * y * y) / 2)

    xs = (0, inf) if s > 0 else (-inf, 0)
    ys = (0, inf) if t > 0 else (-inf, 0)
    return dblquad(f, *xs, *ys, epsabs=1e-13, epsrel=1e-12)[0]


forms = [(1, 0, 1), (2, 0.5, 1), (1.5, -0.9, 1), (3, 1.2, 0.7)]
quadrants = [
    {"form": [a, b, d], "signs": [s, t], "value": quadrant(a, b, d, s, t, 0)}
    for a, b, d in forms
    for s, t in [(1, 1), (-1, 1), (-1, -1), (1, -1)]
]
products = [{"form": [a, b, d], "value": quadrant(a, b, d, 1, 1, 1)} for a, b, d in forms]


def half_line(a, b, side):
    f = lambda x: mp.exp(-mp.mpf(a) * x * x / 2 + mp.mpc(*b) * x)
    v = mp.quad(f, [0, 1, 4, mp.inf]) if side > 0 else mp.quad(f, [-mp.inf, -4, -1, 0])
    return [mp.nstr(v.real, 18), mp.nstr(v.imag, 18)]


lines = [
    {"a": a, "b": b, "side": side, "value": half_line(a, b, side)}
    for a, b in [("1", ("0", "1")), ("2", ("0", "-3")), ("0.5", ("1", "2")), ("3", ("-2", "0"))]
    for side in [1, -1]
]
errors = [
    {"re": re, "im": im, "value": [mp.nstr(mp.erf(mp.mpc(re, im)).real, 20), mp.nstr(mp.erf(mp.mpc(re, im)).imag, 20)]}
    for re, im in [("0", "1"), ("0", "5"), ("1", "1"), ("3", "-2"), ("-2", "0.5"), ("4", "4")]
]
pathlib.Path(__file__).with_suffix(".json").write_text(
    json.dumps({"quadrants": quadrants, "products": products, "lines": lines, "errors": errors}, indent=2) + "\n"
)
