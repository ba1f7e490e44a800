"""The same image and the same feeds give the same bytes: over runs, threads, caches, crashes and processes at once."""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import random
import shutil
import subprocess
import time
import unittest

import feeds
import images
import peers

FORMATS = ("terminal", "json", "sarif", "trivy", "grype")
SEED = 20260101


def made_up_tracker(sources, cves):
    """A tracker big enough that its build takes a while; the same every time."""
    pick = random.Random(SEED)
    tracker = {}
    for i in range(sources):
        entries = {}
        for j in range(cves):
            fixed = f"1.{pick.randrange(9)}-{pick.randrange(9)}"
            entries[f"CVE-{2100 + j % 9}-{i * cves + j:05}"] = {"description": f"Flaw {i} {j}. " + "x" * pick.randrange(200), "releases": {
                "bookworm": {"status": "resolved", "fixed_version": fixed, "urgency": pick.choice(("low", "medium", "high"))}}}
        tracker[f"source{i}"] = entries
    return json.dumps(tracker)


def some_layers():
    """Ten layers that each add packages and change files of those below."""
    packages, layers = {}, []
    for number in range(10):
        for i in range(30):
            packages[f"source{number * 30 + i}"] = f"1.{i % 9}-1"
        layer = {"var/lib/dpkg/status": peers.dpkg_status(packages)}
        layer |= {f"usr/share/{number}/{i}": "data" * i for i in range(50)}
        layers.append(layer)
    layers[0]["etc/os-release"] = images.debian_os_release("12")
    return layers


