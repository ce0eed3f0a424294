"""A process that nests torch.autograd.grad in itself, order after order, until it is done, killed or out of memory."""

import json
import resource
import sys
import time

import torch

text, points, most, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
torch.set_num_threads(1)
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
resource.setrlimit(resource.RLIMIT_DATA, (size + (base << 10), resource.RLIM_INFINITY))
for order in range(1, most + 1):
    x = torch.linspace(-3, 3, points, dtype=torch.float64, requires_grad=True)
    start = time.perf_counter()
    row = eval(text, {"sin": torch.sin, "x": x})
    for k in range(1, order + 1):
        (row,) = torch.autograd.grad(row.sum(), x, create_graph=k < order)
    seconds = time.perf_counter() - start
    used = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) << 10
    print(json.dumps([order, seconds, used]), flush=True)
