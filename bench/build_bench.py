#!/usr/bin/env python3
"""CPU time and peak memory of `oakum db build`, beside the floor: the same files merely read and inflated.

Usage: bench/build_bench.py OAKUM FEEDS OUTPUT [RUNS]
Exits 1 when a target (90 s of CPU, 1.5 GB) is missed.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import time

MAX_CPU, MAX_BYTES = 90.0, 1.5e9
INFLATE = {".gz": ["gzip", "-dc"], ".zst": ["zstd", "-dqc"], ".zip": ["unzip", "-p"]}


def measure(argv):
    """CPU seconds, wall seconds and peak bytes of one run."""
    start = time.monotonic()
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{argv[0]} {argv[1]}: status {status}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss * 1024


def inflate_all(feeds):
    start = os.times()
    for path in sorted(p for p in pathlib.Path(feeds).rglob("*") if p.is_file()):
        command = INFLATE.get(path.suffix, ["cat"])
        if path.suffix == ".zip":
            command = ["python3", "-c", "import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);[z.read(n) for n in z.namelist()]"]
        subprocess.run([*command, str(path)], stdout=subprocess.DEVNULL, check=True)
    end = os.times()
    return end.children_user + end.children_system - start.children_user - start.children_system


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    oakum, feeds, output = sys.argv[1:4]
    runs = int(sys.argv[4]) if len(sys.argv) > 4 else 3
    rows = [measure([oakum, "db", "build", "--quiet", "--from", feeds, "--db", output]) for _ in range(runs)]
    floor = inflate_all(feeds)
    cpu, wall, peak = (statistics.median(row[i] for row in rows) for i in range(3))
    print(f"  cpu {cpu:.1f} s   wall {wall:.1f} s   peak {peak / 1e6:.0f} MB   {cpu / floor:.1f} x inflating the same files"
          f"   database {os.path.getsize(output) / 1e6:.0f} MB   (median of {runs})")
    return 0 if cpu < MAX_CPU and peak < MAX_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
