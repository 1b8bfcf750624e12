"""Pairs of ReLU networks with explicit Gaussian weights, the second's rotated by sin = eta, in NumPy: how many of the sign
outputs differ. Writes relu-pairs.fixture.json."""
import json
from pathlib import Path

import numpy as np

random = np.random.default_rng(20200)
width, layers, correlation, networks, batch = 10, 3, np.sqrt(0.5), 400_000, 4000
counts = np.zeros(width + 1, dtype=int)
for _ in range(networks // batch):
    s = np.where(random.random((batch, width)) < 0.5, 1.0, -1.0)
    t = s.copy()
    for layer in range(layers):
        w = random.standard_normal((batch, width, width)) * np.sqrt(2 / width)
        v = correlation * w + np.sqrt(1 - correlation**2) * random.standard_normal((batch, width, width)) * np.sqrt(2 / width)
        h, g = np.einsum("bij,bj->bi", w, s), np.einsum("bij,bj->bi", v, t)
        s, t = (np.maximum(h, 0), np.maximum(g, 0)) if layer < layers - 1 else (h, g)
    # A network that is dead gives h = 0 in all outputs: sgn 0 = 1.
    different = ((s < 0) != (t < 0)).sum(axis=1)
    counts += np.bincount(different, minlength=width + 1)
Path(__file__).with_name("relu-pairs.fixture.json").write_text(
    json.dumps({"width": width, "layers": layers, "networks": networks, "counts": counts.tolist()}) + "\n")
