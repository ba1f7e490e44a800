"""What oakum says of an image's files and history is the same wherever the image lies: layouts, archives, engines, storage."""
import gzip
import io
import json
import os
import subprocess
import tarfile
import unittest

import peers

OAKUM = os.environ["OAKUM"]

PASSWD = "root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0::/root:/bin/sh\n"
# Per layer: path, mode, content (None: a whiteout; "/" at the end: a directory; "-> x": a symbolic link), capability.
LAYERS = [
    [("bin/", 0o755, ""), ("bin/busybox", 0o755, "x" * 900), ("bin/sh", 0o777, "-> busybox"), ("etc/", 0o755, ""),
     ("etc/passwd", 0o644, PASSWD), ("etc/shadow", 0o640, "root::19000:0:99999:7:::\n"), ("root/", 0o700, ""),
     ("root/.ssh/", 0o700, ""), ("root/.ssh/id_rsa", 0o600, "not a key\n"), ("usr/", 0o755, ""), ("usr/bin/", 0o755, ""),
     ("usr/bin/su", 0o4755, "su"), ("usr/bin/tool", 0o755, "tool"), ("big", 0o644, "0" * 1_500_000)],
    [("usr/bin/tool", 0o755, "tool, newer", b"\x01\x00\x00\x02\x00\x20\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"),
     ("opt/", 0o755, ""), ("opt/helper", 0o4755, "helper"), ("srv/", 0o777, ""), ("srv/.git/", 0o755, ""),
     ("srv/.git/config", 0o644, "[core]\n"), ("root/.ssh/id_rsa", 0, None), ("big", 0, None)],
]
HISTORY = [{"created_by": "ADD base / # buildkit"}, {"created_by": "ENV A=b", "empty_layer": True},
           {"created_by": "RUN |1 API_TOKEN=abc123 /bin/sh -c curl -k https://example.org/x | sh # buildkit"}]

EXPECTED = {"duplicate-uid", "empty-password", "file-capabilities", "image-efficiency",
            "remote-script", "secret-file-in-image", "secret-in-build-arg", "setuid-files", "shell-and-network-tools-in-image", "tls-verify-off",
            "unnecessary-files", "user-root",
            "world-writable"}


def layer_tar(entries):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path, mode, content, *capability in entries:
            if content is None:
                head, _, name = path.rpartition("/")
                path, content = f"{head}/.wh.{name}" if head else f".wh.{name}", ""
            entry = tarfile.TarInfo(path.rstrip("/"))
            entry.mode, data = mode, content.encode()
            if capability:
                entry.pax_headers = {"SCHILY.xattr.security.capability": capability[0].decode("latin-1")}
            if path.endswith("/"):
                entry.type = tarfile.DIRTYPE
            elif content.startswith("-> "):
                entry.type, entry.linkname = tarfile.SYMTYPE, content[3:]
            else:
                entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data) if entry.isreg() else None)
    return out.getvalue()


def make_layout(layout):
    layout.mkdir(parents=True)
    tars = [layer_tar(entries) for entries in LAYERS]
    kind = "application/vnd.oci.image."
    blobs = [peers.put_blob(layout, gzip.compress(tar, mtime=0), kind + "layer.v1.tar+gzip") for tar in tars]
    config = {"architecture": "amd64", "os": "linux", "config": {"Cmd": ["/bin/sh"], "User": "0"}, "history": HISTORY,
              "rootfs": {"type": "layers", "diff_ids": [peers.digest(tar) for tar in tars]}}
    manifest = {"schemaVersion": 2, "mediaType": kind + "manifest.v1+json", "layers": blobs,
                "config": peers.put_blob(layout, json.dumps(config).encode(), kind + "config.v1+json")}
    described = peers.put_blob(layout, json.dumps(manifest).encode(), manifest["mediaType"])
    peers.write_index(layout, [described | {"annotations": {"org.opencontainers.image.ref.name": "1.0"}}])
    return layout


class ImageFacts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        peers.need_root()
        cls.state = cls.enterClassContext(peers.State())
        cls.layout = make_layout(cls.state.path("layout"))
        cls.archive = cls.state.path("app.tar")
        peers.skopeo("copy", f"oci:{cls.layout}:1.0", f"docker-archive:{cls.archive}:localhost/app:1.0")
        cls.expected = cls.findings(f"oci-dir:{cls.layout}")

    @classmethod
    def findings(cls, target, env=None):
        done = subprocess.run([OAKUM, "check", "--no-config", "--profile", "strict", "-q", "-f", "json", target],
                              capture_output=True, env=os.environ | (env or {}), timeout=120, check=False)
        if done.returncode not in (0, 1):
            raise AssertionError(f"{target}: {done.stderr.decode(errors='replace')}")
        (report,) = json.loads(done.stdout)["targets"]
        return sorted((finding["rule"], finding["severity"], finding["message"]) for finding in report["findings"])

    def test_everything_wrong_is_found(self):
        self.assertLessEqual(EXPECTED, {rule for rule, _, _ in self.expected})
        said = " | ".join(message for _, _, message in self.expected)
        for part in ('"/opt/helper"', '"/root/.ssh/id_rsa" is deleted by a later layer', "toor", '"API_TOKEN"', '"/usr/bin/tool"',
                     '"/srv/.git/" holds 1 file '):
            self.assertIn(part, said)
        self.assertNotIn("abc123", said, "a secret is never printed")

    def test_archives_say_the_same(self):
        self.assertEqual(self.findings(f"docker-archive:{self.archive}"), self.expected)
        oci = peers.archive_of(self.layout, self.state.path("oci.tar"))
        self.assertEqual(self.findings(f"oci-archive:{oci}"), self.expected)

    def test_docker_says_the_same(self):
        docker = self.state.enter(peers.dockerd(self.state))
        docker("load", "-i", self.archive)
        environment = {"DOCKER_HOST": docker.host}
        for target in ("docker:localhost/app:1.0", f"overlay2:[{docker.data_root}]localhost/app:1.0"):
            with self.subTest(target=target):
                self.assertEqual(self.findings(target, environment), self.expected)

    def test_podman_says_the_same(self):
        podman = self.state.enter(peers.podman(self.state))
        podman("load", "-i", self.archive)
        host = self.state.enter(podman.serve())
        environment = {"CONTAINER_HOST": host}
        for target in ("podman:localhost/app:1.0", f"containers-storage:[overlay@{podman.graph_root}]localhost/app:1.0"):
            with self.subTest(target=target):
                self.assertEqual(self.findings(target, environment), self.expected)


if __name__ == "__main__":
    unittest.main()
