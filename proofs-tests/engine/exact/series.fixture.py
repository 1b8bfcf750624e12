"""Truncated series computed by SymPy. Writes series.fixture.json.

Run: python3 series.fixture.py (Debian's python3-sympy 1.11)
"""
import json
import sympy as sp
from trees import tree

t = sp.Symbol("t")
a, b, N = sp.symbols("a b N", positive=True)
cases = [
    (sp.sqrt(a**2 + t), 4),
    (1 / (a - t - t**2), 4),
    (sp.log(1 + t) / t, 4),
    (sp.exp(a * t) / (1 + t), 4),
    (sp.cos(t) - 1, 6),
    ((1 + t) ** (-N), 3),
    (sp.tanh(a + t), 3),
    (sp.erf(t), 5),
    (t / sp.sin(t), 4),
    (1 / (1 - sp.cos(t)), 2),
    (sp.log(sp.cosh(t)), 6),
    (sp.sqrt(1 + 2 * b * t) - sp.exp(b * t), 3),
    (sp.exp(t + a) ** 2, 3),
    (sp.atan(b * t), 5),
]
out = []
for e, order in cases:
    s = sp.series(e, t, 0, order + 1).removeO()
    out.append({"formula": tree(e), "order": order, "series": tree(sp.sympify(s))})
json.dump(out, open("series.fixture.json", "w"), indent=0)
print(len(out))
