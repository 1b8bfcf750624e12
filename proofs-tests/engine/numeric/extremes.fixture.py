"""Function values at extreme arguments, 60 digits, from mpmath. Writes extremes.fixture.json.

Run: python3 extremes.fixture.py (Debian's python3-mpmath 1.2)
"""
import json
from mpmath import mp, mpf

points = {
    "cosh": ["7/5", "1000000/7", "-100003/3"],
    "sinh": ["7/5", "1000000/7", "-100003/3", "1/1000000"],
    "tanh": ["7/5", "-50/3", "1/1000000", "1000000"],
    "sin": ["1000000000000001/3", "123456789012345"],
    "cos": ["-1000000000000001/7", "10000000000000"],
    "erfc": ["6", "25/3", "26", "51", "100", "2000/3"],
    "erf": ["1/1000000", "12", "-25/3"],
    "logGamma": ["1" + "0" * 30],
}
rows = []
mp.dps = 260
for name, texts in points.items():
    f = {"logGamma": mp.loggamma}.get(name) or getattr(mp, name)
    for text in texts:
        n, _, d = text.partition("/")
        rows.append([name, text, mp.nstr(f(mpf(n) / mpf(d or 1)), 60)])
with open("extremes.fixture.json", "w") as out:
    json.dump(rows, out, indent=1)
    out.write("\n")
