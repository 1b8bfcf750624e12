"""Times NumPy drawing diluted pairs of networks weight by weight: the yardstick of `npm run bench` for pairs.

Prints one JSON line: seconds a pair, of the fastest of a few chunks, so that a busy machine does not flatter us.
usage: numpy-pairs.py WIDTH DEPTH P ACTIVATION PAIRS
"""

import json
import sys
import time

import numpy

width, depth, p, activation, pairs = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4], int(sys.argv[5])
generator = numpy.random.default_rng(1)
chunks = 10


def overlap():
    reference = perturbed = 2.0 * generator.integers(0, 2, width) - 1.0
    for layer in range(depth):
        weights = generator.standard_normal((width, width))
        kept = generator.random((width, width)) >= p
        first, second = weights @ reference, (weights * kept) @ perturbed
        if activation == "sign" or layer == depth - 1:
            reference, perturbed = numpy.sign(first), numpy.sign(second)
        else:
            reference, perturbed = numpy.maximum(first, 0), numpy.maximum(second, 0)
    return reference @ perturbed / width


for _ in range(50):
    overlap()
seconds = []
mean = 0.0
for _ in range(chunks):
    start = time.perf_counter()
    for _ in range(pairs // chunks):
        mean += overlap()
    seconds.append((time.perf_counter() - start) / (pairs // chunks))
print(json.dumps({"numpy": numpy.__version__, "secondsPerPair": min(seconds), "mean": mean / (pairs // chunks * chunks)}))
