"""The quadrant integral and its mean by mpmath's quadrature over the angle, on every branch of the closed form. Writes quadrant.fixture.json."""
import json
from pathlib import Path

import mpmath as mp

mp.mp.dps = 40
rows = []
for a, b in ((1, 1), ("0.3", 2), ("1e-3", "0.5"), (40, "1e-2")):
    a, b = mp.mpf(a), mp.mpf(b)
    for ratio in ("-0.999999", "-0.9", "-0.3", "0", "0.5", "0.75", "0.9999999", "1", "1.0000001", "1.25", "1.3", "3", "40", "1e6"):
        c = mp.mpf(ratio) * mp.sqrt(a * b)
        f = lambda t: a + 2 * c * t + b * t * t
        scale = mp.sqrt(a / b)
        cuts = [0, scale * mp.mpf("1e-7"), scale * mp.mpf("1e-2"), scale, scale * 100, scale * mp.mpf("1e7"), mp.inf]
        value = mp.quad(lambda t: 1 / f(t), cuts)
        mean = mp.sqrt(mp.pi / 2) * mp.quad(lambda t: f(t) ** mp.mpf(-1.5), cuts)
        rows.append({"first": mp.nstr(a, 25), "second": mp.nstr(b, 25), "cross": mp.nstr(c, 25),
                     "integral": mp.nstr(value, 25), "mean": mp.nstr(mean, 25)})
Path(__file__).with_name("quadrant.fixture.json").write_text(json.dumps(rows, indent=1) + "\n")
