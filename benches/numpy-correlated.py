"""Times NumPy drawing correlated weight matrices for several inputs: the yardstick of `npm run bench` for figure 3.2 of singh-2021.

A row of weights has the covariance sigma_w^2/N (I - k/(1+k) J/N): independent normals whose mean is shrunk.
Prints one JSON line: seconds a layer, of the fastest of a few, so that a busy machine does not flatter us.
usage: numpy-correlated.py WIDTH INPUTS K WEIGHT_VARIANCE BIAS_VARIANCE LAYERS
"""

import json
import sys
import time

import numpy

width, inputs, layers = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[6])
k, weight_variance, bias_variance = (float(x) for x in sys.argv[3:6])
generator = numpy.random.default_rng(1)
share = 1 - 1 / numpy.sqrt(1 + k)


def layer(activations):
    weights = generator.standard_normal((width, width))
    weights -= share * weights.mean(axis=1, keepdims=True)
    fields = numpy.sqrt(weight_variance / width) * (weights @ activations)
    fields += numpy.sqrt(bias_variance) * generator.standard_normal((width, 1))
    return numpy.maximum(fields, 0)


state = layer(generator.standard_normal((width, inputs)))
seconds = []
for _ in range(layers):
    start = time.perf_counter()
    state = layer(state)
    seconds.append(time.perf_counter() - start)
print(json.dumps({"numpy": numpy.__version__, "secondsPerLayer": min(seconds), "length": float((state**2).mean())}))
