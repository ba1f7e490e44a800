"""The same image through every place that oakum opens images from, served by the real peers.

OAKUM names the binary. Each test compares what `oakum scan`, confined as always, found with what it finds in the image's
own layout: packages, layers and vulnerabilities.
"""
import gzip
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import feeds  # noqa: E402
import images  # noqa: E402
import peers  # noqa: E402

COULD_NOT = 2
NAME = "demo/app:1.0"
TRACKER = {"alpha": {"CVE-2101-0001": {"releases": {"bookworm": {"status": "resolved", "fixed_version": "1.0-1+deb12u1", "urgency": "high"}}}},
           "beta": {"CVE-2101-0002": {"releases": {"bookworm": {"status": "open", "urgency": "low"}}},
                    "CVE-2101-0003": {"releases": {"bookworm": {"status": "resolved", "fixed_version": "2:3.4-4", "urgency": "high"}}}}}
EXPECTED = {("alpha", "CVE-2101-0001"), ("beta", "CVE-2101-0002")}


def ballast(size):
    """Text that does not compress below half its size, the same in each run."""
    return random.Random(7).randbytes(size // 2).hex()


class Sources(unittest.TestCase):
    """An image, a database that knows of its packages, and what a scan of the image's layout says."""

    @classmethod
    def setUpClass(cls):
        images.binary()
        cls.state = cls.enterClassContext(peers.State())
        cls.state.root.chmod(0o711)  # for the tests that scan as another user
        cls.database = feeds.build(cls.state, {"debian/tracker.json": json.dumps(TRACKER)}, "db")
        cls.layers = [*peers.LAYERS, {"srv/ballast": ballast(6 << 20)}]
        cls.layout = peers.image_layout(cls.state.path("layout"), cls.layers)
        cls.expected = cls.target_of(cls.layout)

    @classmethod
    def oakum(cls, *arguments, inside=(), stdin=None, extra=None):
        environment = images.environment(XDG_CACHE_HOME=cls.state.path("cache"), HOME=cls.state.root, XDG_RUNTIME_DIR=cls.state.root)
        argv = [*inside, images.binary(), "scan", "--db", cls.database, "--no-cache", "--format", "json", "--list-packages", *arguments]
        options = {"input": stdin} if isinstance(stdin, bytes) else {"stdin": stdin or subprocess.DEVNULL}
        return subprocess.run([str(word) for word in argv], capture_output=True, timeout=300, check=False,
                              env=environment | {key: str(value) for key, value in (extra or {}).items()}, **options)

    @classmethod
    def target_of(cls, *arguments, **options):
        done = cls.oakum(*arguments, **options)
        if done.returncode != 0 or not done.stdout:
            raise AssertionError(f"{arguments}: status {done.returncode}: {done.stderr.decode(errors='replace')}{done.stdout.decode()[-2000:]}")
        return json.loads(done.stdout)["targets"][0]

    def assert_same(self, *arguments, **options):
        """What is found is what is found in the layout; returns the target."""
        target = self.target_of(*arguments, **options)
        for part in ("packages", "vulnerabilities", "distribution", "platform", "digest", "unevaluated"):
            self.assertEqual(self.expected[part], target[part], part)
        for part in ("diff_id", "instruction"):
            self.assertEqual([layer[part] for layer in self.expected["layers"]], [layer[part] for layer in target["layers"]], part)
        self.assertEqual([], target["errors"])
        return target

    def assert_refused(self, text, *arguments, **options):
        """An error of one line with this text, and no report; returns the line."""
        done = self.oakum(*arguments, **options)
        error = done.stderr.decode()
        self.assertEqual((COULD_NOT, b""), (done.returncode, done.stdout), error)
        self.assertEqual(1, len(error.splitlines()), error)
        self.assertIn(text, error)
        return error

    @classmethod
    def archive(cls):
        """The image as skopeo writes it for docker load."""
        path = cls.state.path("docker.tar")
        if not path.exists():
            peers.skopeo("copy", f"oci:{cls.layout}:1.0", f"docker-archive:{path}:{NAME}")
        return path

    @classmethod
    def newer_archive(cls):
        """The image as docker 25 and later save it: a layout of layers that are not compressed, with a manifest.json."""
        path = cls.state.path("newer.tar")
        if not path.exists():
            layout = cls.state.path("newer")
            layout.mkdir()
            config = json.loads((cls.layout / "index.json").read_text())["manifests"][0]["digest"]
            config = json.loads(cls.blob(config))["config"]
            tars = [peers.tar_bytes(files) for files in cls.layers]
            manifest = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                        "config": peers.put_blob(layout, cls.blob(config["digest"]), config["mediaType"]),
                        "layers": [peers.put_blob(layout, tar, "application/vnd.oci.image.layer.v1.tar") for tar in tars]}
            entry = peers.put_blob(layout, json.dumps(manifest).encode(), manifest["mediaType"])
            peers.write_index(layout, [entry | {"annotations": {"org.opencontainers.image.ref.name": "1.0"}}])
            places = ["blobs/" + layer["digest"].replace(":", "/") for layer in manifest["layers"]]
            saved = [{"Config": "blobs/" + config["digest"].replace(":", "/"), "RepoTags": [NAME], "Layers": places}]
            (layout / "manifest.json").write_text(json.dumps(saved))
            peers.archive_of(layout, path)
        return path

    @classmethod
    def blob(cls, digest):
        return (cls.layout / "blobs" / digest.replace(":", "/")).read_bytes()

    def push(self, registry, name="team/app:1.0", credentials=None, layout=None, options=()):
        login = ["--dest-creds", credentials] if credentials else []
        peers.skopeo("copy", "--dest-tls-verify=false", *login, *options, f"oci:{layout or self.layout}:1.0", f"docker://{registry}/{name}")
        return f"{registry}/{name}"


