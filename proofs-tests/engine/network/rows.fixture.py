"""Deciles of Beta variables, from SciPy: writes rows.fixture.json beside itself."""

import json
import pathlib

from scipy.stats import beta

laws = [(2, 1), (1, 1), (3.5, 1), (0.4, 0.7), (5, 3), (0.05, 0.1), (1, 2)]
rows = [{"alpha": a, "beta": b, "deciles": [float(beta.ppf(k / 10, a, b)) for k in range(1, 10)]} for a, b in laws]
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(rows, indent=1) + "\n")
