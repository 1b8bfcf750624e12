"""The exact law of q^L of a pair of sign networks at finite N by transition matrices in mpmath's arithmetic, and its
tails. Writes tails.fixture.json."""
import json
from pathlib import Path

import mpmath as mp

mp.mp.dps = 30


def law(width, layers, correlation):
    counts = [mp.mpf(0)] * (width + 1)
    counts[0] = mp.mpf(1)
    binomials = [mp.binomial(width, k) for k in range(width + 1)]
    for _ in range(layers):
        following = [mp.mpf(0)] * (width + 1)
        for k, chance in enumerate(counts):
            if chance == 0:
                continue
            p = mp.acos(correlation * (1 - mp.mpf(2) * k / width)) / mp.pi
            for j in range(width + 1):
                following[j] += chance * binomials[j] * p ** j * (1 - p) ** (width - j)
        counts = following
    return counts


rows = []
for width, layers in ((64, 4), (100, 2), (40, 6)):
    chances = law(width, layers, mp.sqrt(mp.mpf(1) / 2))
    rows.append({"width": width, "layers": layers, "chances": [mp.nstr(x, 17) for x in chances]})
Path(__file__).with_name("tails.fixture.json").write_text(json.dumps(rows) + "\n")
