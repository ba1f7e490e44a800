"""Hostile and broken images: one clear error that names the thing, soon, in bounded memory, and the host left alone."""
import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import unittest
import zipfile
import zlib

import feeds
import images
import peers

MEMORY = 200 << 20
SECONDS = 30
TAR, GZIP, ZSTD = ("application/vnd.oci.image.layer.v1.tar" + suffix for suffix in ("", "+gzip", "+zstd"))
STATUS = peers.dpkg_status({"alpha": "1.0-1"})
BASE = {"etc/os-release": images.debian_os_release("12"), "var/lib/dpkg/status": STATUS}
TRACKER = json.dumps({"alpha": {"CVE-2101-0001": {"releases": {"bookworm": {"status": "open", "urgency": "high"}}}}})


# Runs a program and writes [status, seconds, peak bytes]; in a process of its own, as a child starts with the memory of
# its parent on its account.
MEASURE = """
import json, os, signal, sys, time
start = time.monotonic()
child = os.posix_spawn(sys.argv[3], sys.argv[3:], os.environ)
signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
signal.alarm(int(sys.argv[2]))
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w") as out:
    json.dump([os.waitstatus_to_exitcode(status), time.monotonic() - start, usage.ru_maxrss * 1024], out)
"""


def tar(*entries):
    """A tar of (name, content) or of TarInfo, or both as (TarInfo, content), just as they are given."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for entry in entries:
            info, data = entry if isinstance(entry, tuple) else (entry, b"")
            if isinstance(info, str):
                info = tarfile.TarInfo(info)
            data = data if isinstance(data, bytes) else data.encode()
            if info.isreg():
                info.size = len(data)
            archive.addfile(info, io.BytesIO(data) if info.isreg() else None)
    return out.getvalue()


def special(name, kind, target="", device=(1, 3)):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    info.devmajor, info.devminor = device
    return info


def base_entries():
    return list(BASE.items())


def header(name, size=0, kind=b"0", size_field=None):
    """One ustar header, whose size field may be any bytes."""
    # Beyond 8 GiB there are no octal digits left: base 256, as GNU tar writes it.
    field = b"%011o\0" % size if size < 1 << 33 else b"\x80" + size.to_bytes(11, "big")
    field = field if size_field is None else size_field
    block = name.encode().ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2 + field + b"00000000000\0" + b" " * 8 + kind
    block = block.ljust(257, b"\0") + b"ustar\x0000"
    block = block.ljust(512, b"\0")
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


class Layout:
    """An OCI layout of which every part can be made wrong."""

    def __init__(self, state, name="layout"):
        self.place = state.path(name)
        self.blobs = self.place / "blobs/sha256"
        self.blobs.mkdir(parents=True)
        (self.place / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')

    def blob(self, data, media_type=GZIP):
        return peers.put_blob(self.place, data, media_type)

    def file(self, path, media_type=GZIP):
        """A file as a blob, moved into its place."""
        with open(path, "rb") as file:
            name = hashlib.file_digest(file, "sha256").hexdigest()
        size = path.stat().st_size
        path.rename(self.blobs / name)
        return {"mediaType": media_type, "digest": "sha256:" + name, "size": size}

    def write(self, layers, diff_ids, **changes):
        config = {"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": diff_ids}} | changes.get("config", {})
        manifest = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                    "config": self.blob(json.dumps(config).encode(), "application/vnd.oci.image.config.v1+json"), "layers": layers}
        manifest |= changes.get("manifest", {})
        self.index([self.blob(json.dumps(manifest).encode(), manifest["mediaType"])])
        return self.place

    def index(self, manifests):
        (self.place / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": manifests}))
        return self.place

    def of(self, *tars):
        """A sound image of gzipped layers."""
        return self.write([self.blob(gzip.compress(data, 1, mtime=0)) for data in tars], [peers.digest(data) for data in tars])


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.state = peers.State().__enter__()
        cls.addClassCleanup(cls.state.__exit__)
        cls.database = feeds.build(cls.state, {"debian/tracker.json": TRACKER}, "db")

    def setUp(self):
        self.name = self.id().rpartition(".")[2]
        self.count = 0
        self.canary = self.state.path("canary-" + self.name[:60])
        images.write(self.canary, {"a/file": "untouched", "b": "untouched"})
        (self.canary / "link").symlink_to("b")

    def layout(self):
        self.count += 1
        return Layout(self.state, f"{self.name[:60]}-{self.count}")

    def listing(self):
        rows = []
        for path in sorted([self.canary, *self.canary.rglob("*")]):
            facts = path.lstat()
            rows.append((str(path), facts.st_mode, facts.st_uid, facts.st_size, facts.st_mtime_ns))
        return rows

    def scan(self, target, *options, seconds=SECONDS):
        """(status, report, lines on standard error); checks time, memory and the host."""
        before = self.listing()
        argv = [images.binary(), "scan", "--db", self.database, "--no-cache", "--format", "json", "--list-packages", *options, target]
        measures = self.state.path("measures")
        done = subprocess.run([sys.executable, "-IS", "-c", MEASURE, str(measures), str(2 * seconds), *(str(word) for word in argv)],
                              stdin=subprocess.DEVNULL, capture_output=True, cwd=self.canary, env=images.environment(), check=False)
        status, took, peak = json.loads(measures.read_text())
        text = done.stderr.decode()
        self.assertIn(status, (0, 1, 2), text[-2000:])
        self.assertLess(took, seconds)
        self.assertLess(peak, MEMORY)
        self.assertEqual(before, self.listing())
        return status, json.loads(done.stdout)["targets"][0] if done.stdout else None, text.splitlines()

    def refused(self, target, *words, **options):
        """The image as a whole cannot be opened: one line on standard error, no report."""
        status, report, lines = self.scan(target, **options)
        self.assertEqual((2, None, 1), (status, report, len(lines)), lines)
        self.assertRegex(lines[0], r"^oakum: \S")
        self.assertLess(len(lines[0]), 1000)
        for word in words:
            self.assertIn(word, lines[0])

    def in_part(self, target, *words, packages=None, **options):
        """A part cannot be read: one error in the report that says which, and status 2; what was read is there."""
        status, report, lines = self.scan(target, **options)
        self.assertEqual(2, status, (report and report["errors"], lines))
        self.assertIsNotNone(report, lines)
        self.assertEqual(1, len(report["errors"]), report["errors"])
        text = f"{report['errors'][0]['path']}: {report['errors'][0]['message']}"
        self.assertLess(len(text), 1000)
        for word in words:
            self.assertIn(word, text)
        if packages is not None:
            self.assertEqual(packages, [package["name"] for package in report["packages"]])

    def sound(self, target, packages=("alpha",), **options):
        """Odd, but to be read: all is found, and nothing is wrong."""
        status, report, lines = self.scan(target, **options)
        self.assertEqual((0, [], []), (status, report and report["errors"], lines))
        self.assertEqual(list(packages), [package["name"] for package in report["packages"]])
        return report


class Bombs(Hostile):
    def compressed_zeros(self, program, gibibytes):
        """Zeros, as independent members that are repeated: what is made costs little, what it says is long."""
        one = self.state.path("one-" + program)
        if not one.exists():
            with open("/dev/zero", "rb") as zeros, open(one, "wb") as out:
                head = subprocess.Popen(["head", "-c", str(1 << 30)], stdin=zeros, stdout=subprocess.PIPE)
                subprocess.run([program, "-1", "-c"], stdin=head.stdout, stdout=out, check=True)
                head.stdout.close()
                head.wait()
        return one.read_bytes() * gibibytes

    def bomb(self, layout, program, front, gibibytes):
        compress = subprocess.run([program, "-1", "-c"], input=front, capture_output=True, check=True).stdout
        path = self.state.path("bomb")
        path.write_bytes(compress + self.compressed_zeros(program, gibibytes))
        return layout.file(path, ZSTD if program == "zstd" else GZIP)

    def test_ten_gigabytes_of_zeros_in_zstd(self):
        peers.need("zstd", "head")
        layout = self.layout()
        front = b"".join(header(n, len(d)) + d.encode().ljust(-(-len(d) // 512) * 512, b"\0") for n, d in BASE.items()) + header("zeros", 10 << 30)
        layer = self.bomb(layout, "zstd", front, 10)
        self.in_part(layout.write([layer], ["sha256:" + "0" * 64]), "layer", "bomb")

    def test_ten_gigabytes_of_zeros_in_gzip(self):
        peers.need("gzip", "head")
        layout = self.layout()
        layer = self.bomb(layout, "gzip", header("zeros", 10 << 30), 10)
        # gzip packs no tighter than 1032 to 1, which true layers come near to: read to the end, in little memory.
        self.in_part(layout.write([layer], ["sha256:" + "0" * 64]), "layer", "digest", seconds=60)

    def test_a_package_database_of_a_gigabyte(self):
        size = 1 << 30
        tail = bytes(1024)
        whole = hashlib.sha256(header("var/lib/dpkg/status", size))
        pack = zlib.compressobj(1, zlib.DEFLATED, 31)
        packed = pack.compress(header("var/lib/dpkg/status", size))
        for _ in range(size >> 20):
            whole.update(bytes(1 << 20))
            packed += pack.compress(bytes(1 << 20))
        whole.update(tail)
        packed += pack.compress(tail) + pack.flush()
        layout = self.layout()
        self.in_part(layout.write([layout.blob(packed)], ["sha256:" + whole.hexdigest()]), "var/lib/dpkg/status")

    def test_endless_entries(self):
        """A gigabyte of headers, which is two million files of one name."""
        million = header("x" * 90) * (1 << 20)
        layout = self.layout()
        layer = gzip.compress(million[:1 << 29], 1) * 2
        status, report, _ = self.scan(layout.write([layout.blob(layer)], ["sha256:" + "0" * 64]))
        self.assertEqual(2, status)  # the digest, if nothing else

    def test_many_directories_of_many_names(self):
        entries = b"".join(header(f"d{i}/" * 10 + str(i)) for i in range(200_000))
        data = tar(*base_entries()).rstrip(b"\0")
        data = data + b"\0" * (-len(data) % 512) + entries + bytes(1024)
        self.sound(self.layout().of(data))

    def test_deep_paths(self):
        data = tar(*base_entries(), ("d/" * 5000 + "x", ""))
        status, report, _ = self.scan(self.layout().of(data))
        self.assertIn(status, (0, 2))
        self.assertEqual(["alpha"], [package["name"] for package in report["packages"]])

    def test_a_line_without_end_in_a_package_database(self):
        data = tar(("etc/os-release", BASE["etc/os-release"]), ("var/lib/dpkg/status", b"Package: " + b"a" * (64 << 20)))
        self.in_part(self.layout().of(data), "var/lib/dpkg/status")

    def test_more_packages_than_any_system_has(self):
        text = "".join(f"Package: p{i}\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n\n" for i in range(30_000))
        status, report, _ = self.scan(self.layout().of(tar(("etc/os-release", BASE["etc/os-release"]), ("var/lib/dpkg/status", text))))
        self.assertEqual((0, 30_000), (status, len(report["packages"])))


class Links(Hostile):
    def test_paths_that_climb_out(self):
        up = "../" * 30
        outside = str(self.canary).lstrip("/")
        for name in (up + outside + "/a/file", "/" + outside + "/a/file", "a/../../" + outside + "/b", "./" + up + "etc/passwd", "..", "../..//x"):
            with self.subTest(name=name):
                status, report, _ = self.scan(self.layout().of(tar(*base_entries(), (name, "overwritten"))))
                self.assertIn(status, (0, 2))
                self.assertEqual(["alpha"], [package["name"] for package in report["packages"]])
                if status == 2:
                    self.assertEqual(1, len(report["errors"]))

    def test_the_host_is_not_read_through_links(self):
        """A package database and a release file that point at the host's own: inside the image there are none."""
        for target in ("/var/lib/dpkg/status", "../../../../../../../../var/lib/dpkg/status"):
            with self.subTest(target=target):
                data = tar(("etc/os-release", BASE["etc/os-release"]), special("var/lib/dpkg/status", tarfile.SYMTYPE, target))
                status, report, _ = self.scan(self.layout().of(data))
                self.assertEqual([], report["packages"])
                self.assertEqual(2, status)
        root = images.write(self.state.path("linked"), {"etc/os-release": BASE["etc/os-release"]})
        (root / "var/lib/dpkg").mkdir(parents=True)
        (root / "var/lib/dpkg/status").symlink_to("/var/lib/dpkg/status")
        status, report, _ = self.scan(root)
        self.assertEqual((2, []), (status, report["packages"]))

    def test_links_inside_the_image_are_followed(self):
        data = tar(("usr/lib/os-release", BASE["etc/os-release"]), special("etc/os-release", tarfile.SYMTYPE, "../usr/lib/os-release"),
                   ("opt/db/status", STATUS), special("var/lib/dpkg", tarfile.SYMTYPE, "/opt/db"))
        self.sound(self.layout().of(data))

    def test_loops(self):
        data = tar(*base_entries(), special("a", tarfile.SYMTYPE, "b"), special("b", tarfile.SYMTYPE, "a"),
                   special("usr/lib/os-release", tarfile.SYMTYPE, "os-release"), special("var/lib/rpm", tarfile.SYMTYPE, "../lib/rpm"),
                   special("lib/apk", tarfile.SYMTYPE, "apk/apk/apk"))
        status, report, _ = self.scan(self.layout().of(data))
        self.assertIn(status, (0, 2))
        self.assertEqual(["alpha"], [package["name"] for package in report["packages"]])

    def test_a_loop_where_the_release_file_should_be(self):
        data = tar(("var/lib/dpkg/status", STATUS), special("etc/os-release", tarfile.SYMTYPE, "../usr/lib/os-release"),
                   special("usr/lib/os-release", tarfile.SYMTYPE, "../../etc/os-release"))
        status, _, _ = self.scan(self.layout().of(data))
        self.assertEqual(2, status)

    def test_hard_links(self):
        data = tar(("etc/os-release", BASE["etc/os-release"]), ("data/status", STATUS), special("var/lib/dpkg/status", tarfile.LNKTYPE, "data/status"))
        self.sound(self.layout().of(data))
        out = "/".join([".."] * 20) + str(self.canary / "b")
        for target in (out, str(self.canary / "b"), "nowhere", "var/lib/dpkg/status"):
            with self.subTest(target=target):
                data = tar(("etc/os-release", BASE["etc/os-release"]), special("var/lib/dpkg/status", tarfile.LNKTYPE, target))
                self.assertEqual(2, self.scan(self.layout().of(data))[0])

    def test_devices_and_pipes(self):
        entries = [special(name, kind) for name, kind in (("dev/mem", tarfile.CHRTYPE), ("dev/sda", tarfile.BLKTYPE), ("run/pipe", tarfile.FIFOTYPE))]
        self.sound(self.layout().of(tar(*base_entries(), *entries)))
        # As the package database itself they are none; a reader that opened them would hang.
        for kind in (tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            data = tar(("etc/os-release", BASE["etc/os-release"]), special("var/lib/dpkg/status", kind))
            self.assertEqual(2, self.scan(self.layout().of(data))[0])
        if os.geteuid() == 0:
            root = images.write(self.state.path("pipes"), {"etc/os-release": BASE["etc/os-release"], "var/lib/dpkg/x": ""})
            os.mkfifo(root / "var/lib/dpkg/status")
            self.assertEqual(2, self.scan(root)[0])

    def test_of_two_entries_of_one_name_the_last_counts(self):
        other = peers.dpkg_status({"beta": "2"})
        self.sound(self.layout().of(tar(*base_entries(), ("var/lib/dpkg/status", other))), packages=["beta"])
        self.sound(self.layout().of(tar(("var/lib/dpkg/status", other), *base_entries())), packages=["alpha"])
        self.sound(self.layout().of(tar(("./var/lib/dpkg/status", other), *base_entries())), packages=["alpha"])

    def test_names_that_are_not_utf_8(self):
        block = header("x", 0)
        name = b"caf\xe9/\xff\xfe\x1b[31m\n"
        block = name.ljust(100, b"\0") + block[100:148] + b" " * 8 + block[156:]
        block = block[:148] + b"%06o\0 " % sum(block) + block[156:]
        data = tar(*base_entries()).rstrip(b"\0")
        data += b"\0" * (-len(data) % 512) + block + bytes(1024)
        self.sound(self.layout().of(data))
        text = STATUS.replace("Maintainer: nobody", "Maintainer: J\udce9r\udcf4me \x1b[31m").encode("utf-8", "surrogateescape")
        layout = self.layout().of(tar(("etc/os-release", BASE["etc/os-release"]), ("var/lib/dpkg/status", text)))
        self.sound(layout)
        for form in ("terminal", "sarif", "trivy", "grype"):
            done = images.oakum("scan", "--db", self.database, "--no-cache", "--format", form, "--list-packages", layout)
            done.stdout.decode("utf-8")  # valid, whatever the image holds
            self.assertNotIn(b"\x1b", done.stdout)


class Lies(Hostile):
    def test_truncated_archives(self):
        layout = self.layout().of(tar(*base_entries()), tar(("opt/x", os.urandom(200_000))))
        archive = peers.archive_of(layout, self.state.path("whole.tar"))
        data = archive.read_bytes()
        self.sound(archive)
        for part in (0, 1, 100, 511, 512, 513, len(data) // 4, len(data) // 2, len(data) * 3 // 4, len(data) - 12000):
            with self.subTest(bytes=part):
                cut = self.state.path("cut.tar")
                cut.write_bytes(data[:part])
                status, report, lines = self.scan(cut)
                self.assertEqual(2, status)
                self.assertEqual(1, len(lines) + len(report["errors"] if report else []))
                if lines:
                    self.assertIn("cut.tar", lines[0])

    def test_truncated_layers(self):
        whole = tar(*base_entries(), ("opt/x", os.urandom(100_000)))
        for program in ("gzip", "zstd", "tar"):
            packed = whole if program == "tar" else subprocess.run([program, "-c"], input=whole, capture_output=True, check=True).stdout
            layout = self.layout()
            kind = {"gzip": GZIP, "zstd": ZSTD, "tar": TAR}[program]
            with self.subTest(program=program):
                self.in_part(layout.write([layout.blob(packed[:-50_000], kind)], [peers.digest(whole)]), "layer")

    def test_digests_that_do_not_match(self):
        data = tar(*base_entries())
        packed = gzip.compress(data, mtime=0)
        with self.subTest("the layer as stored"):
            layout = self.layout()
            layer = layout.blob(packed)
            # The time in gzip's head: what is unpacked stays the same.
            (layout.blobs / layer["digest"][7:]).write_bytes(packed[:4] + b"\x01" + packed[5:])
            self.in_part(layout.write([layer], [peers.digest(data)]), layer["digest"][:19])
        with self.subTest("the layer as unpacked"):
            layout = self.layout()
            self.in_part(layout.write([layout.blob(packed)], ["sha256:" + "1" * 64]), "layer", "sha256:")
        with self.subTest("the manifest"):
            layout = self.layout()
            place = layout.of(data)
            descriptor = json.loads((place / "index.json").read_text())["manifests"][0]
            blob = layout.blobs / descriptor["digest"][7:]
            blob.write_bytes(blob.read_bytes().replace(b"gzip", b"zstd", 1))
            self.refused(place, descriptor["digest"][:19])
        with self.subTest("a size that lies beside digests that hold"):
            layout = self.layout()
            layer = layout.blob(packed) | {"size": len(packed) - 1}
            self.sound(layout.write([layer], [peers.digest(data)]))

    def test_blobs_that_are_missing(self):
        data = tar(*base_entries())
        with self.subTest("a layer"):
            layout = self.layout()
            good, gone = layout.blob(gzip.compress(data)), layout.blob(gzip.compress(b"gone"))
            (layout.blobs / gone["digest"][7:]).unlink()
            status, report, lines = self.scan(layout.write([good, gone], [peers.digest(data), peers.digest(b"gone")]))
            self.assertEqual(2, status)
            self.assertIn(gone["digest"][7:19], json.dumps(report and report["errors"]) + "".join(lines))
        for part in ("config", "manifest"):
            with self.subTest(part):
                layout = self.layout()
                place = layout.of(data)
                descriptor = json.loads((place / "index.json").read_text())["manifests"][0]
                if part == "config":
                    descriptor = json.loads((layout.blobs / descriptor["digest"][7:]).read_text())["config"]
                (layout.blobs / descriptor["digest"][7:]).unlink()
                self.refused(place, descriptor["digest"][7:19])

    def test_digests_that_are_paths(self):
        secret = self.canary / "b"
        for text in ("sha256:../../../../../.." + str(secret), "sha256:" + str(secret), "../" * 20 + "etc/passwd", "sha256:", "", "md5:" + "0" * 32, "sha256:" + "G" * 64):
            with self.subTest(digest=text):
                layout = self.layout()
                place = layout.write([{"mediaType": TAR, "digest": text, "size": 9}], [peers.digest(b"")])
                self.refused(place)
                self.refused(layout.index([{"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": text, "size": 9}]))

    def test_headers_that_lie(self):
        front = tar(*base_entries()).rstrip(b"\0")
        front += b"\0" * (-len(front) % 512)
        for what, block in (("more than there is", header("opt/x", 1 << 40)), ("no number", header("opt/x", size_field=b"zzzzzzzzzzzz")),
                            ("below zero", header("opt/x", size_field=b"\xff" * 12)), ("beyond 63 bits", header("opt/x", size_field=b"\x80" + b"\xff" * 11)),
                            ("a checksum that is wrong", header("opt/x").replace(b"ustar", b"ustax")),
                            ("a long name without end", header("././@LongLink", 1 << 33, b"L")),
                            ("a long pax header", header("PaxHeaders/x", 1 << 33, b"x"))):
            with self.subTest(what):
                self.in_part(self.layout().of(front + block + bytes(2048)), "layer")

    def test_pax_records_that_lie(self):
        front = tar(*base_entries()).rstrip(b"\0")
        front += b"\0" * (-len(front) % 512)
        for record in (b"99 path=x\n", b"9 path=xyz\n", b"path=x\n", b"18446744073709551617 path=x\n", b"20 size=99999999999\n", b"11 size=-1\n", b"5 =\n\n"):
            with self.subTest(record=record):
                data = front + header("PaxHeaders/x", len(record), b"x") + record.ljust(512, b"\0") + header("opt/x", 0) + bytes(1024)
                status, report, _ = self.scan(self.layout().of(data))
                self.assertIn(status, (0, 2))
                self.assertEqual(1 if status == 2 else 0, len(report["errors"]), report["errors"])

    def test_layers_that_are_not_what_they_say(self):
        data = tar(*base_entries())
        for kind, packed in ((ZSTD, gzip.compress(data)), (GZIP, data), (TAR, gzip.compress(data)), ("application/octet-stream", gzip.compress(data))):
            with self.subTest(kind):
                layout = self.layout()
                status, report, lines = self.scan(layout.write([layout.blob(packed, kind)], [peers.digest(data)]))
                # Read for what it is, or refused; never taken for an image without packages.
                self.assertTrue(status == 2 or [p["name"] for p in report["packages"]] == ["alpha"], (status, report, lines))
        for packed in (b"", b"\x1f\x8b", b"not a tar at all" * 100, zlib.compress(data), b"\x1f\x8b\x08" + os.urandom(1000)):
            with self.subTest(packed[:12]):
                layout = self.layout()
                status, report, lines = self.scan(layout.write([layout.blob(packed)], [peers.digest(data)]))
                self.assertEqual(2, status)
                self.assertEqual(1, len(lines) + len(report["errors"] if report else []))


class Documents(Hostile):
    def test_deep_json(self):
        deep = "[" * 200_000 + "]" * 200_000
        for name, text in (("index.json", deep), ("index.json", '{"manifests":' + deep + "}"), ("manifest.json", deep), ("manifest.json", '[{"Config":' + deep + "}]")):
            with self.subTest(name=name, starts=text[:14]):
                self.count += 1
                place = images.write(self.state.path(f"deep-{self.count}"), {"oci-layout": '{"imageLayoutVersion":"1.0.0"}', name: text})
                self.refused(peers.archive_of(place, self.state.path("deep.tar")), "deep.tar")
                if name == "index.json":
                    self.refused(place, "index.json")

    def test_deep_json_in_a_blob(self):
        deep = b'{"a":' * 100_000 + b"1" + b"}" * 100_000
        for kind in ("application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.index.v1+json"):
            layout = self.layout()
            self.refused(layout.index([layout.blob(deep, kind)]), "test_deep_json", "nested")

    def test_giant_documents(self):
        layout = self.layout()
        (layout.place / "index.json").write_text('{"schemaVersion":2,"manifests":[' + ",".join(['{"digest":"x"}'] * 6_000_000) + "]}")
        self.refused(layout.place, "index.json")
        layout = self.layout()
        self.refused(layout.index([layout.blob(b'{"schemaVersion":2,"layers":[' + b" " * (90 << 20) + b"]}", "application/vnd.oci.image.manifest.v1+json")]))

    def test_many_manifests_and_layers(self):
        layout = self.layout()
        place = layout.of(tar(*base_entries()))
        descriptor = json.loads((place / "index.json").read_text())["manifests"][0]
        self.refused(layout.index([descriptor] * 10_000), "manifests")
        layout = self.layout()
        data = tar(("x", ""))
        self.refused(layout.write([layout.blob(gzip.compress(data))] * 20_000, [peers.digest(data)] * 20_000), "layers")

    def test_an_index_that_holds_itself(self):
        kind = "application/vnd.oci.image.index.v1+json"
        layout = self.layout()
        inner = layout.blob(json.dumps({"schemaVersion": 2, "mediaType": kind, "manifests": []}).encode(), kind)
        for _ in range(50):
            inner = layout.blob(json.dumps({"schemaVersion": 2, "mediaType": kind, "manifests": [inner]}).encode(), kind)
        self.refused(layout.index([inner]))

    def test_documents_of_the_wrong_shape(self):
        for text in ("", "null", "[]", "7", '"x"', "{", '{"manifests":{}}', '{"manifests":[7]}', '{"manifests":[{"digest":7}]}', '{"manifests":[{"digest":null,"size":-1}]}',
                     '{"schemaVersion":2,"manifests":[]}', "\ufeff{}", '{"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:' + "0" * 64 + '","size":99999999999999999999}]}'):
            with self.subTest(index=text):
                layout = self.layout()
                (layout.place / "index.json").write_text(text)
                self.refused(layout.place)

    def test_manifests_of_the_wrong_shape(self):
        data = tar(*base_entries())
        for changes in ({"layers": None}, {"layers": {}}, {"layers": [7]}, {"config": None}, {"config": "x"}, {"layers": []}):
            with self.subTest(manifest=changes):
                layout = self.layout()
                status, _, lines = self.scan(layout.write([layout.blob(gzip.compress(data))], [peers.digest(data)], manifest=changes))
                self.assertEqual(2, status)
        for changes in ({"rootfs": None}, {"rootfs": {"type": "layers", "diff_ids": []}}, {"rootfs": {"diff_ids": [7]}}, {"rootfs": {"diff_ids": ["sha256:x"]}},
                        {"rootfs": {"type": "layers", "diff_ids": [peers.digest(data)] * 2}}, {"history": 7}, {"config": 7}, {"architecture": 7, "os": []}):
            with self.subTest(config=changes):
                layout = self.layout()
                status, report, lines = self.scan(layout.write([layout.blob(gzip.compress(data))], [peers.digest(data)], config=changes))
                # Either it is refused, or what the layer holds is found all the same.
                self.assertTrue(status == 2 or [p["name"] for p in report["packages"]] == ["alpha"], (status, report, lines))

    def test_what_is_no_image_at_all(self):
        here = self.state.path("odd")
        here.mkdir()
        (here / "empty").write_bytes(b"")
        (here / "text").write_text("hello\n" * 1000)
        (here / "noise").write_bytes(os.urandom(100_000))
        (here / "zip").write_bytes(b"PK\x03\x04" + bytes(1000))
        (here / "directory").mkdir()
        for name in ("empty", "text", "noise", "zip", "absent"):
            with self.subTest(name):
                self.refused(here / name, name)
        for name in ("/dev/null", "/dev/zero", "/dev/full", str(here / "directory")):
            with self.subTest(name):
                self.assertEqual(2, self.scan(name)[0])

    def test_control_characters_in_names_do_not_reach_the_terminal(self):
        layout = self.layout()
        place = layout.of(tar(("etc/os-release", 'ID=debian\nVERSION_ID=12\nPRETTY_NAME="\x1b]0;gotcha\x07\x1b[2J"\n'), ("var/lib/dpkg/status", STATUS.replace("1.0-1", "1.0-1\x1b[31m"))))
        for form in ("terminal", "json", "sarif", "trivy", "grype"):
            done = images.oakum("scan", "--db", self.database, "--no-cache", "--format", form, "--list-packages", place)
            self.assertNotRegex(done.stdout + done.stderr, rb"[\x00-\x08\x0b-\x1f\x7f]")


class Feeds(Hostile):
    """Feeds come over the network: what is wrong with one is said, in bounded memory, and the old database stays."""

    def refused_build(self, files, *words):
        self.count += 1
        source = images.write(self.state.path(f"feeds-{self.name[:40]}-{self.count}"), files)
        place = self.state.path("kept")
        place.write_bytes(self.database.read_bytes())
        measures = self.state.path("measures")
        argv = [images.binary(), "db", "build", "--from", source, "--db", place]
        done = subprocess.run([sys.executable, "-IS", "-c", MEASURE, str(measures), "60", *(str(word) for word in argv)],
                              stdin=subprocess.DEVNULL, capture_output=True, env=images.environment(), check=False)
        status, took, peak = json.loads(measures.read_text())
        lines = done.stderr.decode().splitlines()
        self.assertEqual((2, 1), (status, len(lines)), lines)
        self.assertLess(took, SECONDS)
        self.assertLess(peak, 800 << 20)  # a whole document, of at most 256 MiB, and its index
        for word in words:
            self.assertIn(word, lines[0])
        self.assertEqual(self.database.read_bytes(), place.read_bytes())

    def test_bombs(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open("X.json", "w") as member:
            for _ in range(400):
                member.write(bytes(1 << 20))
        self.refused_build({"osv/npm/all.zip": out.getvalue()}, "all.zip", "X.json", "unpacks to more")
        self.refused_build({"debian/tracker.json.gz": gzip.compress(bytes(400 << 20), 1)}, "tracker.json.gz", "unpacks to more")

    def test_broken_files(self):
        packed = gzip.compress(TRACKER.encode() * 100)
        self.refused_build({"debian/tracker.json.gz": packed[:-20]}, "tracker.json.gz", "truncated")
        self.refused_build({"debian/tracker.json": TRACKER[:-5]}, "tracker.json", "not JSON")
        self.refused_build({"debian/tracker.json": "[" * 300_000 + "]" * 300_000}, "tracker.json")
        self.refused_build({"debian/tracker.json": "{}"}, "tracker.json")
        self.refused_build({"ubuntu/ubuntu-cve-tracker.tar.zst": b"\x28\xb5\x2f\xfd" + os.urandom(1000)}, "ubuntu-cve-tracker.tar.zst")
        self.refused_build({"osv/PyPI/all.zip": os.urandom(5000)}, "all.zip")
        self.refused_build({"README": "no feed at all"})


if __name__ == "__main__":
    unittest.main()
