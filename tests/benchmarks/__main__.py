"""`make bench`: how fast, as ratios measured in turn in one run. Nothing here fails on a time."""

import os
import platform
import sys

import browser
import budget
import first_answer
import hessians
import high_orders
import inverse
import learning
import live_slider
import million_points
import parse_time
import sharing
import updates

SECTIONS = {
    "parse": parse_time.run,
    "first": first_answer.run,
    "orders": high_orders.run,
    "million": million_points.run,
    "budget": budget.run,
    "updates": updates.run,
    "browser": browser.run,
    "slider": live_slider.run,
    "gradient": hessians.run,
    "inverse": inverse.run,
    "learn": learning.run,
    "sharing": sharing.run,
}

load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
print(f"Python {platform.python_version()}, {os.cpu_count()} cores{load}")
for name in sys.argv[1:] or SECTIONS:
    SECTIONS[name]()
