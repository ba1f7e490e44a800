#!/usr/bin/env python3
"""Cold and warm scans of four kinds of image, as ratios to a floor measured in the same minute.

Usage: bench/scan_bench.py OAKUM [--runs N] [--directory DIR] [--only NAME] [--json FILE]

The floor is what no scanner can do without: every layer inflated by the machine's fastest inflater and hashed, one after
the other (`igzip -dc LAYER | openssl sha256`, `zstd -dc` for zstd, the hash alone for a plain tar). Runs of oakum and of
the floor alternate; figures are medians. Images are made once and kept in DIR (default build/bench-images); the Debian
one takes mmdebstrap and a mirror ($OAKUM_DEBIAN_MIRROR), and says so when it cannot be had.

Exits 1 when a target is missed: cold at most 1.5 of the floor on one layer and below it on several, warm below 20 ms of
CPU, memory below 150 MB.
"""
import argparse
import concurrent.futures
import hashlib
import io
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time

MEDIA = "application/vnd.oci.image."
INFLATE = {"gzip": ["igzip", "-dc"], "zstd": ["zstd", "-dqc"], "": ["cat"]}
SUFFIX = {"gzip": "+gzip", "zstd": "+zstd", "": ""}
ONE_LAYER, MANY_LAYERS, WARM_CPU, MEMORY = 1.5, 1.0, 0.020, 150e6


def text_like(rnd, size):
    """Bytes that deflate to about a third, as the files of a distribution do."""
    words = [rnd.randbytes(rnd.randrange(2, 9)) for _ in range(400)]
    out = io.BytesIO()
    while out.tell() < size:
        out.write(rnd.choice(words))
        if rnd.random() < 0.25:
            out.write(rnd.randbytes(3))
    return out.getvalue()[:size]


def write_tar(path, files):
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        for name, content in files:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))


def debian(directory):
    tar = directory / "debian.tar"
    mirror = os.environ.get("OAKUM_DEBIAN_MIRROR", "http://deb.debian.org/debian")
    subprocess.run(["mmdebstrap", "--quiet", "--variant=minbase",
                    "--keyring=/usr/share/keyrings/debian-archive-keyring.gpg", "bookworm", str(tar), mirror],
                   check=True, stderr=subprocess.DEVNULL)
    yield tar, "gzip"


def large(directory, compression="gzip"):
    rnd = random.Random(1)
    pool = text_like(rnd, 64 << 20)

    def files():
        total = 0
        for i in range(1 << 30):
            if total >= 1 << 30:
                return
            size = rnd.randrange(1 << 12, 1 << 22)
            start = rnd.randrange(len(pool) - size)
            total += size
            yield f"opt/app/f{i}", pool[start:start + size]
    tar = directory / "large.tar"
    write_tar(tar, files())
    yield tar, compression


def layers40(directory):
    rnd = random.Random(2)
    pool = text_like(rnd, 16 << 20)
    for layer in range(40):
        tar = directory / f"layer{layer}.tar"
        starts = [rnd.randrange(len(pool) - 65536) for _ in range(80)]
        write_tar(tar, [(f"srv/l{layer}/f{i}", pool[s:s + rnd.randrange(65536)]) for i, s in enumerate(starts)])
        yield tar, "gzip"


def million(directory):
    rnd = random.Random(3)
    pool = text_like(rnd, 4 << 20)

    def files():
        for i in range(1_000_000):
            start = rnd.randrange(len(pool) - 600)
            yield f"srv/data/{i // 1000:04d}/file-{i % 1000:04d}.json", pool[start:start + rnd.randrange(600)]
    tar = directory / "million.tar"
    write_tar(tar, files())
    yield tar, "gzip"


IMAGES = {"debian minimal": debian, "1 GB layer, gzip": large,
          "1 GB layer, zstd": lambda directory: large(directory, "zstd"),
          "40 small layers": layers40, "1 million files": million}


def digest_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


