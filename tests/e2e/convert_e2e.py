"""`oakum convert` as a user meets it: results that docker-compose takes, notes on standard error, hardening, files."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

OAKUM = os.path.abspath(os.environ.get("OAKUM", "build/dev/oakum"))
BARE = ["--no-config", "--no-base-images"]
LINE = ["docker", "run", "-d", "--name", "web", "-p", "8080:80", "-v", "data:/data", "-e", "A=b$c 'x' \"y\" # z", "-e", "B=\n-",
        "--rm", "--privileged", "nginx:1.27"]
COMPOSE = """\
services:
  web:
    image: nginx:1.27
    ports: ["8080:80"]
    depends_on: [db]
    pids_limit: 100
    command: ["sh", "-c", "echo $$HOME"]
  db:
    image: postgres:16
    volumes: ["data:/var/lib/postgresql/data"]
    healthcheck: {test: pg_isready}
volumes: {data: {}}
"""


def has_docker_compose():
    return shutil.which("docker-compose") is not None


class Convert(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.here = pathlib.Path(directory.name)

    def oakum(self, *arguments, stdin=None):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.here), "LC_ALL": "C.UTF-8", "DOCKER_HOST": "unix:///nowhere"}
        done = subprocess.run([OAKUM, "convert", *BARE, *arguments], cwd=self.here, env=environment, input=stdin,
                              capture_output=True, timeout=120, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def accepted(self, text):
        """What docker-compose makes of it."""
        if not has_docker_compose():
            self.skipTest("docker-compose is not here")
        (self.here / "accepted.yaml").write_text(text)
        done = subprocess.run(["docker-compose", "-f", "accepted.yaml", "config"], cwd=self.here, capture_output=True, timeout=60,
                              check=False)
        self.assertEqual(0, done.returncode, done.stderr.decode() + text)
        return done.stdout.decode()

    def test_a_run_line_becomes_a_hardened_service(self):
        status, text, notes = self.oakum("--to", "compose", "--", *LINE)
        self.assertEqual(0, status, notes)
        for part in ("image: nginx:1.27", "cap_drop:", "no-new-privileges:true", 'A: ', "name: data"):
            self.assertIn(part, text)
        self.assertNotIn("privileged: true", text)
        self.assertIn("--rm is not said in Compose", notes)
        self.assertIn("hardened: ", notes)
        self.assertIn("$$c", self.accepted(text))

    def test_as_it_is(self):
        status, text, notes = self.oakum("--to", "compose", "--no-harden", "--", *LINE)
        self.assertEqual(0, status, notes)
        self.assertIn("privileged: true", text)
        self.assertNotIn("cap_drop", text)
        self.assertNotIn("hardened", notes)
        self.accepted(text)

    def test_compose_to_kubernetes_and_back(self):
        (self.here / "compose.yaml").write_text(COMPOSE)
        status, manifest, notes = self.oakum("--to", "kubernetes", "compose.yaml", "-o", "k.yaml")
        self.assertEqual((0, ""), (status, manifest), notes)
        self.assertIn('compose.yaml:5:5: service "web": depends_on is not said in Kubernetes', notes)
        self.assertIn("compose.yaml:6:17: ", notes)
        manifest = (self.here / "k.yaml").read_text()
        for part in ("kind: Deployment", "kind: Service", "kind: PersistentVolumeClaim", "livenessProbe:", "type: RuntimeDefault"):
            self.assertIn(part, manifest)
        status, text, notes = self.oakum("--to", "compose", "k.yaml")
        self.assertEqual(0, status, notes)
        merged = self.accepted(text)
        self.assertIn('- "8080:80"', text)
        for part in ("image: postgres:16", "data:/var/lib/postgresql/data", "pg_isready", "echo $$HOME"):
            self.assertIn(part, merged)
        self.assertNotIn("cap_drop", text)  # hardening is asked for here

    def test_hardened_manifest(self):
        (self.here / "compose.yaml").write_text(COMPOSE)
        status, text, notes = self.oakum("--to", "kubernetes", "--harden", "compose.yaml")
        self.assertEqual(0, status, notes)
        self.assertIn("allowPrivilegeEscalation: false", text)
        self.assertIn("hardened: ", notes)

    def test_run_lines_that_a_shell_takes(self):
        (self.here / "compose.yaml").write_text(COMPOSE)
        status, text, notes = self.oakum("--to", "run", "compose.yaml")
        self.assertEqual(0, status, notes)
        self.assertLess(text.index("--name db"), text.index("--name web"))
        (self.here / "docker").write_text("#!/bin/sh\nfor word; do printf '%s\\0' \"$word\"; done; echo\n")
        (self.here / "docker").chmod(0o755)
        done = subprocess.run(["sh", "-c", text], cwd=self.here, env={"PATH": f"{self.here}:{os.environ['PATH']}"}, capture_output=True,
                              timeout=30, check=True)
        lines = [line.split("\0") for line in done.stdout.decode().splitlines()]
        self.assertEqual([["network", "create"], ["run", "--name"], ["run", "--name"]], [line[:2] for line in lines])
        self.assertEqual(["nginx:1.27", "sh", "-c", "echo $HOME", ""], lines[2][-5:])

    def test_a_container_as_the_engine_tells_it(self):
        document = [{"Id": "0" * 64, "Name": "/web", "Config": {"Image": "nginx:1.27", "Env": ["A=1"], "Cmd": ["x", "y"]},
                     "HostConfig": {"Privileged": True, "Binds": ["/srv:/srv:ro"], "NetworkMode": "bridge",
                                    "PortBindings": {"80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8080"}]}},
                     "Mounts": [], "NetworkSettings": {}}]
        (self.here / "inspect.json").write_text(json.dumps(document))
        status, text, notes = self.oakum("--to", "compose", "inspect.json")
        self.assertEqual(0, status, notes)
        for part in ("127.0.0.1:8080:80", "/srv:/srv:ro", "container_name: web", "no-new-privileges:true"):
            self.assertIn(part, text)
        self.accepted(text)

    def test_relative_paths_begin_at_the_compose_file(self):
        (self.here / "shop").mkdir()
        (self.here / "shop" / "compose.yaml").write_text(
            "services:\n  db:\n    image: postgres:16\n    volumes: ['./init:/init:ro', '~/x:/x', '$DATA:/d', 'data:/data']\n"
            "  api:\n    build: ./api\n    image: acme/api:1\n    depends_on: [db]\n"
            "  worker:\n    build: ./api\n    image: acme/api:1\nvolumes: {data: {}}\n")
        _, text, notes = self.oakum("--to", "kubernetes", "shop/compose.yaml")
        for part in (f"path: {self.here}/shop/init\n", "path: /root/x\n", "path: $DATA\n", "type: Recreate"):
            self.assertIn(part, text)
        self.assertEqual(1, text.count("kind: PersistentVolumeClaim"))
        self.assertIn("no port is written, so that no Service is made", notes)
        _, text, notes = self.oakum("--to", "run", "shop/compose.yaml")
        self.assertIn("relative paths begin at shop/", notes)
        self.assertEqual(1, text.count("docker build"))

    def test_a_claim_of_a_stateful_set_is_a_volume(self):
        (self.here / "k.yaml").write_text(
            "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  selector: {matchLabels: {app: db}}\n  template:\n"
            "    metadata: {labels: {app: db}}\n    spec:\n      containers:\n        - name: db\n          image: postgres:16\n"
            "          imagePullPolicy: IfNotPresent\n          volumeMounts: [{name: data, mountPath: /data}]\n"
            "  volumeClaimTemplates: [{metadata: {name: data}}]\n")
        _, text, _ = self.oakum("--to", "compose", "k.yaml")
        self.assertIn("- db-data:/data", text)
        self.accepted(text)
        self.assertIn("--volume db-data:/data", self.oakum("--to", "run", "k.yaml")[1])

    def test_the_containers_of_a_pod_as_lines(self):
        (self.here / "k.yaml").write_text(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n  initContainers:\n"
            "    - {name: proxy, image: 'p:1', restartPolicy: Always, volumeMounts: [{name: run, mountPath: /run/p}]}\n"
            "    - {name: migrate, image: 'm:1'}\n  containers:\n"
            "    - {name: web, image: 'w:1', ports: [{containerPort: 80}], volumeMounts: [{name: run, mountPath: /run/w}]}\n"
            "  volumes: [{name: run, emptyDir: {}}]\n")
        _, text, _ = self.oakum("--to", "run", "k.yaml")
        migrate, web, proxy = text.split("\n\n")
        self.assertNotIn("--detach", migrate)
        self.assertNotIn("--restart", migrate)
        self.assertIn("--volume shop-run:/run/w", web)
        self.assertIn("--network container:shop-web", proxy)
        self.assertIn("--volume shop-run:/run/p", proxy)

    def test_options_of_a_volume_as_a_line(self):
        (self.here / "compose.yaml").write_text("services:\n  web:\n    image: a:1\n    volumes:\n"
                                                "      - {type: volume, source: d, target: /d, volume: {nocopy: true}}\nvolumes: {d: {}}\n")
        self.assertIn("--volume d:/d:nocopy", self.oakum("--to", "run", "compose.yaml")[1])

    def test_the_shells_directory_is_the_projects(self):
        _, text, notes = self.oakum("--to", "compose", "--", "docker", "run", "-v", "$(pwd)/src:/src", "-v", "${PWD}:/all", "node:20")
        self.assertIn("- ./src:/src", text)
        self.assertIn("- .:/all", text)
        self.assertIn("at the directory of its file", notes)
        self.accepted(text)

    def test_standard_input(self):
        status, text, notes = self.oakum("--to", "run", "-", stdin=COMPOSE.encode())
        self.assertEqual(0, status, notes)
        self.assertIn("docker run", text)

    def test_mistakes(self):
        self.assertEqual(2, self.oakum("--to", "compose", "gone.yaml")[0])
        self.assertEqual(2, self.oakum("--to", "elsewhere", "-", stdin=b"x")[0])
        (self.here / "k.yaml").write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: x, image: x}]}\n")
        status, _, notes = self.oakum("--to", "kubernetes", "k.yaml")
        self.assertEqual(2, status)
        self.assertIn("manifest already", notes)


if __name__ == "__main__":
    unittest.main()