class Scans(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.state = peers.State().__enter__()
        cls.addClassCleanup(cls.state.__exit__)
        cls.database = feeds.build(cls.state, {"debian/tracker.json": made_up_tracker(400, 20)}, "db")
        cls.image = images.docker_archive(cls.state, "image", some_layers())

    def scan(self, *options, form="json", database=None, image=None):
        done = images.oakum("scan", "--db", database or self.database, "--format", form, "--list-packages", *options, image or self.image)
        self.assertEqual(0, done.returncode, done.stderr.decode())
        self.assertEqual(b"", done.stderr)
        return done.stdout

    def test_every_format_over_runs_threads_and_caches(self):
        for form in FORMATS:
            with self.subTest(format=form):
                cache = self.state.path(f"cache-{form}")
                outputs = [self.scan("--no-cache", form=form)]
                outputs += [self.scan("--no-cache", "--threads", threads, form=form) for threads in ("1", "2", "7")]
                outputs += [self.scan("--cache-dir", cache, form=form) for _ in range(3)]  # cold, then warm
                self.assertEqual(1, len(set(outputs)))
                self.assertGreater(len(outputs[0]), 5000)

    def test_a_cache_with_damaged_entries_gives_the_same(self):
        cache = self.state.path("cache-damaged")
        first = self.scan("--cache-dir", cache)
        entries = sorted(path for path in cache.rglob("*") if path.is_file())
        self.assertTrue(entries)
        for number, path in enumerate(entries):
            data = path.read_bytes()
            path.write_bytes((data[:len(data) // 2], b"", data[:-1] + bytes([data[-1] ^ 1]), os.urandom(len(data)))[number % 4])
        self.assertEqual(first, self.scan("--cache-dir", cache))
        self.assertEqual(first, self.scan("--cache-dir", cache))

    def test_many_processes_share_one_cold_cache(self):
        for attempt in range(3):
            cache = self.state.path(f"cache-shared-{attempt}")
            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                outputs = list(pool.map(lambda _: self.scan("--cache-dir", cache), range(8)))
            self.assertEqual(1, len(set(outputs)))
            litter = [path.name for path in cache.rglob("*") if path.is_file() and "tmp" in path.name]
            self.assertEqual([], litter)

    def test_the_cache_directory_may_be_read_only_or_a_file(self):
        first = self.scan("--no-cache")
        place = self.state.path("not-a-directory")
        place.write_text("x")
        done = images.oakum("scan", "--db", self.database, "--format", "json", "--list-packages", "--cache-dir", place, self.image)
        self.assertEqual((0, first), (done.returncode, done.stdout))

    def test_the_feeds_database_on_a_real_root(self):
        database = feeds.database()
        root = images.debian_root("bookworm", ())
        self.assertEqual(1, len({self.scan("--no-cache", database=database, image=root) for _ in range(3)}))


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Builds(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.state = peers.State().__enter__()
        cls.addClassCleanup(cls.state.__exit__)

    def build(self, source, database, *options):
        done = images.oakum("db", "build", "--quiet", "--from", source, "--db", database, *options)
        self.assertEqual(0, done.returncode, done.stderr.decode())
        return digest(database)

    def compare_builds(self, source, name, *options):
        """Builds of a copy with other times, in another order of names on disk, by other numbers of threads."""
        digests = {self.build(source, self.state.path(f"{name}-1"), *options)}
        copy = self.state.path(f"{name}-copy")
        for path in sorted((path for path in pathlib.Path(source).rglob("*") if path.is_file()), reverse=True):
            place = copy / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
            os.utime(place, (1, random.Random(str(path)).randrange(1_000_000_000)))
        for threads in ("1", "5"):
            digests.add(self.build(copy, self.state.path(f"{name}-2"), "--threads", threads, *options))
        shutil.rmtree(copy)
        self.assertEqual(1, len(digests))

    def test_equal_feeds_give_equal_bytes(self):
        source = images.write(self.state.path("small"), {
            "debian/tracker.json": made_up_tracker(300, 20),
            "alpine/v3.20/main.json": json.dumps({"packages": [{"pkg": {"name": "a", "secfixes": {"1-r0": ["CVE-2101-1"]}}}]}),
            "alpine/v3.20/community.json": json.dumps({"packages": [{"pkg": {"name": "b", "secfixes": {"1-r0": ["CVE-2101-2"]}}}]})})
        self.compare_builds(source, "small")

    def test_the_feeds_give_equal_bytes(self):
        self.compare_builds(feeds.directory(), "feeds", *(word for name in ("debian", "alpine", "wolfi", "kev", "suse", "photon", "endoflife", "epss")
                                                          for word in ("--feed", name)))

    def test_a_killed_build_leaves_the_old_database_whole(self):
        source = images.write(self.state.path("big"), {"debian/tracker.json": made_up_tracker(1500, 40)})
        place = self.state.path("killed") / "db"
        place.parent.mkdir()
        old = self.build(images.write(self.state.path("old"), {"debian/tracker.json": made_up_tracker(10, 2)}), place)
        start = time.monotonic()
        new = self.build(source, self.state.path("reference"))
        takes = time.monotonic() - start
        pick = random.Random(SEED)
        outcomes = []
        for _ in range(20):
            child = subprocess.Popen([images.binary(), "db", "build", "--quiet", "--from", str(source), "--db", str(place)],
                                     stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=images.environment())
            time.sleep(pick.uniform(0, takes * 1.05))
            child.kill()
            child.wait()
            verified = images.oakum("db", "verify", "--db", place)
            self.assertEqual(0, verified.returncode, verified.stderr.decode())
            outcomes.append(digest(place))
            self.assertIn(outcomes[-1], (old, new))
            if outcomes[-1] == new:
                shutil.copyfile(self.state.path("reference"), place)
                old = new
        self.assertEqual(new, self.build(source, place))
        litter = [path.name for path in place.parent.iterdir() if path.name != "db" and "lock" not in path.name]
        self.assertEqual([], litter)

    def test_builds_at_once_leave_one_whole_database_and_never_none(self):
        source = images.write(self.state.path("source"), {"debian/tracker.json": made_up_tracker(300, 20)})
        place = self.state.path("busy")
        expected = self.build(source, place)
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            builds = [pool.submit(images.oakum, "db", "build", "--quiet", "--from", source, "--db", place) for _ in range(4)]
            while not all(build.done() for build in builds):
                self.assertEqual(0, images.oakum("db", "info", "--db", place).returncode)
        # One builds; who comes meanwhile is told so, and touches nothing.
        statuses = sorted(build.result().returncode for build in builds)
        self.assertEqual(0, statuses[0])
        for build in builds:
            if build.result().returncode != 0:
                self.assertEqual(2, build.result().returncode)
                self.assertIn(b"another oakum is building it", build.result().stderr)
        self.assertEqual(expected, digest(place))

    def test_a_damaged_database_is_told_from_a_sound_one(self):
        place = self.state.path("sound")
        self.build(images.write(self.state.path("tiny"), {"debian/tracker.json": made_up_tracker(50, 5)}), place)
        data = place.read_bytes()
        pick = random.Random(SEED)
        for change in ("cut", "empty", "bit", "bit", "bit", "zeros", "longer"):
            with self.subTest(change=change):
                bad = bytearray(data)
                at = pick.randrange(len(bad))
                if change == "cut":
                    del bad[len(bad) // 2:]
                elif change == "empty":
                    bad.clear()
                elif change == "bit":
                    bad[at] ^= 1 << pick.randrange(8)
                elif change == "zeros":
                    bad[4096:8192] = bytes(4096)
                else:
                    bad += b"x"
                damaged = self.state.path("damaged")
                damaged.write_bytes(bad)
                done = images.oakum("db", "verify", "--db", damaged)
                self.assertEqual(2, done.returncode)
                self.assertIn(b"damaged", done.stderr)
                # Whatever a scan makes of it, it neither crashes nor hangs.
                root = images.dpkg_root(self.state.path("root"), images.debian_os_release("12"), [("source1", "1.0-1", "source1", "1.0-1")])
                self.assertIn(images.oakum("scan", "--db", damaged, "--no-cache", root, timeout=20).returncode, (0, 2))


if __name__ == "__main__":
    unittest.main()