class Files(Sources):
    def test_the_reference_is_what_the_image_was_made_of(self):
        self.assertEqual(peers.ALL_PACKAGES, {package["name"]: package["version"] for package in self.expected["packages"]})
        self.assertEqual(EXPECTED, {(entry["package"], entry["id"]) for entry in self.expected["vulnerabilities"]})
        self.assertEqual([peers.digest(peers.tar_bytes(files)) for files in self.layers],
                         [layer["diff_id"] for layer in self.expected["layers"]])
        layers = [layer["diff_id"] for layer in self.expected["layers"]]
        self.assertEqual({"alpha": layers[0], "beta": layers[1]}, {package["name"]: package["layer"] for package in self.expected["packages"]})

    def test_layout_and_archive(self):
        archive = peers.archive_of(self.layout, self.state.path("oci.tar"))
        peers.skopeo("inspect", f"oci-archive:{archive}:1.0")
        for target in (f"{self.layout}:1.0", f"oci-dir:{self.layout}", f"oci:{self.layout}:1.0", archive, f"oci-archive:{archive}:1.0"):
            with self.subTest(str(target)):
                self.assert_same(target)
        self.assert_refused('holds no image "2.0"', f"{archive}:2.0")

    def test_skopeo_docker_archive_plain_compressed_and_piped(self):
        path = self.archive()
        peers.skopeo("inspect", f"docker-archive:{path}")
        self.assert_same(path)
        self.assert_same(f"docker-archive:{path}:{NAME}")
        compressed = self.state.path("docker.tar.gz")
        compressed.write_bytes(gzip.compress(path.read_bytes(), 1))
        self.assert_same(compressed)
        with open(path, "rb") as stream:
            self.assert_same("-", stdin=stream)
        self.assert_same("-", stdin=compressed.read_bytes())

    def test_docker_archive_that_is_a_layout_too(self):
        path = self.newer_archive()
        peers.skopeo("inspect", f"docker-archive:{path}:{NAME}")
        peers.skopeo("inspect", f"oci-archive:{path}:1.0")
        for target in (path, f"docker-archive:{path}", f"{path}:{NAME}", f"oci-archive:{path}:1.0"):
            with self.subTest(str(target)):
                self.assert_same(target)

    def test_a_root_directory_has_the_same_packages_and_vulnerabilities(self):
        root = images.write(self.state.path("root"), {"etc/os-release": peers.OS_RELEASE, "var/lib/dpkg/status": peers.dpkg_status(peers.ALL_PACKAGES)})
        without_layer = [{**package, "layer": None} for package in self.expected["packages"]]
        for name in (root, f"rootfs:{root}", f"dir:{root}"):
            with self.subTest(str(name)):
                target = self.target_of(name)
                self.assertEqual(without_layer, [{**package, "layer": None} for package in target["packages"]])
                self.assertEqual(EXPECTED, {(entry["package"], entry["id"]) for entry in target["vulnerabilities"]})

    def test_the_archives_of_our_tool_are_read_by_skopeo_and_oakum(self):
        peers.need_root()  # skopeo unpacks archives with their files' owners
        steps = [peers.LAYERS[0], {**peers.LAYERS[0], **peers.LAYERS[1]}]
        steps.append({path: text for path, text in steps[1].items() if path != "tmp/junk"})
        words = []
        for number, files in enumerate(steps):
            self.state.path(f"step{number}.tar").write_bytes(peers.tar_bytes(files))
            words.append(f"{self.state.path(f'step{number}.tar')}={peers.COMMANDS[number]}")
        archive = self.state.path("tool.tar")
        peers.run(sys.executable, images.PROJECT / "tools/make-oci-archive", archive, *words)
        seen = json.loads(peers.skopeo("inspect", f"oci-archive:{archive}").stdout)
        self.assertEqual(len(steps), len(seen["Layers"]))
        target = self.target_of(archive)
        self.assertEqual(peers.ALL_PACKAGES, {package["name"]: package["version"] for package in target["packages"]})
        self.assertEqual(EXPECTED, {(entry["package"], entry["id"]) for entry in target["vulnerabilities"]})
        self.assertEqual(peers.COMMANDS, [layer["instruction"] for layer in target["layers"]])
        copy = self.state.path("tool-docker.tar")
        peers.skopeo("copy", f"oci-archive:{archive}", f"docker-archive:{copy}:tool/image:1")
        again = self.target_of(copy)
        self.assertEqual([layer["diff_id"] for layer in target["layers"]], [layer["diff_id"] for layer in again["layers"]])

    def test_a_layout_whose_blob_is_a_link_out_of_it_is_confined(self):
        layout = peers.image_layout(self.state.path("linked"), self.layers)
        blob = next(path for path in sorted((layout / "blobs/sha256").iterdir()) if path.stat().st_size > 1 << 20)
        shutil.move(blob, self.state.path("outside"))
        blob.symlink_to(self.state.path("outside"))
        done = self.oakum(layout)
        self.assertEqual(COULD_NOT, done.returncode)
        self.assertIn("permission denied", json.dumps(json.loads(done.stdout)["targets"][0]["errors"]).lower())


