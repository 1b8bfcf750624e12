"""Function values at 60 digits and integrals at 30 digits from mpmath. Writes functions.fixture.json.

Run: python3 functions.fixture.py (Debian's python3-mpmath 1.2)
"""
import json
from mpmath import mp, mpf, mpc

mp.dps = 80
functions = {
    "exp": mp.exp, "log": mp.log, "sin": mp.sin, "cos": mp.cos, "tan": mp.tan, "asin": mp.asin, "acos": mp.acos,
    "atan": mp.atan, "sinh": mp.sinh, "cosh": mp.cosh, "tanh": mp.tanh, "erf": mp.erf, "erfc": mp.erfc,
    "gamma": mp.gamma, "logGamma": mp.loggamma,
}
points = {name: ["1/3", "-2/7", "5/2", "-7/4", "9"] for name in functions}
points["asin"] = points["acos"] = ["1/3", "-2/7", "9/10", "3/2", "-5/3"]
points["erfc"] = ["1/3", "-7/4", "9/10", "5/2", "9", "25"]
points["gamma"] = ["1/3", "1/2", "5/2", "-7/4", "-21/2", "9", "301/3", "1/1000"]
points["logGamma"] = ["1/3", "1/2", "5/2", "9", "301/3", "100001/7", "1/1000"]
rows = []


def q(text):
    n, _, d = text.partition("/")
    return mpf(n) / mpf(d or 1)


for name, f in functions.items():
    for text in points[name]:
        z = q(text)
        v = f(z)
        if name in ("asin", "acos") and abs(z) > 1:
            # Principal value for a real argument approached as -i log(i z + sqrt(1 - z^2)) does.
            v = -1j * mp.log(1j * z + mp.sqrt(mpc(1 - z * z)))
            v = v if name == "asin" else mp.pi / 2 - v
        rows.append([name, text, "0", mp.nstr(mp.re(v), 60), mp.nstr(mp.im(v), 60)])
for name in ("exp", "log", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh"):
    for re, im in (("1/3", "2/5"), ("-3/2", "7/4"), ("2", "-1/9")):
        v = functions[name](mpc(q(re), q(im)))
        rows.append([name, re, im, mp.nstr(mp.re(v), 60), mp.nstr(mp.im(v), 60)])

mp.dps = 40


def normal(f, cuts):
    return mp.quad(lambda z: f(z) * mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi), cuts)


line = [-13, -6, -3, -1, 0, 1, 3, 6, 13]
gaussian = {
    "tanh(5z)^2": normal(lambda z: mp.tanh(5 * z) ** 2, [-13, -3, -1, -0.5, -0.2, 0, 0.2, 0.5, 1, 3, 13]),
    "tanh(z)^2": normal(lambda z: mp.tanh(z) ** 2, line),
    "erf(z)^2": 2 / mp.pi * mp.asin(mpf(2) / 3),
    "relu(1.5 z + 0.3)": normal(lambda z: 1.5 * z + 0.3, [-0.2, 0, 1, 3, 6, 13]),
    "cos(3z)": mp.exp(-4.5),
    "z^8": mpf(105),
    "exp(z)": mp.exp(0.5),
}
finite = {
    "exp on 0..1": mp.e - 1,
    "1/(1+25x^2) on -1..1": 2 / mpf(5) * mp.atan(5),
    "narrow Gaussian at 0.3712": mp.sqrt(2 * mp.pi) * mpf("0.001"),
    "|x-1/3| on 0..1": mpf(1) / 18 + mpf(2) / 9,
    "sqrt on 0..1": mpf(2) / 3,
}
everywhere = {"1/(1+x^2)": mp.pi, "1/cosh(x)": mp.pi, "exp(-x^2)": mp.sqrt(mp.pi), "1/(1+x^4)": mp.pi / mp.sqrt(2)}
text = lambda d: {k: mp.nstr(v, 25) for k, v in d.items()}
json.dump({"functions": rows, "gaussian": text(gaussian), "finite": text(finite), "line": text(everywhere)},
          open("functions.fixture.json", "w"), indent=0)
print(len(rows))
