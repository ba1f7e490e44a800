"""The advisory database through a registry: `oakum db push` and `oakum db pull`, beside skopeo on the same registry."""
import json
import os
import subprocess
import time
import unittest

import feeds
import images
import peers

COULD_NOT = 2
ARTIFACT = "application/vnd.oakum.database.v1"
LAYER = "application/vnd.oakum.database.v1.lmdb+zstd"
EMPTY = "application/vnd.oci.empty.v1+json"
TRACKER = {f"package{number}": {f"CVE-2101-{number:04}": {"description": f"Flaw {number}.", "releases": {
    "bookworm": {"status": "resolved", "fixed_version": f"1.{number}", "urgency": "high"}}}} for number in range(1, 400)}


class DatabaseRegistry(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        images.binary()
        cls.state = cls.enterClassContext(peers.State())
        cls.database = feeds.build(cls.state, {"debian/tracker.json": json.dumps(TRACKER)}, "db")
        cls.bytes = cls.database.read_bytes()
        cls.registry = cls.state.enter(peers.registry(cls.state))
        cls.port = cls.registry.partition(":")[2]

    def setUp(self):
        self.here = self.state.path(self.id().rpartition(".")[2])
        self.here.mkdir()
        self.old = self.here / "oakum.db"

    def db(self, verb, *arguments, stdin=None, database=None, **extra):
        return images.oakum("db", verb, "--db", database or self.database, *arguments, stdin=stdin, HOME=self.here,
                            XDG_RUNTIME_DIR=self.here, **extra)

    def sound(self, verb, *arguments, **options):
        """Standard output of a command that has to succeed, stripped."""
        done = self.db(verb, *arguments, **options)
        self.assertEqual(0, done.returncode, done.stderr.decode())
        return done.stdout.decode().strip()

    def push(self, name, **options):
        return self.sound("push", f"localhost:{self.port}/{name}", **options)

    def refused(self, text, verb, *arguments, **options):
        """An error of one line with this text; the line is returned."""
        done = self.db(verb, *arguments, **options)
        error = done.stderr.decode()
        self.assertEqual((COULD_NOT, b""), (done.returncode, done.stdout), error)
        self.assertRegex(error, r"\Aoakum: [^\n]*[^.\s]\n\Z")
        self.assertIn(text, error)
        return error

    def pull_refused(self, text, *arguments, **options):
        """As refused(); the database that was there is still there, and nothing beside it."""
        self.old.write_bytes(self.bytes)
        before = self.old.stat()
        error = self.refused(text, "pull", *arguments, database=self.old, **options)
        after = self.old.stat()
        self.assertEqual((before.st_ino, before.st_mtime_ns), (after.st_ino, after.st_mtime_ns))
        self.assertEqual(self.bytes, self.old.read_bytes())
        self.assertEqual([], [name for name in os.listdir(self.here) if name.startswith(".oakum") or ".tmp" in name])
        return error

    def inspect(self, name):
        return json.loads(peers.skopeo("inspect", "--raw", "--tls-verify=false", f"docker://{self.registry}/{name}").stdout)

    def put_artifact(self, name, layer, layer_type=LAYER):
        """Pushes an artifact made by hand, with skopeo; its layer need be no database."""
        layout = self.here / f"layout-{name.replace('/', '-').replace(':', '-')}"
        blob = peers.put_blob(layout, layer, layer_type)
        manifest = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "artifactType": ARTIFACT,
                    "config": peers.put_blob(layout, b"{}", EMPTY), "layers": [blob]}
        descriptor = peers.put_blob(layout, json.dumps(manifest).encode(), manifest["mediaType"])
        peers.write_index(layout, [descriptor | {"annotations": {"org.opencontainers.image.ref.name": "1"}}])
        peers.skopeo("copy", "--dest-tls-verify=false", f"oci:{layout}:1", f"docker://{self.registry}/{name}")

    # --- there and back ---

    def test_pushed_and_pulled_it_is_the_same(self):
        digest = self.push("sec/db:v1")
        self.assertRegex(digest, r"^sha256:[0-9a-f]{64}$")
        for number, reference in enumerate((f"localhost:{self.port}/sec/db:v1", f"{self.registry}/sec/db@{digest}")):
            with self.subTest(reference):
                place = self.here / f"deep/{number}/other.db"
                self.assertEqual(digest, self.sound("pull", reference, database=place))
                self.assertEqual(self.bytes, place.read_bytes())
                self.assertIn("sound", self.sound("verify", database=place))
                self.assertEqual(json.loads(self.sound("info", "--format", "json"))["feeds"],
                                 json.loads(self.sound("info", "--format", "json", database=place))["feeds"])
                self.assertEqual(["other.db"], os.listdir(place.parent))

    def test_skopeo_reads_the_artifact_and_finds_what_was_said(self):
        digest = self.push("sec/seen:v1")
        raw = peers.skopeo("inspect", "--raw", "--tls-verify=false", f"docker://{self.registry}/sec/seen:v1").stdout
        self.assertEqual(digest, peers.digest(raw))
        manifest = json.loads(raw)
        self.assertEqual((ARTIFACT, EMPTY), (manifest["artifactType"], manifest["config"]["mediaType"]))
        self.assertEqual([LAYER], [layer["mediaType"] for layer in manifest["layers"]])
        layer = manifest["layers"][0]
        stored = self.registry.blob(layer["digest"]).read_bytes()
        self.assertEqual((layer["digest"], layer["size"]), (peers.digest(stored), len(stored)))
        peers.need("zstd")
        self.assertEqual(self.bytes, peers.run("zstd", "-dc", stdin=stored).stdout)

    def test_what_skopeo_copied_to_another_registry_is_pulled_from_there(self):
        digest = self.push("sec/mirrored:v1")
        with peers.State() as state, peers.registry(state) as other:
            peers.skopeo("copy", "--src-tls-verify=false", "--dest-tls-verify=false", f"docker://{self.registry}/sec/mirrored:v1",
                         f"docker://{other}/far/db:v1")
            self.assertEqual(digest, self.sound("pull", f"{other}/far/db:v1", database=self.old))
        self.assertEqual(self.bytes, self.old.read_bytes())

    def test_the_same_database_is_the_same_artifact(self):
        self.assertEqual(self.push("sec/first:v1"), self.push("sec/second:v2"))

    def test_pull_replaces_the_old_database_at_once(self):
        self.push("sec/new:v1")
        self.old.write_bytes(b"old")
        with open(self.old, "rb") as reader:
            self.sound("pull", f"{self.registry}/sec/new:v1", database=self.old)
            self.assertEqual(b"old", reader.read())
        self.assertEqual(self.bytes, self.old.read_bytes())

    # --- logins ---

    def test_login_by_option_and_by_file(self):
        with peers.State() as state, peers.registry(state, htpasswd=("user", "pass word")) as closed:
            reference = f"{closed}/sec/db:v1"
            self.refused("the registry wants a login; log in with docker login or podman login, or give --username", "push", reference)
            login = ["--username", "user", "--password-stdin"]
            self.refused("the registry denies access", "push", *login, reference, stdin=b"wrong\n")
            digest = self.sound("push", *login, reference, stdin=b"pass word\n")
            self.pull_refused("the registry wants a login", reference)
            self.pull_refused("the registry denies access", *login, reference, stdin=b"wrong\n")
            self.assertEqual(digest, self.sound("pull", *login, reference, stdin=b"pass word\n", database=self.old))
            config = state.path("config")
            config.mkdir()
            peers.run("skopeo", "login", "--tls-verify=false", "--authfile", config / "config.json", "-u", "user", "-p", "pass word", closed)
            self.assertEqual(digest, self.sound("pull", reference, database=self.here / "by-file.db", DOCKER_CONFIG=config))
            self.assertEqual(self.bytes, (self.here / "by-file.db").read_bytes())
            self.assertEqual(digest, self.sound("push", f"{closed}/sec/db:v2", DOCKER_CONFIG=config))

    def test_tokens_are_asked_for_what_is_done_and_no_more(self):
        with peers.State() as state, peers.TokenServer(state, anonymous_pull=True) as tokens, peers.registry(state, token=tokens) as closed:
            reference = f"{closed}/sec/db:v1"
            self.refused("the registry wants a login", "push", reference)
            self.sound("push", "--username", tokens.USER, "--password-stdin", reference, stdin=tokens.PASSWORD.encode())
            tokens.requests.clear()
            self.sound("pull", reference, database=self.old)
            self.assertEqual([["repository:sec/db:pull"]], [request["scopes"] for request in tokens.requests])
        self.assertEqual(self.bytes, self.old.read_bytes())

    # --- what cannot be had ---

    def test_a_blob_that_the_registry_changed(self):
        self.push("bad/flipped:v1")
        digest = self.inspect("bad/flipped:v1")["layers"][0]["digest"]
        file = self.registry.blob(digest)
        sound = file.read_bytes()
        try:
            for at in (10, len(sound) // 2, len(sound) - 1):
                with self.subTest(at=at):
                    changed = bytearray(sound)
                    changed[at] ^= 0x40
                    file.write_bytes(changed)
                    self.pull_refused(f"{self.registry}/bad/flipped:v1: ", f"{self.registry}/bad/flipped:v1")
            file.write_bytes(sound[:-100])
            self.pull_refused(f"ends after {len(sound) - 100:,} of the {len(sound):,} bytes that its manifest states", f"{self.registry}/bad/flipped:v1")
            file.write_bytes(sound + b"\0" * 100)
            self.pull_refused("larger than the", f"{self.registry}/bad/flipped:v1")
            # Another sound stream of the same size cannot be made; the digest alone tells a stream of other size from it.
        finally:
            file.write_bytes(sound)

    def test_another_database_than_its_digest_names(self):
        """The registry hands out a sound database, but not the one that the manifest promised."""
        digest = self.push("bad/swapped:v1")
        other = feeds.build(self.state, {"debian/tracker.json": json.dumps({"z": TRACKER["package1"]})}, "other")
        peers.need("zstd")
        peers.run("zstd", "-qf", other, "-o", self.here / "other.zst")
        swapped = (self.here / "other.zst").read_bytes()
        manifest = self.inspect("bad/swapped:v1")
        self.put_artifact("bad/hand:v1", swapped)
        lie = dict(manifest, layers=[dict(manifest["layers"][0], digest=peers.digest(b"never pushed"), size=len(swapped))])
        with SwappingProxy(self.registry, digest, json.dumps(lie).encode(), swapped) as proxy:
            error = self.pull_refused("its bytes have the digest", f"{proxy.address}/bad/swapped:v1")
            self.assertIn(peers.digest(swapped), error)
            self.assertIn(peers.digest(b"never pushed"), error)
            # Asked for by digest, the changed manifest is found out itself.
            self.pull_refused("the manifest's digest is", f"{proxy.address}/bad/swapped@{digest}")

    def test_no_artifact_of_ours(self):
        layout = peers.image_layout(self.here / "image")
        peers.skopeo("copy", "--dest-tls-verify=false", f"oci:{layout}:1.0", f"docker://{self.registry}/some/image:1")
        self.pull_refused("is no advisory database of a version that this oakum reads", f"{self.registry}/some/image:1")
        self.put_artifact("some/future:1", b"x", "application/vnd.oakum.database.v99")
        self.pull_refused("is no advisory database of a version that this oakum reads", f"{self.registry}/some/future:1")

    def test_a_layer_that_is_no_database(self):
        self.put_artifact("some/text:1", b"just text, no zstd at all")
        self.pull_refused("is not the zstd stream it should be", f"{self.registry}/some/text:1")
        peers.need("zstd")
        for name, content in (("words", b"words, compressed well"), ("half", self.bytes[:len(self.bytes) // 2]), ("none", b"")):
            with self.subTest(name):
                self.put_artifact(f"some/{name}:1", peers.run("zstd", "-qc", stdin=content).stdout)
                self.pull_refused("", f"{self.registry}/some/{name}:1")

    def test_a_tag_that_is_not_there(self):
        self.pull_refused("the registry does not know it", f"{self.registry}/no/such:v1")

    def test_no_registry_there(self):
        start = time.monotonic()
        self.pull_refused("connection refused", f"127.0.0.1:{peers.free_port()}/sec/db:v1")
        self.refused("connection refused", "push", f"127.0.0.1:{peers.free_port()}/sec/db:v1")
        self.assertLess(time.monotonic() - start, 15)

    def test_a_name_that_is_none(self):
        self.pull_refused("Not A Name", "Not A Name")

    def test_only_a_sound_database_is_pushed(self):
        broken = self.here / "broken.db"
        for name, content in (("text", b"no database"), ("cut", self.bytes[:len(self.bytes) // 2]), ("empty", b"")):
            with self.subTest(name):
                broken.write_bytes(content)
                self.refused(str(broken), "push", f"{self.registry}/never/{name}:v1", database=broken)
                self.assertFalse((self.registry.data / f"docker/registry/v2/repositories/never/{name}").exists())
        self.refused("missing.db", "push", f"{self.registry}/never/missing:v1", database=self.here / "missing.db")

    def test_plain_http_beyond_loopback(self):
        with peers.State() as state, peers.network(state) as network, peers.registry(state, network=network) as far:
            argv = [*network.inside, images.binary(), "db", "push", "--db", str(self.database), f"{far}/sec/db:v1"]
            environment = images.environment(HOME=self.here)
            done = subprocess.run(argv, capture_output=True, env=environment, check=False)
            self.assertEqual((COULD_NOT, f"oakum: {far}/sec/db: the registry speaks plain HTTP; use --insecure if you trust this network\n"),
                             (done.returncode, done.stderr.decode()))
            done = subprocess.run([*argv, "--insecure"], capture_output=True, env=environment, check=False)
            self.assertEqual(0, done.returncode, done.stderr.decode())


class SwappingProxy(peers.FlakyProxy):
    """Answers for one manifest with another, and for blobs that the registry does not have with one of its own."""

    def __init__(self, upstream, digest, manifest, blob):
        super().__init__(upstream)
        self.digest, self.manifest, self.blob = digest, manifest, blob

    def answer(self, request):
        if "/manifests/" in request.path:
            body, kind = self.manifest, "application/vnd.oci.image.manifest.v1+json"
        elif "/blobs/" in request.path:
            body, kind = self.blob, "application/octet-stream"
        else:
            super().answer(request)
            return
        request.send_response(200)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)


if __name__ == "__main__":
    unittest.main()
