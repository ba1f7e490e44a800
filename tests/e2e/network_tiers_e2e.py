"""The split into tiers on a private dockerd: before, the published service reaches the cache; after, only its user does.

The images are one busybox under two names, as a cache is known by the name of its image. docker-compose starts the project.
The engine keeps an internal network apart with rules of the kernel's firewall, so it has a network namespace of its own here,
and beyond that, over a pair of virtual wires, another one that stands for the rest of the world.
"""
import contextlib
import os
import pathlib
import subprocess
import tempfile
import time
import unittest

import peers
from prove_e2e import import_image

OAKUM = os.environ["OAKUM"]
OUTSIDE = "192.0.2.2"

# The cache serves a file where Redis would listen.
SHOP = """services:
  web:
    image: localhost/bb:1
    command: [httpd, -f, -p, "80", -h, /etc]
    ports: ["127.0.0.1:0:80"]
  api:
    image: localhost/bb:1
    command: [sleep, "600"]
    environment:
      REDIS_URL: redis://cache:6379/0
  cache:
    image: localhost/redis:1   # the data
    command: [httpd, -f, -p, "6379", -h, /etc]
    healthcheck:
      test: [CMD, wget, -q, -O, /dev/null, "http://localhost:6379/passwd"]
      interval: 1s
"""


def inside(name):
    """Unlike `ip netns exec` this leaves /sys as it is, where the engine looks for its control groups."""
    return ["nsenter", f"--net=/run/netns/{name}"]


@contextlib.contextmanager
def world(state, network_name):
    """A namespace with a web server that the one called `network_name` has a way to."""
    name = network_name + "-w"
    peers.run("ip", "netns", "add", name)
    try:
        peers.run("ip", "link", "add", "wire", "netns", network_name, "type", "veth", "peer", "name", "wire", "netns", name)
        for end, address in ((network_name, "192.0.2.1/24"), (name, f"{OUTSIDE}/24")):
            peers.run(*inside(end), "ip", "addr", "add", address, "dev", "wire")
            peers.run(*inside(end), "ip", "link", "set", "wire", "up")
        with peers.process([*inside(name), "busybox", "httpd", "-f", "-p", f"{OUTSIDE}:80", "-h", "/etc"], state.path("world.log")):
            yield
    finally:
        subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)


@contextlib.contextmanager
def dockerd(state, network_name):
    """With its firewall rules, which are nobody else's as they are in a namespace of its own."""
    root = state.path("docker")
    root.mkdir()
    host = f"unix://{root}/d.sock"
    (root / "daemon.json").write_text("{}")
    argv = ["dockerd", "--config-file", root / "daemon.json", "--data-root", root / "data", "--exec-root", root / "exec",
            "--pidfile", root / "pid", "--host", host, "--storage-driver", "overlay2", "--log-level", "warn"]
    with peers.process([*inside(network_name), *argv], root / "log") as child:
        peers.wait_until(lambda: peers.docker_answers(host), child, root / "log", "dockerd")
        yield peers.Docker(host, root / "data", "overlay2")


class NetworkTiers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        peers.need_root()
        peers.need("dockerd", "docker", "containerd", "docker-compose", "iptables", "nsenter", "busybox")
        state = cls.enterClassContext(peers.State())
        network = state.enter(peers.network(state))
        cls.inside = inside(network.inside[-1])
        state.enter(world(state, network.inside[-1]))
        cls.docker = staticmethod(state.enter(dockerd(state, network.inside[-1])))
        scratch = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="oakum-tiers-")))
        import_image(cls.docker, scratch)
        cls.docker("tag", "localhost/bb:1", "localhost/redis:1")
        cls.directory = scratch / "shop"
        cls.directory.mkdir()
        cls.file = cls.directory / "compose.yaml"
        cls.environment = os.environ | {"DOCKER_HOST": cls.docker.host, "COMPOSE_PROJECT_NAME": "shop"}

    def run_in_project(self, *argv):
        done = subprocess.run(argv, cwd=self.directory, env=self.environment, capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def compose(self, *words):
        return self.run_in_project("docker-compose", "-f", "compose.yaml", *words)

    def eventually(self, holds):
        for _ in range(200):
            if holds():
                return
            time.sleep(0.1)
        self.fail("not within 20 seconds")

    def finds(self, service):
        """By its name. A name that the engine does not know is asked for outside, where nobody answers."""
        argv = ["busybox", "timeout", "2", "nslookup", "-type=a", "cache"]
        return self.docker("exec", f"shop_{service}_1", *argv, check=False).returncode == 0

    def gets(self, service, address):
        url = f"http://{address}/passwd"
        argv = ["busybox", "timeout", "2", "wget", "-q", "-O", "-", url]
        done = self.docker("exec", f"shop_{service}_1", *argv, check=False)
        self.assertEqual(done.returncode == 0, b"root:x:0:0" in done.stdout, done.stderr)
        return done.returncode == 0

    def reads(self, service):
        """By its address, which a scan would find."""
        address = self.docker("inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}", "shop_cache_1").stdout.decode()
        self.assertEqual(len(address.split()), 1)
        return self.gets(service, address.strip() + ":6379")

    def web_answers(self):
        port = self.docker("port", "shop_web_1", "80").stdout.decode().split(":")[-1].strip()
        argv = [*self.inside, "busybox", "wget", "-q", "-O", "-", f"http://127.0.0.1:{port}/passwd"]
        return subprocess.run(argv, capture_output=True, timeout=20, check=False).returncode == 0

    def health(self):
        return self.docker("inspect", "-f", "{{.State.Health.Status}}", "shop_cache_1").stdout.decode().strip()

    def running(self):
        """What holds while the project runs."""
        self.compose("up", "-d")
        try:
            self.eventually(lambda: self.reads("api") and self.web_answers() and self.health() == "healthy")
            return {"api finds": self.finds("api"), "web finds": self.finds("web"), "web reads": self.reads("web"),
                    "api gets out": self.gets("api", OUTSIDE), "cache gets out": self.gets("cache", OUTSIDE)}
        finally:
            self.compose("down", "-t", "0")

    def test_only_who_talks_to_it_reaches_it(self):
        self.file.write_text(SHOP)
        self.assertEqual(self.running(), {"api finds": True, "web finds": True, "web reads": True, "api gets out": True, "cache gets out": True})
        fix = (OAKUM, "fix", "--no-config", "--unsafe", "--rule", "network-tiers", "compose.yaml")
        self.run_in_project(*fix)
        fixed = self.file.read_text()
        self.assertTrue(fixed.startswith(SHOP.split("  api:")[0]))
        self.assertIn("# the data\n", fixed)
        self.compose("config", "-q")
        self.assertEqual(self.running(), {"api finds": True, "web finds": False, "web reads": False, "api gets out": True, "cache gets out": False})
        self.run_in_project(*fix)
        self.assertEqual(self.file.read_text(), fixed)


if __name__ == "__main__":
    unittest.main()
