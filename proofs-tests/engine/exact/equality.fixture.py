"""Pairs of equal formulas, rewritten by SymPy, and pairs that differ, with SymPy's 50-digit values. Writes equality.fixture.json.

Run: python3 equality.fixture.py (Debian's python3-sympy 1.11)
"""
import json
import random
import sympy as sp
from trees import tree

random.seed(20170610)
x, y, w, b, N, D, s = sp.symbols("x y w b N D s", positive=True)
q, p = sp.symbols("q p", real=True)
R = sp.Rational


def rational_expression(depth):
    if depth == 0:
        return random.choice([x, y, w, b, sp.Integer(random.randint(1, 5)), R(random.randint(1, 5), random.randint(2, 5))])
    a, c = rational_expression(depth - 1), rational_expression(depth - 1)
    k = random.random()
    if k < 0.4:
        return a + c
    if k < 0.6:
        return a - 2 * c
    if k < 0.85:
        return sp.Mul(a, c, evaluate=False)
    return a / (c + 1)


pairs = []
for _ in range(60):
    e = rational_expression(random.choice([2, 3, 3]))
    rewrite = random.choice([sp.expand, sp.together, sp.factor, sp.cancel, lambda t: sp.apart(sp.together(t), x)])
    pairs.append(["rational", e, rewrite(e)])

trig = [
    (sp.cos(q) ** 4, (3 + 4 * sp.cos(2 * q) + sp.cos(4 * q)) / 8),
    (sp.sin(q + p), sp.expand_trig(sp.sin(q + p))),
    (sp.cos(5 * q), sp.expand_trig(sp.cos(5 * q))),
    (sp.tan(q / 2), sp.sin(q) / (1 + sp.cos(q))),
    (1 / sp.cos(q) ** 2, 1 + sp.tan(q) ** 2),
    (sp.sinh(2 * x), 2 * sp.sinh(x) * sp.cosh(x)),
    (sp.tanh(x) ** 2, 1 - 1 / sp.cosh(x) ** 2),
    (sp.tanh(x + y), sp.expand_trig(sp.tanh(x + y))),
    (sp.cos(q).rewrite(sp.exp), sp.cos(q)),
    (2 - 2 * sp.cos(q), 4 * sp.sin(q / 2) ** 2),
    (sp.cos(sp.pi / 12), sp.sqrt(2) * (sp.sqrt(3) + 1) / 4),
    (sp.exp(sp.I * sp.pi / 6), sp.sqrt(3) / 2 + sp.I / 2),
]
pairs += [["trigonometric", a, c] for a, c in trig]

radical = [
    (sp.sqrt(N * b**2 / D), b * sp.sqrt(N) / sp.sqrt(D)),
    (sp.sqrt(4 * x), 2 * sp.sqrt(x)),
    (1 / (sp.sqrt(x) + sp.sqrt(y)), (sp.sqrt(x) - sp.sqrt(y)) / (x - y)),
    (sp.sqrt(x**2 + 2 * x * y + y**2), x + y),
    (x ** R(1, 3) * x ** R(1, 6), sp.sqrt(x)),
    ((x * y) ** R(3, 2), x * y * sp.sqrt(x * y)),
    (sp.sqrt(1 + x**2) ** 3, (1 + x**2) * sp.sqrt(1 + x**2)),
    (sp.sqrt(x**2 * w**2 / N + x**2 * b), x * sp.sqrt(w**2 / N + b)),
    (sp.diff(sp.sqrt(1 + x**2), x, 3), sp.radsimp(sp.simplify(sp.diff(sp.sqrt(1 + x**2), x, 3)))),
    (1 / (1 + sp.sqrt(2) + sp.sqrt(3)), sp.radsimp(1 / (1 + sp.sqrt(2) + sp.sqrt(3)))),
    (sp.sqrt(sp.Integer(360)), 6 * sp.sqrt(10)),
]
pairs += [["radical", a, c] for a, c in radical]

transcendental = [
    (sp.log(x**3 * y / N), 3 * sp.log(x) + sp.log(y) - sp.log(N)),
    (sp.log(w**2 * x**2 / N + b**2), sp.log(w**2 * x**2 + N * b**2) - sp.log(N)),
    (sp.exp(x + y - 2 * b), sp.exp(x) * sp.exp(y) / sp.exp(b) ** 2),
    (sp.exp(-x * (x - y) ** 2 / 2), sp.exp(-(x**3) / 2) * sp.exp(x**2 * y) * sp.exp(-x * y**2 / 2)),
    (x**s * x, x ** (s + 1)),
    (sp.exp(s * sp.log(x)), x**s),
    (sp.exp(2 * sp.log(x) + y), x**2 * sp.exp(y)),
    (sp.gamma(x + 3), x * (x + 1) * (x + 2) * sp.gamma(x)),
    (sp.gamma(R(7, 2)), 15 * sp.sqrt(sp.pi) / 8),
    (sp.binomial(N, 3), N * (N - 1) * (N - 2) / 6),
    (sp.factorial(N + 1) / sp.factorial(N), N + 1),
    (sp.erfc(x), 1 - sp.erf(x)),
    (sp.erf(-x), -sp.erf(x)),
    (sp.log((1 + sp.tanh(x)) / (1 - sp.tanh(x))), 2 * x),
    (sp.diff(sp.log(sp.cosh(x)), x), sp.tanh(x)),
    (sp.exp(R(1, 2) * sp.log(x / y)), sp.sqrt(x) / sp.sqrt(y)),
]
pairs += [["transcendental", a, c] for a, c in transcendental]

values = {x: R(2, 3), y: R(5, 4), w: R(3, 5), b: R(7, 3), N: R(11, 2), D: R(13, 3), s: R(9, 4), q: R(3, 7), p: R(-8, 5)}


def number(e):
    v = sp.N(e.subs(values), 60)
    re, im = v.as_real_imag()
    return [str(sp.N(re, 50)), str(sp.N(im, 50))]


equal, different = [], []
for family, a, c in pairs:
    gap = sp.N((a - c).subs(values), 60, chop=True)
    assert abs(gap) < 1e-45, (a, c, gap)
    equal.append({"family": family, "left": tree(a), "right": tree(c), "value": number(a)})
    for m in (c + R(1, 1000), c * R(1001, 1000), c + x / 7 if c.has(x) else c + 1, -c):
        if abs(sp.N((a - m).subs(values), 30)) > 1e-12:
            different.append({"family": family, "left": tree(a), "right": tree(m)})

point = {str(k): [str(v.p), str(v.q)] for k, v in values.items()}
json.dump({"point": point, "equal": equal, "different": different}, open("equality.fixture.json", "w"), indent=0)
print(len(equal), len(different))
