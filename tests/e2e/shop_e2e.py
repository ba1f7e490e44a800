"""examples/shop, insecure on purpose, goes to no finding at high or above, and what answered still answers.

`oakum fix --unsafe --prove` on a dockerd of the test's own; then the fixed project is started as anybody would, and the kernel
is asked. Stand-ins made of Debian's packages take the place of the base images (tools/stand-ins). Only two things differ from
the shop as it lies there: its published ports, which may be taken here, and the engine's socket, which is the test's.
"""
import json
import math
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

import images
import peers

SHOP = images.PROJECT / "examples" / "shop"
BUILDER = images.PROJECT / "tools" / "stand-ins" / "build"
PACKAGES = ["python3", "nginx-light", "postgresql", "redis-server"]
SURFACES = {"dockerfile", "compose", "kubernetes", "run-command"}
GRAVE = {"critical", "high"}
SERVICES = ["web", "api", "worker", "db", "cache", "ledger", "pulse"]
PROXY = "docker-socket-proxy"  # comes with the fix of worker's socket
PROBES = ["web=http://localhost/", "api=http://localhost:5000/", "db=pg_isready -h 127.0.0.1", "cache=redis-cli ping",
          "ledger=http://localhost:7000/", "pulse=http://localhost:7100/"]


def report_of(directory, *targets):
    """The findings of a directory's files, by whether they are suppressed."""
    done = images.oakum("check", "--no-config", "--no-base-images", "--no-shellcheck", "--format", "json", *targets, cwd=directory)
    findings = [finding for target in json.loads(done.stdout)["targets"] for finding in target["findings"]]
    return [finding for finding in findings if not finding["suppressed"]], [finding for finding in findings if finding["suppressed"]]


# The proxy holds the socket for the others, which is root's.
EXCUSED = [(PROXY, "runtime-socket"), (PROXY, "user-root")]


def excused(suppressed):
    return sorted((re.fullmatch('service "(.*)"', finding["subject"])[1], finding["rule"]) for finding in suppressed)


def grave(findings):
    return [f"{finding['location']['path']}: {finding['rule']}" for finding in findings if finding["severity"] in GRAVE]


