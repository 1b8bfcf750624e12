"""Times NumPy drawing weight matrices and propagating one linear network: the yardstick of `npm run bench`.

Prints one JSON line. Only `layers` layers are run; the caller scales to a whole ensemble and says so.
usage: numpy-weights.py WIDTH LAYERS WEIGHT_VARIANCE BIAS_VARIANCE
"""

import json
import sys
import time

import numpy

width, layers = int(sys.argv[1]), int(sys.argv[2])
weight_scale = (float(sys.argv[3]) / width) ** 0.5
bias_scale = float(sys.argv[4]) ** 0.5
generator = numpy.random.default_rng(1)


def propagate(layers):
    z = numpy.ones(width)
    norms = numpy.empty(layers)
    for layer in range(layers):
        weights = generator.standard_normal((width, width))
        z = weight_scale * (weights @ z) + bias_scale * generator.standard_normal(width)
        norms[layer] = numpy.sqrt(z @ z)
    return norms


propagate(50)
start = time.perf_counter()
norms = propagate(layers)
elapsed = time.perf_counter() - start
print(json.dumps({"numpy": numpy.__version__, "seconds": elapsed, "layers": layers, "norm": float(norms[layers // 2 :].mean())}))
