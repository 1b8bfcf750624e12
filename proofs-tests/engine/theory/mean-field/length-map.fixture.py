"""Makes length-map.fixture.json: E[phi(sqrt(q) Z)^2] by mpmath's quadrature at 30 digits.  Run: python3 length-map.fixture.py"""
import json
import pathlib

import mpmath as mp

mp.mp.dps = 30
ACTIVATIONS = {
    "tanh": (lambda z: mp.tanh(z), []),
    "erf": (lambda z: mp.erf(z), []),
    "shiftedRectifier": (lambda z: max(mp.mpf(0), z - mp.mpf("0.3")), [mp.mpf("0.3")]),
    "sign": (lambda z: mp.sign(z), [mp.mpf(0)]),
}


def mean(f, kinks, q):
    s = mp.sqrt(q)
    points = [-mp.inf, -6, -2] + sorted(k / s for k in kinks) + [2.5, 6, mp.inf]
    points = sorted(set(mp.mpf(p) for p in points))
    return mp.quad(lambda x: f(s * x) ** 2 * mp.npdf(x), points)


rows = [
    {"activation": name, "q": q, "mean": mp.nstr(mean(f, kinks, mp.mpf(q)), 20)}
    for name, (f, kinks) in ACTIVATIONS.items()
    for q in ["0.01", "0.7", "4", "100"]
]
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(rows, indent=2) + "\n")