class Layout:
    """An OCI layout directory being written."""

    def __init__(self, path):
        self.path = path
        self.blobs = path / "blobs" / "sha256"
        self.blobs.mkdir(parents=True)

    def blob(self, data, media):
        name = hashlib.sha256(data).hexdigest()
        (self.blobs / name).write_bytes(data)
        return {"mediaType": media, "digest": "sha256:" + name, "size": len(data)}

    def layer(self, tar, compression):
        diff_id = "sha256:" + digest_of(tar)
        stored = tar.with_suffix(".stored")
        if compression:
            command = {"gzip": ["igzip", "-c", str(tar)], "zstd": ["zstd", "-qc", str(tar)]}[compression]
            with open(stored, "wb") as out:
                subprocess.run(command, stdout=out, check=True)
            tar.unlink()
        else:
            tar.rename(stored)
        name, size = digest_of(stored), stored.stat().st_size
        shutil.move(stored, self.blobs / name)
        media = MEDIA + "layer.v1.tar" + SUFFIX[compression]
        return diff_id, {"mediaType": media, "digest": "sha256:" + name, "size": size}

    def finish(self, layers):
        config = {"architecture": "amd64", "os": "linux", "config": {},
                  "rootfs": {"type": "layers", "diff_ids": [diff_id for diff_id, _ in layers]}}
        manifest = {"schemaVersion": 2, "mediaType": MEDIA + "manifest.v1+json",
                    "config": self.blob(json.dumps(config).encode(), MEDIA + "config.v1+json"),
                    "layers": [descriptor for _, descriptor in layers]}
        index = {"schemaVersion": 2,
                 "manifests": [self.blob(json.dumps(manifest).encode(), MEDIA + "manifest.v1+json")]}
        (self.path / "index.json").write_text(json.dumps(index))
        (self.path / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')


def image(directory, name):
    path = directory / name.replace(" ", "-").replace(",", "")
    if not path.exists():
        with tempfile.TemporaryDirectory(dir=directory) as work:
            layout = Layout(pathlib.Path(work) / "layout")
            layout.finish([layout.layer(*made) for made in IMAGES[name](pathlib.Path(work))])
            layout.path.rename(path)
    return path


def layers_of(path):
    def blob(digest):
        return path / "blobs" / "sha256" / digest.split(":")[1]
    index = json.loads((path / "index.json").read_text())
    manifest = json.loads(blob(index["manifests"][0]["digest"]).read_text())
    for layer in manifest["layers"]:
        yield blob(layer["digest"]), layer["mediaType"].partition("+")[2]


def floor(path):
    start = time.perf_counter()
    for blob, compression in layers_of(path):
        if compression:
            inflate = subprocess.Popen([*INFLATE[compression], str(blob)], stdout=subprocess.PIPE)
            subprocess.run(["openssl", "sha256"], stdin=inflate.stdout, stdout=subprocess.DEVNULL, check=True)
            inflate.wait()
        else:
            subprocess.run(["openssl", "sha256", str(blob)], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def small_database(oakum, work):
    """Nearly empty: what is measured here is the scan, not the matching."""
    feed = work / "feeds" / "kev" / "known_exploited_vulnerabilities.json"
    feed.parent.mkdir(parents=True)
    record = {"cveID": "CVE-2021-44228", "dateAdded": "2021-12-10", "dueDate": "2021-12-24",
              "knownRansomwareCampaignUse": "Known"}
    feed.write_text(json.dumps({"catalogVersion": "2021.12.10", "dateReleased": "2021-12-10T00:00:00Z", "count": 1,
                                "vulnerabilities": [record]}))
    subprocess.run([oakum, "db", "build", "--quiet", "--from", str(work / "feeds"), "--db", str(work / "oakum.db")],
                   check=True, stdout=subprocess.DEVNULL)


def scan(oakum, path, cache, work):
    """Wall seconds, CPU seconds, peak bytes and the whole report of one scan."""
    out = work / "report.json"
    command = [oakum, "scan", "--quiet", "--db", str(work / "oakum.db"), "--cache-dir", str(cache), "--list-packages",
               "-o", f"json={out}", f"oci:{path}"]
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, json.loads(out.read_text())


def unread(report):
    """Layers that were not scanned would make any scan fast."""
    return [e["message"] for target in report["targets"] for e in target["errors"] if "layer" in e["message"]]


def measure(oakum, path, runs, work):
    floors, cold, warm = [], [], []
    small_database(oakum, work)
    floor(path)  # brings the layers into the page cache
    for run in range(runs):
        cache = work / f"cache{run}"
        floors.append(floor(path))
        cold.append(scan(oakum, path, cache, work))
        warm.append(scan(oakum, path, cache, work))
    for result in cold + warm:
        if errors := unread(result[3]):
            sys.exit(f"{path}: not scanned: {errors[0]}")
    middle = lambda results, i: statistics.median(r[i] for r in results)
    return {"layers": len(list(layers_of(path))), "floor": statistics.median(floors), "cold": middle(cold, 0),
            "ratio": statistics.median(c[0] / f for c, f in zip(cold, floors)), "cold_cpu": middle(cold, 1),
            "warm_cpu": middle(warm, 1), "warm": middle(warm, 0), "memory": max(r[2] for r in cold + warm)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("oakum")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--directory", type=pathlib.Path, default=pathlib.Path("build/bench-images"))
    parser.add_argument("--only", choices=IMAGES, action="append")
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    options.directory.mkdir(parents=True, exist_ok=True)
    print(f"{'image':18} {'layers':>6} {'floor s':>8} {'cold s':>7} {'ratio':>6} {'cold cpu':>8} {'warm cpu':>8} {'MB':>5}")
    results, missed = {}, False
    for name in options.only or IMAGES:
        try:
            # Elsewhere: a child's peak memory starts at that of the process it was forked from.
            with concurrent.futures.ProcessPoolExecutor(1) as maker:
                path = maker.submit(image, options.directory, name).result()
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{name:18} skipped: cannot be made here ({error})")
            continue
        with tempfile.TemporaryDirectory() as work:
            r = measure(os.path.abspath(options.oakum), path.resolve(), options.runs, pathlib.Path(work))
        results[name] = r
        limit = ONE_LAYER if r["layers"] == 1 else MANY_LAYERS
        ok = r["ratio"] <= limit and r["warm_cpu"] < WARM_CPU and r["memory"] < MEMORY
        missed = missed or not ok
        print(f"{name:18} {r['layers']:6} {r['floor']:8.3f} {r['cold']:7.3f} {r['ratio']:6.2f} {r['cold_cpu']:8.3f} "
              f"{r['warm_cpu']:8.4f} {r['memory'] / 1e6:5.0f}{'' if ok else '  missed'}", flush=True)
    if options.json:
        machine = {"cpus": os.cpu_count(), "kernel": os.uname().release, "load": os.getloadavg()}
        options.json.write_text(json.dumps({"machine": machine, "results": results}, indent=1) + "\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
