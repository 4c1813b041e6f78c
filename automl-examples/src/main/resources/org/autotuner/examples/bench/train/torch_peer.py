# The loop of bench train in Python: reads a network and its rows from standard input, then runs an epoch per line.
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)
stdin = sys.stdin.buffer
parts = stdin.readline().split()
rows, width, classes, hidden, batch = map(int, parts[:5])
dropout, rate, decay = map(float, parts[5:])


def read(shape, dtype=torch.float32):
    count = 1
    for length in shape:
        count *= length
    return torch.frombuffer(bytearray(stdin.read(4 * count)), dtype=dtype).reshape(shape).clone()


x = read((rows, width))
y = read((rows,), torch.int32).long()
net = nn.Sequential(
    nn.Linear(width, hidden), nn.ReLU(), nn.Dropout(dropout),
    nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout(dropout),
    nn.Linear(hidden, classes))
with torch.no_grad():
    for parameter in net.parameters():
        parameter.copy_(read(tuple(parameter.shape)))
optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=decay, fused=True)
loss_of = nn.CrossEntropyLoss()
net.train()
for _ in stdin:
    start = time.perf_counter()
    order = torch.randperm(rows)
    for i in range(0, rows, batch):
        index = order[i:i + batch]
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(net(x[index]), y[index])
        loss.backward()
        optimizer.step()
    print((rows + batch - 1) // batch / (time.perf_counter() - start), flush=True)
