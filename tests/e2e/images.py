"""Root filesystems and archives for the end-to-end tests: real ones by mmdebstrap and rpm, hand-made ones for the rest.

Everything goes below a directory of the test's own, but for mmdebstrap's roots, the feeds' database and the like, which
are kept in build/e2e-cache under a key that names all they depend on, so that the next run is quick.
"""
import fcntl
import gzip
import hashlib
import io
import json
import os
import pathlib
import shutil
import subprocess
import tarfile
import unittest

import peers

PROJECT = pathlib.Path(__file__).resolve().parents[2]
CACHE = PROJECT / "build" / "e2e-cache"
MIRROR = "http://deb.debian.org/debian"


def binary():
    """The binary under test."""
    if "OAKUM" not in os.environ:
        raise unittest.SkipTest("OAKUM does not name the binary")
    return os.environ["OAKUM"]


def environment(**extra):
    """The test's environment without what steers oakum, and with no cache but the test's own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("OAKUM", "DOCKER_", "XDG_", "NO_COLOR", "COLUMNS"))}
    return kept | {"HOME": "/dev/null", "LC_ALL": "C.UTF-8"} | {key: str(value) for key, value in extra.items()}


def oakum(*arguments, cwd=None, stdin=None, timeout=300, **extra):
    """Runs the binary to its end, whatever its status."""
    argv = [binary(), *(str(word) for word in arguments)]
    return subprocess.run(argv, input=stdin, stdin=None if stdin is not None else subprocess.DEVNULL, capture_output=True,
                          env=environment(**extra), cwd=cwd, timeout=timeout, check=False)


def scan_json(database, target, *options, **extra):
    """The one target of a JSON report, and the exit status."""
    done = oakum("scan", "--db", database, "--no-cache", "--format", "json", *options, target, **extra)
    if not done.stdout:
        raise AssertionError(f"no report; status {done.returncode}: {done.stderr.decode(errors='replace')}")
    return json.loads(done.stdout)["targets"][0], done.returncode


# --- the cache ----------------------------------------------------------------------------------------------------


def cached(key, make):
    """The path kept under `key`, made by `make(path)` when it is not there yet; many processes may ask at once."""
    CACHE.mkdir(parents=True, exist_ok=True)
    place = CACHE / key
    with open(CACHE / (key + ".lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            unfinished = CACHE / (key + ".new")
            discard(unfinished)
            make(unfinished)
            unfinished.rename(place)
    return place


def discard(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def digest_of(*paths):
    """One digest over the content of files."""
    total = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()[:16]


# --- Debian, by mmdebstrap ----------------------------------------------------------------------------------------


def debian_root(suite, packages):
    """A root of Debian's main suite alone, as it is on the mirror: without what only the security suite has."""
    peers.need("mmdebstrap")
    peers.need_root()
    key = f"{suite}-{hashlib.sha256(','.join(packages).encode()).hexdigest()[:16]}"

    def make(place):
        command = ["mmdebstrap", "--variant=minbase", *([f"--include={','.join(packages)}"] if packages else []),
                   suite, str(place), f"deb {MIRROR} {suite} main"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=600, check=False)
        if done.returncode != 0:
            discard(place)
            raise unittest.SkipTest(f"mmdebstrap makes no root of {suite}: " + done.stderr.decode(errors="replace")[-400:])

    return cached(key, make)


def dpkg_packages(root):
    """[(binary, version, source, source version)] of all that is installed, by dpkg-query."""
    peers.need("dpkg-query")
    form = "${Package}\t${Version}\t${source:Package}\t${source:Version}\t${db:Status-Status}\n"
    text = peers.run("dpkg-query", f"--admindir={root}/var/lib/dpkg", "-W", "-f", form).stdout.decode()
    rows = [line.split("\t") for line in text.splitlines()]
    return [tuple(row[:4]) for row in rows if row[4] == "installed"]


# --- hand-made roots ----------------------------------------------------------------------------------------------


def write(root, files):
    """Writes {path: text or bytes} below a directory."""
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def dpkg_root(root, os_release, packages):
    """A root with a dpkg status of [(binary, version, source, source version)]."""
    text = ""
    for name, version, source, source_version in packages:
        text += f"Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {version}\n"
        if (name, version) != (source, source_version):
            text += f"Source: {source}" + (f" ({source_version})" if source_version != version else "") + "\n"
        text += f"Maintainer: nobody <nobody@example.org>\nDescription: {name}\n\n"
    return write(root, {"etc/os-release": os_release, "var/lib/dpkg/status": text})


DEBIAN = {"11": "bullseye", "12": "bookworm", "13": "trixie"}


