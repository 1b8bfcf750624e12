"""Rate functions of sign networks with equal or nearly equal weights by brute force: dynamic programming over a fine grid
of overlaps written as q = tanh(x), and SciPy's Nelder-Mead from the best trajectory of the grid and from each of its
local minima in the last hidden layer. Writes bottleneck.fixture.json."""
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_expit, xlogy

GRID = np.sinh(np.linspace(-4.4, 4.4, 801))  # |x| to 40: 1 - |q| to 1e-35


def angle(correlation, x):
    """p and 1 - p of fields with correlation c tanh(x), and their logarithms' digits, where 1 - q underflows nothing."""
    d, u = expit(-2 * x), expit(2 * x)
    near, far = (1 - correlation) / 2 + correlation * d, (1 - correlation) / 2 + correlation * u
    return 2 / np.pi * np.arctan2(np.sqrt(near), np.sqrt(far)), 2 / np.pi * np.arctan2(np.sqrt(far), np.sqrt(near))


def cost(x, correlation, before):
    """Relative entropy of shares d, 1 - d to chances p, 1 - p."""
    p, rest = angle(correlation, before)
    d, u = expit(-2 * x), expit(2 * x)
    return d * (log_expit(-2 * x) - np.log(p)) + u * (log_expit(2 * x) - np.log(rest))


def end_cost(end, correlation, before):
    p, rest = angle(correlation, before)
    d, u = (1 - end) / 2, (1 + end) / 2
    return xlogy(d, d) - d * np.log(p) + xlogy(u, u) - u * np.log(rest)


def rate(correlation, start, widths, end):
    x0 = np.arctanh(start)
    values, origins = widths[0] * cost(GRID, correlation, x0), []
    for width in widths[1:-1]:
        total = values[:, None] + width * cost(GRID[None, :], correlation, GRID[:, None])
        origins.append(np.argmin(total, axis=0))
        values = np.min(total, axis=0)
    last = values + widths[-1] * end_cost(end, correlation, GRID)
    inner = np.r_[True, last[1:] < last[:-1]] & np.r_[last[:-1] < last[1:], True]

    def action(x):
        total, before = 0.0, x0
        for width, here in zip(widths, x):
            total, before = total + width * cost(here, correlation, before), here
        return total + widths[-1] * end_cost(end, correlation, before)

    best = np.min(last)
    for node in np.flatnonzero(inner):
        trajectory = [node]
        for origin in reversed(origins):
            trajectory.append(origin[trajectory[-1]])
        x = GRID[np.array(trajectory[::-1])]
        # A simplex that has shrunk too soon is set up anew.
        for _ in range(6):
            found = minimize(action, x, method="Nelder-Mead",
                             options={"xatol": 1e-9, "fatol": 1e-15, "maxiter": 4000, "maxfev": 4000})
            x = found.x
        best = min(best, found.fun)
    if abs(end) == 1:
        # Trajectories that (all but) sit at the end from some layer on, which the grid does not reach.
        for free in range(3):
            padded = lambda x: np.concatenate([x, np.full(3 - free, np.sign(end) * 160.0)])
            if free == 0:
                best = min(best, action(padded(np.zeros(0))))
            for guess in (0.0, -1.0, 1.0) if free else ():
                found = minimize(lambda x: action(padded(x)), np.full(free, guess), method="Nelder-Mead",
                                 options={"xatol": 1e-9, "fatol": 1e-15, "maxiter": 4000})
                best = min(best, found.fun)
    return float(best)


rows = []
for correlation in (1.0, 0.9999):
    for start in (0.0, 0.5, 0.9):
        for layer in (0, 1, 2, 3):
            widths = [0.125 if k == layer else 1.0 for k in (1, 2, 3, 4)]
            for end in (-1, -0.96, -0.7, 0.6, 0.97):
                rows.append({"correlation": correlation, "start": start, "widths": widths, "end": end,
                             "rate": rate(correlation, start, widths, end)})
Path(__file__).with_name("bottleneck.fixture.json").write_text("[\n" + ",\n".join(f"  {json.dumps(row)}" for row in rows) + "\n]\n")
