"""Values of the worked examples' formulas, by SymPy and mpmath from their definitions: python3 examples.fixture.py > examples.fixture.json

Nothing here repeats a printed formula: eigenvalues are those of the matrix, observables are derivatives of the free energy,
the Gaussian averages are integrals, the spectra are inverses of the kernel.
"""
import json
import mpmath as mp
import sympy as sp

mp.mp.dps = 40
out = []


def put(statement, at, value):
    out.append({"statement": statement, "at": {k: float(v) for k, v in at.items()}, "value": float(value)})


# ---- the Ising chain ----
def eigenvalues(b, J, h):
    return sorted(mp.eigsy(mp.matrix([[mp.exp(b * (J * s * t + h * (s + t) / 2)) for t in (1, -1)] for s in (1, -1)]))[0])


def free_energy(b, J, h):
    return -mp.log(eigenvalues(b, J, h)[1]) / b


for B, C, H in [("0.4", "1", "0.3"), ("1.1", "0.7", "-0.8"), ("2", "0.5", "0.1")]:
    at = {"inverseTemperature": B, "coupling": C, "field": H}
    B, C, H = map(mp.mpf, (B, C, H))
    flat = {"inverseTemperature": B, "coupling": C}
    put("ising-chain/eq-3", at, eigenvalues(B, C, H)[1])
    put("ising-chain/eq-4", at, eigenvalues(B, C, H)[0])
    put("ising-chain/eq-6", at, free_energy(B, C, H))
    put("ising-chain/eq-7", at, -mp.diff(lambda h: free_energy(B, C, h), H))
    put("ising-chain/eq-8", flat, -mp.diff(lambda h: free_energy(B, C, h), 0, 2))
    put("ising-chain/eq-9", flat, B**2 * mp.diff(lambda b: -b * free_energy(b, C, mp.mpf(0)), B, 2))
    sites = 6
    configurations = [[1 if code >> l & 1 else -1 for l in range(sites)] for code in range(2**sites)]
    weights = [mp.exp(B * C * sum(s[l] * s[l - 1] for l in range(sites))) for s in configurations]
    for r in range(4):
        mean = sum(w * s[0] * s[r] for w, s in zip(weights, configurations)) / sum(weights)
        put("ising-chain/eq-11", {**flat, "distance": r, "lastSite": sites - 1}, mean)
u = sp.symbols("u")
entropy = (1 + u) / 2 * sp.log((1 + u) / 2) + (1 - u) / 2 * sp.log((1 - u) / 2)
put("ising-chain/eq-17", {}, 2 * sp.series(entropy, u, 0, 5).removeO().coeff(u, 4))

# ---- two coupled chains ----
for a, bb, c, K, M, q in [(1, 2, "0.5", 3, 1, "0.7"), (4, 1, "-1.5", "0.2", 2, "2.5")]:
    a, bb, c, K, M, q = map(mp.mpf, (a, bb, c, K, M, q))
    at = {"firstMass": a, "secondMass": bb, "coupling": c, "firstStiffness": K, "secondStiffness": M}
    kernel = lambda k: mp.matrix([[a / 2 + K * (1 - mp.cos(k)), c / 2], [c / 2, bb / 2 + M * (1 - mp.cos(k))]])
    effective = lambda k: 1 / (mp.inverse(kernel(k))[0, 0])
    put("coupled-chains/eq-5", {**at, "q": q}, effective(q))
    put("coupled-chains/eq-6", {**at, "q": q, "lastSite": 9}, 1 / (2 * 10 * effective(q)))
    put("coupled-chains/eq-7", at, 2 * effective(mp.mpf(0)))
    put("coupled-chains/eq-8", at, mp.sqrt(mp.diff(effective, 0, 2) / 2 / effective(mp.mpf(0))))
for a, c, K in [(1, "0.4", 2), (3, "-1.5", "0.7")]:
    a, c, K = map(mp.mpf, (a, c, K))
    for r in range(4):
        kernel = lambda k: mp.matrix([[a + 2 * K * (1 - mp.cos(k)), c], [c, a + 2 * K * (1 - mp.cos(k))]])
        value = mp.quad(lambda k: mp.cos(k * r) * mp.inverse(kernel(k))[0, 0], mp.linspace(0, 2 * mp.pi, 9)) / (2 * mp.pi)
        put("coupled-chains/eq-9", {"firstMass": a, "coupling": c, "firstStiffness": K, "distance": r}, value)

# ---- networks of error functions ----
normal = lambda z: mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi)
line = [-12, -4, -1, 0, 1, 4, 12]
for w, s, q, c in [("1.3", "0.2", "0.8", "0.5"), ("3", "0", "4", "-0.7")]:
    w, s, q, c = map(mp.mpf, (w, s, q, c))
    at = {"weightVariance": w, "biasVariance": s, "meanSquare": q, "correlation": c}
    put("error-function-networks/eq-3", at, w * mp.quad(lambda z: normal(z) * mp.erf(mp.sqrt(q) * z) ** 2, line) + s)
    # One of two normal variables is integrated out: E erf(a + b x) = erf(a / sqrt(1 + 2 b^2)).
    rest = mp.sqrt(q * (1 - c * c))
    product = lambda z: normal(z) * mp.erf(mp.sqrt(q) * z) * mp.erf(mp.sqrt(q) * c * z / mp.sqrt(1 + 2 * rest**2))
    put("error-function-networks/eq-5", at, (w * mp.quad(product, line) + s) / q)
    slopes = lambda z: normal(z) * (2 / mp.sqrt(mp.pi)) ** 2 * mp.exp(-q * z * z) * mp.exp(
        -q * c * c * z * z / (1 + 2 * rest**2)
    ) / mp.sqrt(1 + 2 * rest**2)
    put("error-function-networks/eq-4", at, w * mp.quad(slopes, line))
    square = mp.quad(lambda z: normal(z) * (2 / mp.sqrt(mp.pi) * mp.exp(-q * z * z)) ** 2, line)
    put("error-function-networks/eq-6", at, 1 / square)
    put("error-function-networks/eq-7", at, q - mp.quad(lambda z: normal(z) * mp.erf(mp.sqrt(q) * z) ** 2, line) / square)
    put("error-function-networks/eq-8", at, -1 / mp.log(w * square))

print(json.dumps(out, indent=1))