def debian_os_release(number):
    return f'PRETTY_NAME="Debian GNU/Linux {number}"\nID=debian\nVERSION_ID="{number}"\nVERSION_CODENAME={DEBIAN[number]}\n'


def alpine_root(root, release, packages):
    """A root with an apk database of [(package, version, origin)]."""
    entries = "".join(f"C:Q1{hashlib.sha1(name.encode()).hexdigest()[:27]}=\nP:{name}\nV:{version}\nA:x86_64\nT:{name}\n"
                      f"o:{origin}\nL:MIT\n\n" for name, version, origin in packages)
    return write(root, {"etc/os-release": f"ID=alpine\nVERSION_ID={release}.1\nPRETTY_NAME=\"Alpine Linux v{release}\"\n",
                        "etc/alpine-release": f"{release}.1\n", "lib/apk/db/installed": entries,
                        "etc/apk/repositories": f"https://dl-cdn.alpinelinux.org/alpine/v{release}/main\n"
                                                f"https://dl-cdn.alpinelinux.org/alpine/v{release}/community\n"})


UBUNTU = {"bionic": "18.04", "focal": "20.04", "jammy": "22.04"}


def ubuntu_os_release(codename):
    number = UBUNTU[codename]
    return f'PRETTY_NAME="Ubuntu {number} LTS"\nID=ubuntu\nID_LIKE=debian\nVERSION_ID="{number}"\nVERSION_CODENAME={codename}\n'


# --- AlmaLinux, by rpmbuild and rpm -------------------------------------------------------------------------------

SPEC = """Name: {source}
{epoch_line}Version: {version}
Release: {release}
Summary: {source}
License: MIT
Vendor: AlmaLinux
{module_line}
%description
{source}
{packages}
"""
SUBPACKAGE = """%package -n {name}
Summary: {name}
%description -n {name}
{name}
%files -n {name}
"""


def rpm_build(work, source, evr, names, module=None):
    """Builds empty packages of one source, and returns their paths; `evr` is [EPOCH:]VERSION-RELEASE."""
    epoch, _, rest = evr.rpartition(":")
    version, _, release = rest.rpartition("-")
    packages = "".join(SUBPACKAGE.format(name=name) for name in names if name != source)
    packages += "%files\n" if source in names else ""
    spec = work / f"{source}.spec"
    spec.write_text(SPEC.format(source=source, version=version, release=release, packages=packages,
                                epoch_line=f"Epoch: {epoch}\n" if epoch else "",
                                module_line=f"ModularityLabel: {module}\n" if module else ""))
    output = work / f"out-{source}"
    peers.run("rpmbuild", "-bb", "--quiet", "--target", "x86_64", "--define", f"_topdir {work}", "--define", f"_rpmdir {output}",
              "--define", "_build_id_links none", "--define", "debug_package %{nil}", spec)
    return sorted(output.rglob("*.rpm"))


def rpm_root(root, release, packages):
    """Installs package files into a new root by rpm, and makes it an AlmaLinux."""
    root.mkdir(parents=True)
    # Debian's rpm has its database elsewhere than the systems that are made of rpm packages.
    peers.run("rpm", "--root", root, "--dbpath", "/var/lib/rpm", "--initdb")
    peers.run("rpm", "--root", root, "--dbpath", "/var/lib/rpm", "-i", "--nodeps", "--noscripts", "--ignorearch", "--nosignature", *packages)
    return write(root, {"etc/os-release": f'NAME="AlmaLinux"\nVERSION="{release}.4"\nID="almalinux"\nID_LIKE="rhel centos fedora"\n'
                                          f'VERSION_ID="{release}.4"\nPLATFORM_ID="platform:el{release}"\n'})


# --- archives -----------------------------------------------------------------------------------------------------


def docker_archive(state, name="image", layers=None):
    """A one-image OCI archive of made-up layers (peers.LAYERS); returns its path."""
    layout = peers.image_layout(state.path(name), layers)
    return peers.archive_of(layout, state.path(name + ".tar"))


def image_of(state, root, parts, name="image"):
    """An OCI layout of one gzipped layer that holds some parts of a root."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for part in parts:
            archive.add(root / part, part)
    layout = state.path(name)
    layer = peers.put_blob(layout, gzip.compress(out.getvalue(), 1, mtime=0), "application/vnd.oci.image.layer.v1.tar+gzip")
    config = {"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": [peers.digest(out.getvalue())]}}
    manifest = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "layers": [layer],
                "config": peers.put_blob(layout, json.dumps(config).encode(), "application/vnd.oci.image.config.v1+json")}
    peers.write_index(layout, [peers.put_blob(layout, json.dumps(manifest).encode(), manifest["mediaType"])])
    return layout
