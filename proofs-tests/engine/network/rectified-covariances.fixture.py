"""Covariances of (r_+, r_-, k) between layers of a rectified network, on a grid of r_+, summed over k one by one (NumPy and SciPy)."""
import json
import math
import numpy as np
from scipy.special import gammaln


def density(x, k):
    """Of chi-square with k degrees of freedom."""
    return np.exp((k / 2 - 1) * np.log(x) - x / 2 - k / 2 * np.log(2) - gammaln(k / 2))


def lags(n, s, b, most, nodes=560):
    k = np.arange(1, n)
    chances = np.array([math.comb(n, int(j)) / 2**n for j in k])
    chances /= chances.sum()
    mean_chi = np.sqrt(2) * np.exp(gammaln((k + 1) / 2) - gammaln(k / 2))
    centre = 0.5 * np.log(n * b / (2 - s))
    x = np.linspace(centre - 3, centre + 2, nodes)
    h, r = x[1] - x[0], np.exp(x)
    d = s * r**2 / n + b
    # density of log r' given r and k, times the chance of k: joint[k, r, r']
    joint = np.array([p * density(r[None, :] ** 2 / d[:, None], kk) * 2 * r[None, :] ** 2 / d[:, None] * h
                      for p, kk in zip(chances, k)])
    step = joint.sum(0)
    step /= step.sum(1, keepdims=True)
    law = np.full(nodes, 1 / nodes)
    for _ in range(400):
        law = law @ step
    field = [np.broadcast_to(r, (len(k), nodes, nodes)),
             np.sqrt(d)[None, :, None] * mean_chi[::-1][:, None, None] * np.ones((1, 1, nodes)),
             k[:, None, None] * np.ones((1, nodes, nodes))]
    weight = law[None, :, None] * joint
    means = [float((weight * f).sum()) for f in field]
    given = [(law[None, :, None] * joint * (f - m)).sum((0, 1)) for f, m in zip(field, means)]
    e_d, e_k = float(law @ d), float(chances @ k)
    variances = [float((weight * (field[0] - means[0]) ** 2).sum()), None, float(chances @ (k - e_k) ** 2)]
    variances[1] = float(e_d * (chances @ (n - k)) - means[1] ** 2)
    cross = lambda a, c: float((weight * (field[a] - means[a]) * (field[c] - means[c])).sum())
    equal = [[variances[0], cross(0, 1), cross(0, 2)], [cross(0, 1), variances[1], cross(1, 2)],
             [cross(0, 2), cross(1, 2), variances[2]]]
    later = [r - means[0], np.sqrt(d), None]
    result = [equal]
    ahead = step @ (r - means[0])
    for _ in range(most):
        row = [float(g @ ahead) for g in given]
        result.append([row, row, [0, 0, 0]])
        ahead = step @ ahead
    return result


cases = []
for n, s, b in [(64, 0.7, 0.01), (90, 1.4, 0.3)]:
    window, modes = 4, [0, 1, 2]
    c = np.array(lags(n, s, b, window - 1))
    matrices = []
    for m in modes:
        q = 2 * np.pi * m / window
        total = c[0].astype(complex)
        for t in range(1, window):
            total = total + (1 - t / window) * (c[t] * np.exp(1j * q * t) + c[t].T * np.exp(-1j * q * t))
        matrices.append([[[z.real, z.imag] for z in row] for row in total])
    cases.append({"width": n, "weightVariance": s, "biasVariance": b, "layers": window, "modes": modes, "matrices": matrices})
print(json.dumps(cases))
