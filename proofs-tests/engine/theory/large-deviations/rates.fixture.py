"""Rate functions by brute force: SciPy minimises the sum of layer costs over the hidden order parameters, where each
cost is a Legendre transform of a single-site mean taken by quadrature over the angle (no closed form of a quadrant
integral is used). Writes rates.fixture.json."""
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

NODES, WEIGHTS = np.polynomial.legendre.leggauss(60)
THETA = (NODES + 1) * np.pi / 4
DTHETA = WEIGHTS * np.pi / 4
COS, SIN = np.cos(THETA), np.sin(THETA)


def log_moment(tilts, covariance):
    """log E exp(a s^2 + b t^2 + c s t), s = max(0, x), t = max(0, y), by polar coordinates in each quadrant."""
    inverse = np.linalg.inv(covariance)
    total = 0.0
    for sx, sy in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        x, y = sx * COS, sy * SIN
        s, t = np.maximum(x, 0), np.maximum(y, 0)
        form = (inverse[0, 0] * x * x + 2 * inverse[0, 1] * x * y + inverse[1, 1] * y * y) / 2
        form = form - tilts[0] * s * s - tilts[1] * t * t - tilts[2] * s * t
        if np.any(form <= 0):
            return np.inf
        total += np.sum(DTHETA / (2 * form))
    return np.log(total / (2 * np.pi * np.sqrt(np.linalg.det(covariance))))


def cost(v, q, covariance):
    """Concave in the tilts and symmetric, so that both squares have the same one."""
    def negative(t):
        value = log_moment((t[0], t[0], t[1]), covariance)
        return value - 2 * t[0] * v - t[1] * q if np.isfinite(value) else 1e3
    found = minimize(negative, np.zeros(2), method="Nelder-Mead",
                     options={"xatol": 1e-7, "fatol": 1e-13, "maxiter": 400})
    return -found.fun


def coin(q, m):
    value = 0.0
    for x, y in (((1 + q) / 2, (1 + m) / 2), ((1 - q) / 2, (1 - m) / 2)):
        value += x * np.log(x / max(y, 1e-300)) if x > 0 else 0.0
    return value


def relu_rate(correlation, start, end, layers, widths):
    """Symmetric in the two networks: order parameters (v, v, q)."""
    def action(u):
        total, v, q = 0.0, 1.0, start
        for layer in range(layers - 1):
            nv = np.exp(u[2 * layer])
            nq = nv / (1 + np.exp(-u[2 * layer + 1]))
            sigma = 2 * np.array([[v, correlation * q], [correlation * q, v]])
            total += widths[layer] * cost(nv, nq, sigma)
            v, q = nv, nq
        return total + widths[-1] * coin(end, 2 / np.pi * np.arcsin(correlation * q / v))
    found = minimize(action, np.array([0.0, 0.7] * (layers - 1)), method="Nelder-Mead",
                     options={"xatol": 1e-5, "fatol": 1e-10, "maxiter": 400})
    return float(found.fun)


def sign_rate(correlation, start, end, layers, widths):
    def action(u):
        total, q = 0.0, start
        for layer in range(layers - 1):
            nq = np.tanh(u[layer])
            total += widths[layer] * coin(nq, 2 / np.pi * np.arcsin(correlation * q))
            q = nq
        return total + widths[-1] * coin(end, 2 / np.pi * np.arcsin(correlation * q))
    best = np.inf
    for guess in (0.0, 0.5, -0.5, 1.5):
        found = minimize(action, np.full(layers - 1, guess), method="BFGS", options={"gtol": 1e-10})
        best = min(best, found.fun)
    if correlation == 1 and abs(end) == 1:
        # Trajectories that sit at the end from some layer on: the boundary, which tanh never reaches.
        for layer in range(layers - 1):
            for guess in (0.0, 0.5, -0.5):
                padded = lambda u: np.concatenate([u, np.full(layers - 1 - layer, np.sign(end) * 40.0)])
                found = minimize(lambda u: action(padded(u)), np.full(layer, guess), method="BFGS",
                                 options={"gtol": 1e-10}) if layer else None
                best = min(best, found.fun if found else action(padded(np.zeros(0))))
    return float(best)


half = float(np.sqrt(0.5))
rows = []
for layers, correlation, start, widths in (
    (2, half, 1.0, [1, 1]), (4, half, 1.0, [1, 1, 1, 1]), (4, float(np.sqrt(2 / np.pi)), 1.0, [1, 1, 1, 1]),
    (4, 1.0, 0.5, [1, 1, 1, 1]), (4, 1.0, 0.8, [1, 0.125, 1, 1]), (5, 0.6, -0.3, [0.5, 2, 1, 0.25, 1.5]),
):
    for end in (-1, -0.9, -0.5, 0, 0.3, 0.7):
        rows.append({"activation": "sign", "layers": layers, "correlation": correlation, "start": start,
                     "widths": widths, "end": end, "rate": sign_rate(correlation, start, end, layers, widths)})
for layers, correlation, start, widths in (
    (2, half, 1.0, [1, 1]), (2, 1.0, 0.5, [0.5, 1]),
):
    for end in (-1, -0.6, 0.2, 0.9):
        rows.append({"activation": "relu", "layers": layers, "correlation": correlation, "start": start,
                     "widths": widths, "end": end, "rate": relu_rate(correlation, start, end, layers, widths)})
Path(__file__).with_name("rates.fixture.json").write_text(json.dumps(rows, indent=1) + "\n")