class Registries(Sources):
    def test_plain(self):
        with peers.State() as state, peers.registry(state) as registry:
            name = self.push(registry)
            target = self.assert_same(f"registry:{name}")
            self.assertEqual(self.expected["manifest"], target["manifest"])
            self.assert_same(name)
            self.assert_same(f"registry:localhost:{registry.partition(':')[2]}/team/app@{self.expected['manifest']}")
            self.assert_refused("the registry does not know it", f"registry:{registry}/team/app:2.0")

    def test_a_changed_blob_is_an_error(self):
        with peers.State() as state, peers.registry(state) as registry:
            name = self.push(registry)
            file = registry.blob(self.expected["layers"][1]["digest"])
            data = bytearray(file.read_bytes())
            data[len(data) // 2] ^= 1
            file.write_bytes(data)
            done = self.oakum(f"registry:{name}")
            self.assertEqual(COULD_NOT, done.returncode, done.stderr)
            self.assertIn(self.expected["layers"][1]["diff_id"][:19], json.dumps(json.loads(done.stdout)["targets"][0]["errors"]))

    def test_basic_login_by_file_and_by_option(self):
        with peers.State() as state, peers.registry(state, htpasswd=("user", "pass word")) as registry:
            target = f"registry:{self.push(registry, credentials='user:pass word')}"
            self.assert_refused("wants a login", target)
            config = state.path("docker-config")
            config.mkdir()
            peers.run("skopeo", "login", "--tls-verify=false", "--authfile", config / "config.json", "-u", "user", "-p", "pass word", registry)
            self.assert_same(target, extra={"DOCKER_CONFIG": config})
            self.assert_same("--username", "user", "--password-stdin", target, stdin=b"pass word\n")
            self.assert_refused("the registry denies access", "--username", "user", "--password-stdin", target, stdin=b"wrong\n")

    def test_tokens(self):
        with peers.State() as state, peers.TokenServer(state, anonymous_pull=True) as tokens:
            with peers.registry(state, token=tokens) as registry:
                target = f"registry:{self.push(registry, credentials=f'{tokens.USER}:{tokens.PASSWORD}')}"
                tokens.requests.clear()
                self.assert_same(target)
                self.assertEqual([{"scopes": ["repository:team/app:pull"], "authorized": False}], tokens.requests)
                tokens.requests.clear()
                self.assert_same("--username", tokens.USER, "--password-stdin", target, stdin=tokens.PASSWORD.encode())
                self.assertEqual([{"scopes": ["repository:team/app:pull"], "authorized": True}], tokens.requests)
                tokens.anonymous_pull = False
                self.assert_refused("the registry wants a login", target)
                self.assert_refused("the token server refused the login", "--username", "x", "--password-stdin", target, stdin=b"y")

    def test_tls_with_a_certificate_authority_of_its_own(self):
        with peers.State() as state:
            certificates = peers.certificates(state)
            with peers.registry(state, tls=certificates) as registry:
                target = f"registry:{self.push(registry)}"
                self.assert_same(target, extra={"SSL_CERT_FILE": certificates / "ca.pem"})
                self.assert_same("--insecure", target)
                self.assert_refused("SSL_CERT_FILE", target)

    def test_a_blob_that_breaks_off_is_resumed_where_it_broke(self):
        with peers.State() as state, peers.registry(state) as registry, peers.FlakyProxy(registry, cuts=2) as proxy:
            self.push(registry)
            self.assert_same(f"registry:{proxy.address}/team/app:1.0")
            size = max(path.stat().st_size for path in (self.layout / "blobs/sha256").iterdir())
            self.assertGreater(size, proxy.BIG)
            big = [entry for entry in proxy.requests if entry[3] and entry[0].endswith(peers.digest(self.big_blob()))]
            first = size // 3
            second = first + (size - first) // 3
            self.assertEqual([(None, 200, first), (f"bytes={first}-", 206, second - first), (f"bytes={second}-", 206, size - second)],
                             [entry[1:] for entry in big])

    def big_blob(self):
        return max((path.read_bytes() for path in (self.layout / "blobs/sha256").iterdir()), key=len)

    def test_a_busy_registry_is_asked_again_after_the_time_that_it_names(self):
        with peers.State() as state, peers.registry(state) as registry, peers.FlakyProxy(registry, busy=2) as proxy:
            self.push(registry)
            start = time.monotonic()
            self.assert_same(f"registry:{proxy.address}/team/app:1.0")
            self.assertGreaterEqual(time.monotonic() - start, 2 * proxy.RETRY_AFTER)
            self.assertEqual([429, 429, 200], [status for path, _, status, _ in proxy.requests if "/manifests/" in path])
            proxy.RETRY_AFTER, proxy.busy = 0, 1000
            self.assert_refused("rate limit is reached; try later, or log in", f"registry:{proxy.address}/team/app:1.0")

    def test_blobs_on_another_host_whose_name_is_resolved_while_confined(self):
        with peers.State() as state, peers.registry(state) as registry:
            self.push(registry)
            elsewhere = f"http://localhost:{registry.partition(':')[2]}"
            with peers.FlakyProxy(registry, redirect=elsewhere) as proxy:
                self.assert_same(f"registry:{proxy.address}/team/app:1.0")
                self.assertEqual(1 + len(self.layers), [status for _, _, status, _ in proxy.requests].count(307))

    def test_a_name_that_a_name_server_knows(self):
        with peers.State() as state, peers.network(state) as network, peers.registry(state, network=network) as registry:
            with peers.nameserver(state, network) as inside:
                port = registry.partition(":")[2]
                peers.run(*network.inside, "skopeo", "--insecure-policy", "copy", "--dest-tls-verify=false", f"oci:{self.layout}:1.0",
                          f"docker://{registry}/team/app:1.0")
                self.assert_same("--insecure", f"registry:hub.example:{port}/team/app:1.0", inside=inside)
                self.assert_refused("could not resolve host: hub.invalid", f"registry:hub.invalid:{port}/team/app:1.0", inside=inside)

    def test_platforms_of_an_index(self):
        layout = self.state.path("index")
        layout.mkdir()
        manifests = [peers.put_image(layout, [{**self.layers[0], "etc/arch": word}, *self.layers[1:]], word, variant) |
                     {"platform": {"os": "linux", "architecture": word, **({"variant": variant} if variant else {})}}
                     for word, variant in (("amd64", None), ("arm64", "v8"), ("arm", "v7"))]
        index = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": manifests}
        blob = peers.put_blob(layout, json.dumps(index).encode(), index["mediaType"])
        peers.write_index(layout, [blob | {"annotations": {"org.opencontainers.image.ref.name": "1.0"}}])
        with peers.State() as state, peers.registry(state) as registry:
            name = self.push(registry, layout=layout, options=["--all"])
            for place in (layout, f"registry:{name}"):
                for asked, found, at in (("linux/arm64", "linux/arm64/v8", 1), ("linux/arm/v7", "linux/arm/v7", 2), ("linux/amd64", "linux/amd64", 0)):
                    with self.subTest(place=str(place), asked=asked):
                        target = self.target_of("--platform", asked, place)
                        self.assertEqual((found, manifests[at]["digest"]), (target["platform"], target["manifest"]))
                        self.assertEqual(EXPECTED, {(entry["package"], entry["id"]) for entry in target["vulnerabilities"]})
                self.assert_refused("linux/s390x", "--platform", "linux/s390x", place)

    def test_plain_http_beyond_loopback_needs_insecure(self):
        with peers.State() as state, peers.network(state) as network, peers.registry(state, network=network) as registry:
            copy = ["skopeo", "--insecure-policy", "copy", "--dest-tls-verify=false", f"oci:{self.layout}:1.0", f"docker://{registry}/team/app:1.0"]
            peers.run(*network.inside, *copy)
            error = self.assert_refused("the registry speaks plain HTTP", f"registry:{registry}/team/app:1.0", inside=network.inside)
            self.assertEqual(f"oakum: {registry}/team/app: the registry speaks plain HTTP; use --insecure if you trust this network\n", error)
            self.assert_same("--insecure", f"registry:{registry}/team/app:1.0", inside=network.inside)

    def test_a_name_that_is_nowhere_tells_every_place(self):
        with peers.State() as state, peers.network(state) as network:
            places = {"DOCKER_HOST": f"unix://{state.root}/docker.sock", "CONTAINER_HOST": f"unix://{state.root}/podman.sock"}
            error = self.assert_refused("found in none of these", "registry.example/no/such:image", inside=network.inside, extra=places)
            for place in (f"docker daemon (unix://{state.root}/docker.sock: ", f"podman service (unix://{state.root}/podman.sock: ",
                          "podman storage (", "docker storage (", "registry (https://registry.example/v2/: could not resolve host"):
                self.assertIn(place, error)
            self.assert_refused("could not resolve host", "registry:registry.example/no/such:image", inside=network.inside)


class Engines(Sources):
    # No copy can be made there: an image that is scanned all the same was read in place.
    IN_PLACE = {"TMPDIR": "/nonexistent"}

    def test_dockerd_with_overlay2(self):
        with peers.State() as state:
            certificates = peers.certificates(state)
            with peers.dockerd(state, certificates=certificates) as docker:
                docker("load", "-i", self.archive())
                self.in_place(docker)
                self.over_tcp(docker, certificates, state)
                saved = state.path("saved.tar")
                docker("save", "-o", saved, NAME)
                self.assert_same(saved)
                peers.skopeo("inspect", f"docker-archive:{saved}")
                self.as_another_user(docker, state)
                self.assert_refused('no image "demo/app:9.9"', "docker:demo/app:9.9", extra={"DOCKER_HOST": docker.host})

    def in_place(self, docker):
        place = self.IN_PLACE | {"DOCKER_HOST": docker.host}
        identifier = self.expected["digest"].removeprefix("sha256:")
        for name in (NAME, f"docker:{NAME}", f"docker:{identifier}", f"docker:{identifier[:12]}"):
            with self.subTest(name):
                self.assert_same(name, extra=place)
        self.assert_same("--docker-host", docker.host, f"docker:{NAME}", extra=self.IN_PLACE)
        self.assert_same(f"overlay2:[{docker.data_root}]{NAME}", extra=self.IN_PLACE)

    def over_tcp(self, docker, certificates, state):
        tls = {"DOCKER_HOST": docker.tcp, "DOCKER_TLS_VERIFY": "1", "DOCKER_CERT_PATH": certificates}
        self.assert_same(f"docker:{NAME}", extra=tls)
        other = peers.certificates(state, "other")
        self.assert_refused(docker.tcp, f"docker:{NAME}", extra=tls | {"DOCKER_CERT_PATH": other})
        self.assert_refused(docker.tcp, f"docker:{NAME}", extra={"DOCKER_HOST": docker.tcp})
        config = state.path("config")
        parts = f"host={docker.tcp},ca={certificates}/ca.pem,cert={certificates}/cert.pem,key={certificates}/key.pem"
        peers.run("docker", "--config", config, "context", "create", "far", "--docker", parts)
        peers.run("docker", "--config", config, "context", "create", "near", "--docker", f"host={docker.host}")
        for name in ("far", "near"):
            with self.subTest(context=name):
                self.assert_same(f"docker:{NAME}", extra={"DOCKER_CONFIG": config, "DOCKER_CONTEXT": name})
        peers.run("docker", "--config", config, "context", "use", "far")
        self.assert_same(f"docker:{NAME}", extra={"DOCKER_CONFIG": config})

    def as_another_user(self, docker, state):
        """Whoever may use the socket, but not read the daemon's files, gets the image exported."""
        peers.need("setpriv")
        socket = pathlib.Path(docker.host.removeprefix("unix://"))
        for directory in (state.root, socket.parent):
            directory.chmod(0o711)
        socket.chmod(0o666)
        binary = pathlib.Path(shutil.copy(images.binary(), self.state.path("oakum")))
        binary.chmod(0o755)
        self.state.path("db").chmod(0o644)
        inside = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
        kept, os.environ["OAKUM"] = os.environ["OAKUM"], str(binary)
        try:
            self.assert_same(f"docker:{NAME}", inside=inside, extra={"DOCKER_HOST": docker.host})
            self.assert_refused("temporary file", f"docker:{NAME}", inside=inside, extra={"DOCKER_HOST": docker.host} | self.IN_PLACE)
        finally:
            os.environ["OAKUM"] = kept

    def test_dockerd_that_cannot_be_read_in_place_exports(self):
        with peers.State() as state, peers.dockerd(state, driver="vfs") as docker:
            for archive in (self.archive(), self.newer_archive()):
                with self.subTest(archive.name):
                    docker("load", "-i", archive)
                    self.assert_same(f"docker:{NAME}", extra={"DOCKER_HOST": docker.host})
                    docker("rmi", NAME)

    def test_podman(self):
        for driver in ("overlay", "vfs"):
            with self.subTest(driver), peers.State() as state, peers.podman(state, driver=driver) as podman:
                podman("load", "-i", self.archive())
                in_place = self.IN_PLACE if driver == "overlay" else {}
                with podman.serve() as host:
                    self.assert_same(f"podman:{NAME}", extra={"CONTAINER_HOST": host} | in_place)
                    self.assert_same(NAME, extra={"CONTAINER_HOST": host, "DOCKER_HOST": f"unix://{state.root}/none.sock"} | in_place)
                    self.assert_refused('no image "demo/none:1"', "podman:demo/none:1", extra={"CONTAINER_HOST": host})
                saved = state.path("saved.tar")
                podman("save", "-o", saved, NAME)
                self.assert_same(saved)
                if driver == "overlay":
                    self.assert_same(f"containers-storage:[{podman.graph_root}]{NAME}", extra=self.IN_PLACE)
                else:
                    self.assert_refused("its storage driver is not overlay", f"containers-storage:[{podman.graph_root}]{NAME}")


HELD = """
import sys, time
sys.path.insert(0, sys.argv[1])
import peers
with peers.State() as state, peers.network(state), peers.dockerd(state, driver="vfs") as docker:
    print(state.root, flush=True)
    time.sleep(120)
"""


class CleanUp(unittest.TestCase):
    """A test that is ended in its midst leaves no process, mount, interface, namespace or directory."""

    def left(self, root):
        """All that is still there of a state."""
        found = [str(root)] if root.exists() else []
        found += peers.mounts_below(root)
        for words in (["netns", "list"], ["-o", "link"]):
            found += [line for line in peers.run("ip", *words).stdout.decode().splitlines() if root.name in line or peers.bridge_of(root) in line]
        return found + self.processes(root)

    def processes(self, root):
        found = []
        for place in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if str(root).encode() in place.read_bytes():
                    found.append(place.parent.name)
            except OSError:
                continue
        return found

    def ended_by(self, number):
        peers.need("ip", "dockerd", "docker")
        peers.need_root()
        with subprocess.Popen([sys.executable, "-c", HELD, str(pathlib.Path(__file__).parent)], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as child:
            line = child.stdout.readline().decode().strip()
            if not line:
                self.skipTest(child.stderr.read().decode(errors="replace")[-500:])
            root = pathlib.Path(line)
            self.assertTrue(self.processes(root))
            child.send_signal(number)
            child.communicate(timeout=60)
        return root

    def test_interrupted(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number):
                root = self.ended_by(number)
                self.assertEqual([], self.left(root))

    def test_killed(self):
        root = self.ended_by(signal.SIGKILL)
        deadline = time.monotonic() + 30
        while self.processes(root) and time.monotonic() < deadline:  # they end with the killed process, by themselves
            time.sleep(0.1)
        self.assertTrue(peers.is_abandoned(root))
        os.utime(root, (0, 0))
        with peers.State() as other:
            self.assertTrue(other.root.exists())
        self.assertEqual([], self.left(root))


if __name__ == "__main__":
    unittest.main()