class WholeDirectory(unittest.TestCase):
    """What `oakum check` finds in all of it, and `oakum fix --unsafe` leaves, with no engine."""

    def test_every_practice_that_text_can_show_is_broken(self):
        rules = json.loads(images.oakum("rules", "--format", "json").stdout)["rules"]
        known = {rule["practice"] for rule in rules if SURFACES & set(rule["surfaces"])}
        # Its one rule is about OpenSSL in a Dockerfile; vulnerable packages are found in images.
        known.discard("scan-vulnerabilities")
        findings, _ = report_of(SHOP, ".")
        self.assertEqual(known - {finding["practice"] for finding in findings}, set())
        self.assertEqual(SURFACES - {finding["surface"] for finding in findings}, set())

    def test_nothing_grave_is_left_in_any_file(self):
        with tempfile.TemporaryDirectory(prefix="oakum-shop-") as scratch:
            shop = shutil.copytree(SHOP, pathlib.Path(scratch) / "shop")
            before, _ = report_of(shop, ".")
            self.assertGreater(len(grave(before)), 30)
            done = images.oakum("fix", "--no-config", "--no-base-images", "--unsafe", ".", cwd=shop)
            self.assertEqual(done.returncode, 0, done.stderr.decode())
            after, suppressed = report_of(shop, ".")
            self.assertEqual(grave(after), [])
            self.assertLess(len(after), len(before) // 5)
            self.assertEqual(excused(suppressed), EXCUSED)
            again = images.oakum("fix", "--no-config", "--no-base-images", "--unsafe", "--exit-code", "9", ".", cwd=shop)
            self.assertEqual(again.returncode, 0, again.stdout.decode())


def with_free_ports(text):
    """The Compose file with free ports of this machine in place of the shop's, and which."""
    ports = {}

    def replace(match):
        ports[match[3]] = peers.free_port()
        return f'"{match[1] or ""}{ports[match[3]]}:{match[3]}"'

    return re.sub(r'"([0-9.]+:)?([0-9]+):([0-9]+)"', replace, text), ports


def process_status(pid):
    text = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return dict(line.split(":", 1) for line in text.splitlines())


def is_root_read_only(pid):
    for line in pathlib.Path(f"/proc/{pid}/mountinfo").read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if fields[4] == "/":
            return "ro" in fields[5].split(",")
    raise AssertionError(f"no root in the mounts of {pid}")


def limits(pid):
    """(memory, processes, processors) of a process's control group, of either hierarchy."""
    groups = {}
    for line in pathlib.Path(f"/proc/{pid}/cgroup").read_text(encoding="utf-8").splitlines():
        _, controllers, path = line.split(":", 2)
        groups |= {controller: path for controller in controllers.split(",")}
    top = pathlib.Path("/sys/fs/cgroup")

    def read(controller, new, *old):
        v1 = top / controller / groups.get(controller, "/").lstrip("/")
        paths = [v1 / name for name in old] if controller in groups else [top / groups[""].lstrip("/") / new]
        return " ".join(path.read_text(encoding="utf-8").strip() for path in paths).split()

    quota, period = read("cpu", "cpu.max", "cpu.cfs_quota_us", "cpu.cfs_period_us")
    (memory,), (pids,) = read("memory", "memory.max", "memory.limit_in_bytes"), read("pids", "pids.max", "pids.max")
    return int(memory), int(pids), int(quota) / int(period)


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


# Run in worker: the status of a request to the proxy.
ASK_PROXY = """import sys, http.client
peer = http.client.HTTPConnection("docker-socket-proxy", 2375, timeout=10)
peer.request(sys.argv[1], sys.argv[2])
print(peer.getresponse().status)
"""


class Shop(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        peers.need_root()
        peers.need("docker-compose")
        root = images.debian_root("bookworm", PACKAGES)
        cls.state = cls.enterClassContext(peers.State())
        cls.docker = staticmethod(cls.state.enter(peers.dockerd(cls.state)))
        cls.environment = images.environment(DOCKER_HOST=cls.docker.host, HOME=cls.state.root)
        peers.run(BUILDER, root, env=cls.environment)
        cls.shop = cls.state.path("shop")
        shutil.copytree(SHOP, cls.shop)
        compose = cls.shop / "compose.yaml"
        text, cls.ports = with_free_ports(compose.read_text(encoding="utf-8"))
        compose.write_text(text, encoding="utf-8")
        cls.files = ["compose.yaml", *(f"{service}/Dockerfile" for service in SERVICES if (cls.shop / service).is_dir())]
        cls.before, _ = report_of(cls.shop, *cls.files)
        cls.harden()
        cls.start()

    @classmethod
    def harden(cls):
        argv = ["fix", "--no-config", "--unsafe", "--prove", "--settle", "1", "--evidence", "proof.json"]
        for probe in PROBES:
            argv += ["--probe", probe]
        cls.fixed = images.oakum(*argv, "compose.yaml", cwd=cls.shop, DOCKER_HOST=cls.docker.host, TMPDIR=cls.state.root, timeout=600)
        if not (cls.shop / "proof.json").exists():
            raise AssertionError(f"no evidence; status {cls.fixed.returncode}: {cls.fixed.stderr.decode()}")
        cls.proof = json.loads((cls.shop / "proof.json").read_text(encoding="utf-8"))
        cls.left = peers.made_by_trials(cls.docker)
        cls.left_running = cls.docker("ps", "-aq").stdout.decode().split()

    @classmethod
    def start(cls):
        compose = cls.shop / "compose.yaml"
        text = compose.read_text(encoding="utf-8")
        stated, own = "/var/run/docker.sock:/var/run/docker.sock", cls.docker.host.removeprefix("unix://")
        (cls.shop / "started.yaml").write_text(text.replace(stated, f"{own}:/var/run/docker.sock"), encoding="utf-8")
        composer = ["docker-compose", "-p", "shop", "-f", cls.shop / "started.yaml"]
        cls.addClassCleanup(peers.run, *composer, "down", "-v", "-t", "1", env=cls.environment, check=False)
        peers.run(*composer, "up", "-d", "--build", env=cls.environment | {"DOCKER_BUILDKIT": "0"})

    def container(self, service):
        (name,) = self.docker("ps", "-q", "--filter", f"label=com.docker.compose.service={service}").stdout.decode().split()
        return name

    def inspect(self, service, form):
        return self.docker("inspect", "-f", form, self.container(service)).stdout.decode().strip()

    def eventually(self, ask):
        """What `ask` returns, once it no longer fails: a service takes its time to start."""
        deadline = time.monotonic() + 60
        while True:
            try:
                return ask()
            except (OSError, RuntimeError) as error:
                if time.monotonic() > deadline:
                    raise AssertionError(f"no answer: {error}\n{self.docker('ps', '-a').stdout.decode()}") from error
                time.sleep(0.2)

    def test_it_was_bad(self):
        severities = [finding["severity"] for finding in self.before]
        self.assertGreater(severities.count("critical"), 0)
        self.assertGreater(len(grave(self.before)), 10)

    def test_the_fixes_are_proven(self):
        said = self.fixed.stdout.decode() + self.fixed.stderr.decode()
        self.assertEqual(self.fixed.returncode, 0, said)
        self.assertEqual((self.proof["schema"], self.proof["verdict"]), ("oakum.proof/1", "proven"), said)
        before, after = ({seen["service"]: seen for seen in self.proof[side]["services"]} for side in ("before", "after"))
        self.assertEqual(sorted(before), sorted(SERVICES))
        for name, was in before.items():
            with self.subTest(name):
                self.assertEqual((was["state"], after[name]["state"]), ("running", "running"))
                self.assertEqual([probe["passed"] for probe in was["probes"] + after[name]["probes"]],
                                 [True] * 2 * len([probe for probe in PROBES if probe.startswith(f"{name}=")]))

    def test_nothing_grave_is_left(self):
        after, suppressed = report_of(self.shop, *self.files)
        self.assertEqual(grave(after), [])
        self.assertEqual(excused(suppressed), EXCUSED)
        # What was taken back is still told.
        self.assertIn(("read-only-rootfs", 'service "pulse"'), [(finding["rule"], finding["subject"]) for finding in after])

    def test_what_the_errors_asked_for_was_learned(self):
        first = self.proof["attempts"][0]
        self.assertEqual({broken["service"] for broken in first["regressions"]}, {"ledger", "pulse"})
        (learned,) = [one for one in self.proof["learned"] if one["subject"] == 'service "ledger"']
        self.assertEqual(learned["needs"]["written"], ["/var/lib/ledger"])
        self.assertEqual((learned["needs"]["capabilities"], learned["needs"]["root"]), ([], False))
        self.assertIn("/var/lib/ledger", self.inspect("ledger", "{{json .HostConfig.Tmpfs}}"))

    def test_bisection_finds_the_one_fix_that_breaks_in_silence(self):
        (taken,) = self.proof["taken_back"]
        self.assertEqual((taken["fix"]["rule"], taken["fix"]["subject"]), ("read-only-rootfs", 'service "pulse"'))
        self.assertEqual(taken["why"], "pulse exits, status 3")
        own = 1 + len([fix for fix in self.proof["kept"] if fix["subject"] == 'service "pulse"'])
        halvings = [attempt for attempt in self.proof["attempts"] if attempt["why"].startswith("bisection: ")]
        self.assertGreater(len(halvings), 1)
        self.assertLessEqual(len(halvings), 1 + math.ceil(math.log2(own)))
        last = self.proof["attempts"][-1]
        self.assertEqual((last["why"], last["regressions"]), ('without "read-only-rootfs"', []))

    def test_the_trial_leaves_nothing(self):
        self.assertEqual((self.proof["left"], self.left, self.left_running), ([], {}, []))
        self.assertEqual(list(self.state.root.glob("oakum-trial-*")), [])

    def test_the_fixed_shop_answers(self):
        self.assertEqual(set(self.ports), {"80", "5000", "5432", "6379"})
        published = {inner: f"http://127.0.0.1:{outer}" for inner, outer in self.ports.items()}
        self.assertIn("<h1>Shop</h1>", self.eventually(lambda: get(published["80"] + "/")))
        healthy = "{'database': 'ok', 'cache': 'ok'}\n"
        self.assertEqual(self.eventually(lambda: get(published["5000"] + "/")), healthy)
        self.assertEqual(self.eventually(lambda: get(published["80"] + "/api/")), healthy)
        self.docker("exec", self.container("db"), "pg_isready", "-h", "127.0.0.1")
        with socket.create_connection(("127.0.0.1", self.ports["6379"]), timeout=10) as cache:
            cache.sendall(b"PING\r\n")
            self.assertEqual(cache.recv(64), b"+PONG\r\n")
        for service, port, word in (("ledger", 7000, "ledger"), ("pulse", 7100, "pulse.py")):
            address = self.inspect(service, "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}")
            self.assertIn(word, self.eventually(lambda at=f"http://{address}:{port}/": get(at)))
        self.assertEqual(self.docker("logs", self.container("worker")).stdout, b"working\n")

    def test_the_front_does_not_reach_the_database(self):
        quick = "RES_OPTIONS=timeout:1 attempts:1"  # the engine asks the world for a name that it does not know
        find = "import socket, sys; socket.gethostbyname(sys.argv[1])"
        for service, other, reaches in (("web", "api", True), ("api", "db", True), ("api", "cache", True), ("web", "db", False),
                                        ("web", "cache", False), ("pulse", "db", False), ("api", PROXY, False)):
            with self.subTest(f"{service} looks for {other}"):
                done = self.docker("exec", "-e", quick, self.container(service), "python3", "-c", find, other, check=False)
                self.assertEqual(done.returncode == 0, reaches, done.stderr.decode())

    def test_the_worker_reads_through_the_proxy_and_no_more(self):
        def status(*request):
            return int(self.docker("exec", self.container("worker"), "python3", "-c", ASK_PROXY, *request).stdout)

        self.assertEqual(self.eventually(lambda: status("GET", "/containers/json")), 200)
        self.assertEqual(status("GET", "/images/json"), 403)
        self.assertEqual(status("POST", "/containers/create"), 403)

    def test_the_kernel_shows_it(self):
        for service in [*SERVICES, PROXY]:
            with self.subTest(service):
                pid = int(self.inspect(service, "{{.State.Pid}}"))
                self.assertGreater(pid, 1, self.inspect(service, "{{json .State}}"))
                status = process_status(pid)
                if service != PROXY:  # the socket is root's
                    self.assertNotIn("0", status["Uid"].split())
                self.assertEqual(int(status["CapEff"], 16), 0)
                self.assertEqual((int(status["Seccomp"]), int(status["NoNewPrivs"])), (2, 1))
                self.assertEqual(is_root_read_only(pid), service != "pulse")
                self.assertEqual(int(status["CapBnd"], 16), 0, "none can be had again")
                memory, pids, processors = limits(pid)
                self.assertLessEqual(memory, 1 << 30)
                self.assertLessEqual(pids, 500)
                self.assertLessEqual(processors, 1)


if __name__ == "__main__":
    unittest.main()
