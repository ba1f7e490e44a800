"""The same image through every place that oakum opens images from, served by the real peers.

OAKUM names the binary. Each test compares what `oakum scan` found with what the image was made of.
"""
import gzip
import json
import os
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import peers  # noqa: E402

OAKUM = os.environ.get("OAKUM")


@unittest.skipUnless(OAKUM, "OAKUM does not name the oakum binary")
class SourcesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.state = cls.enterClassContext(peers.State())
        cls.layout = peers.image_layout(cls.state.path("layout"))
        cls.cache = cls.state.path("cache")

    def oakum(self, *arguments, env=None, stdin=None):
        environment = {**os.environ, "XDG_CACHE_HOME": str(self.cache), "HOME": str(self.state.root), **(env or {})}
        return subprocess.run([OAKUM, "scan", "--format", "json", "--list-packages", *map(str, arguments)],
                              capture_output=True, env=environment, stdin=stdin, timeout=300, check=False)

    def assert_scanned(self, *arguments, **options):
        done = self.oakum(*arguments, **options)
        try:
            target = json.loads(done.stdout)["targets"][0]
        except (ValueError, LookupError):
            self.fail(f"no report: status {done.returncode}: {done.stderr.decode(errors='replace')}")
        found = {package["name"]: package["version"] for package in target["packages"]}
        self.assertEqual(found, peers.ALL_PACKAGES)
        self.assertEqual(target["platform"], "linux/amd64")

    def assert_refused(self, text, *arguments, **options):
        done = self.oakum(*arguments, **options)
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn(text, done.stderr.decode() + done.stdout.decode())

    def docker_archive(self):
        path = self.state.path("docker.tar")
        if not path.exists():
            peers.skopeo("copy", f"oci:{self.layout}:1.0", f"docker-archive:{path}:demo/app:1.0")
        return path

    def test_layout_and_archive(self):
        archive = peers.archive_of(self.layout, self.state.path("oci.tar"))
        for target in (self.layout, f"{self.layout}:1.0", f"oci-dir:{self.layout}", archive, f"oci-archive:{archive}:1.0"):
            with self.subTest(str(target)):
                self.assert_scanned(target)
        self.assert_refused('holds no image "2.0"', f"{archive}:2.0")

    def test_skopeo_docker_archive_plain_compressed_and_piped(self):
        path = self.docker_archive()
        self.assert_scanned(path)
        self.assert_scanned(f"docker-archive:{path}:demo/app:1.0")
        compressed = self.state.path("docker.tar.gz")
        compressed.write_bytes(gzip.compress(path.read_bytes()))
        self.assert_scanned(compressed)
        with open(compressed, "rb") as stream:
            self.assert_scanned("-", stdin=stream)

    def test_plain_registry(self):
        with peers.State() as state, peers.registry(state) as registry:
            peers.skopeo("copy", "--dest-tls-verify=false", f"oci:{self.layout}:1.0", f"docker://{registry}/team/app:1.0")
            self.assert_scanned(f"registry:{registry}/team/app:1.0")
            self.assert_scanned(f"{registry}/team/app:1.0")
            self.assert_refused("the registry does not know it", f"registry:{registry}/team/app:2.0")

    def test_registry_with_basic_login(self):
        with peers.State() as state, peers.registry(state, htpasswd=("user", "pass word")) as registry:
            peers.skopeo("copy", "--dest-tls-verify=false", "--dest-creds", "user:pass word", f"oci:{self.layout}:1.0",
                         f"docker://{registry}/team/app:1.0")
            target = f"registry:{registry}/team/app:1.0"
            self.assert_refused("wants a login", target)
            config = state.path("docker-config")
            config.mkdir()
            peers.run("skopeo", "login", "--tls-verify=false", "--authfile", config / "config.json", "-u", "user", "-p",
                      "pass word", registry)
            self.assert_scanned(target, env={"DOCKER_CONFIG": str(config)})

    def test_registry_with_tokens(self):
        with peers.State() as state, peers.TokenServer(state, anonymous_pull=True) as tokens:
            with peers.registry(state, token=tokens) as registry:
                peers.skopeo("copy", "--dest-tls-verify=false", "--dest-creds", f"{tokens.USER}:{tokens.PASSWORD}",
                             f"oci:{self.layout}:1.0", f"docker://{registry}/team/app:1.0")
                tokens.requests.clear()
                self.assert_scanned(f"registry:{registry}/team/app:1.0")
                self.assertIn(["repository:team/app:pull"], [request["scopes"] for request in tokens.requests])

    def test_docker(self):
        for driver in ("overlay2", "vfs"):  # read in place; exported
            with self.subTest(driver), peers.State() as state, peers.dockerd(state, driver=driver) as docker:
                docker("load", "-i", self.docker_archive())
                self.assert_scanned("docker:demo/app:1.0", env={"DOCKER_HOST": docker.host})
                saved = state.path("saved.tar")
                docker("save", "-o", saved, "demo/app:1.0")
                self.assert_scanned(saved)
                if driver == "overlay2":
                    self.assert_scanned(f"overlay2:[{docker.data_root}]demo/app:1.0")

    def test_podman(self):
        for driver in ("overlay", "vfs"):
            with self.subTest(driver), peers.State() as state, peers.podman(state, driver=driver) as podman:
                podman("load", "-i", self.docker_archive())
                with podman.serve() as host:
                    self.assert_scanned("podman:demo/app:1.0", env={"CONTAINER_HOST": host})
                if driver == "overlay":
                    self.assert_scanned(f"containers-storage:[{podman.graph_root}]demo/app:1.0")

    def test_every_place_that_was_tried_is_named(self):
        self.assert_refused("docker daemon: ", "localhost:1/no/such:image")


if __name__ == "__main__":
    unittest.main()
