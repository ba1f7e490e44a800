"""What a scan has to find, worked out by a few lines for each feed, apart from the program under test.

Versions are ordered by the distribution's own tools (dpkg, rpm); for apk, which Debian has no tool for, by a comparator
for versions whose order is plain. The feeds are those in $OAKUM_FEEDS.
"""
import collections
import functools
import gzip
import json
import os
import pathlib
import re
import subprocess
import tarfile
import unittest
import zipfile

import images
import peers

CVE = re.compile(r"CVE-\d{4}-\d{4,}")


def directory():
    place = os.environ.get("OAKUM_FEEDS")
    if not place:
        raise unittest.SkipTest("OAKUM_FEEDS names no directory of feeds")
    return pathlib.Path(place)


def database():
    """The database of all feeds, built once for a binary and a set of feeds."""
    feeds = directory()
    inputs = [images.binary(), *sorted(path for path in feeds.rglob("*") if path.is_file())]
    key = "database-" + images.digest_of(*inputs)

    def make(place):
        for old in images.CACHE.glob("database-*"):
            if not old.name.startswith(key):
                images.discard(old)
        done = images.oakum("db", "build", "--from", feeds, "--db", place, "--quiet")
        if done.returncode != 0:
            raise AssertionError("db build: " + done.stderr.decode(errors="replace"))

    return images.cached(key, make)


def build(state, files, name="own.oakum"):
    """A database of feeds that the test writes itself, {path: text}; returns its path."""
    images.write(state.path(name + "-feeds"), files)
    done = images.oakum("db", "build", "--from", state.path(name + "-feeds"), "--db", state.path(name))
    if done.returncode != 0:
        raise AssertionError("db build: " + done.stderr.decode(errors="replace"))
    return state.path(name)


def reported(target):
    """{(package, CVE): vulnerability}; a package that is there twice must have the same findings twice."""
    return {(entry["package"], entry["id"]): entry for entry in target["vulnerabilities"]}


def compare(test, expected, target):
    """Asserts that exactly the expected {(package, CVE): fixed version or None} is reported."""
    found = reported(target)
    missing = sorted(set(expected) - set(found))
    surplus = sorted(set(found) - set(expected))
    test.assertEqual([], missing[:20], f"{len(missing)} missing")
    test.assertEqual([], [(key, found[key]["fixed"], found[key]["status"]) for key in surplus[:20]], f"{len(surplus)} too many")
    wrong = {key: (fixed, found[key]["fixed"]) for key, fixed in expected.items() if found[key]["fixed"] != fixed}
    test.assertEqual([], sorted(wrong.items())[:20], f"{len(wrong)} with another fix")
    for key, fixed in expected.items():
        test.assertEqual(found[key]["status"] == "fixed", fixed is not None, key)


# --- Debian -------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=None)
def dpkg_older(version, than):
    return subprocess.run(["dpkg", "--compare-versions", version, "lt", than], check=False).returncode == 0


def debian_tracker(feeds):
    with gzip.open(feeds / "debian/tracker.json.gz") as file:
        return json.load(file)


def debian_notices(feeds):
    """{(source, codename): {CVE: [versions or words]}} of the lists of notices."""
    notices = collections.defaultdict(lambda: collections.defaultdict(list))
    for path in ("debian/data/DSA/list", "debian/data/DLA/list"):
        cves = []
        for line in (feeds / path).read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                cves = []
            elif line.startswith("\t{"):
                cves = CVE.findall(line)
            elif fix := re.match(r"\t\[(\w+)\] - (\S+) (\S+)", line):
                for cve in cves:
                    notices[fix[2], fix[1]][cve].append(fix[3])
    return notices


def debian_expected(tracker, codename, packages, notices=None):
    """{(binary, CVE): fixed version or None} by the tracker: open, or fixed later than what is installed."""
    expected = {}
    for binary, _, source, installed in packages:
        for cve, entry in tracker.get(source, {}).items():
            facts = entry["releases"].get(codename)
            fixed = facts and facts.get("fixed_version")
            if not facts or fixed == "0" or (fixed and not dpkg_older(installed, fixed)):
                continue
            held = list((facts.get("repositories") or {}).values())
            there = fixed and (facts["status"] == "resolved" or any(not dpkg_older(version, fixed) for version in held))
            expected[binary, cve] = fixed if there else None
        # What the tracker does not speak of is as the notices say.
        for cve, words in (notices or {}).get((source, codename), {}).items():
            if codename in tracker.get(source, {}).get(cve, {}).get("releases", {}):
                continue
            versions = [word for word in words if not word.startswith("<")]
            fixed = max(versions, key=functools.cmp_to_key(lambda a, b: -1 if dpkg_older(a, b) else 1), default=None)
            if fixed and dpkg_older(installed, fixed):
                expected[binary, cve] = fixed
    return expected


# --- Alpine -------------------------------------------------------------------------------------------------------

APK = re.compile(r"(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|p)\d*)*)(?:-r(\d+))?")
APK_SUFFIX = {"alpha": -4, "beta": -3, "pre": -2, "rc": -1, "p": 1}


def apk_key(version):
    """Orders versions of the plain kind: numbers without leading zeros, a letter, suffixes, a revision."""
    match = APK.fullmatch(version)
    if not match or re.search(r"\.0\d", match[1]):
        return None
    suffixes = [(APK_SUFFIX[word], int(number or 0)) for word, number in re.findall(r"_([a-z]+)(\d*)", match[3])]
    return [int(part) for part in match[1].split(".")], match[2], suffixes + [(0, 0)], int(match[4] or 0)


def alpine_secfixes(feeds, release):
    """{origin: {version: [CVE]}} of both repositories; packages with a version of no plain order are left out."""
    merged = collections.defaultdict(lambda: collections.defaultdict(list))
    for repository in ("main", "community"):
        for item in json.loads((feeds / f"alpine/v{release}/{repository}.json").read_text())["packages"]:
            for version, ids in item["pkg"]["secfixes"].items():
                merged[item["pkg"]["name"]][version] += [cve for text in ids for cve in CVE.findall(text)]
    return {name: fixes for name, fixes in merged.items() if all(apk_key(version) for version in fixes)}


def alpine_expected(secfixes, packages):
    expected = {}
    for name, installed, origin in packages:
        last = {}
        for version, cves in secfixes.get(origin, {}).items():
            for cve in cves:
                if version != "0" and (cve not in last or apk_key(version) > apk_key(last[cve])):
                    last[cve] = version
        for cve, version in last.items():
            if apk_key(installed) < apk_key(version):
                expected[name, cve] = version
    return expected


# --- Ubuntu -------------------------------------------------------------------------------------------------------

UBUNTU_LINE = re.compile(r"^([a-z/-]+)_(\S+?): *(\S+) *(?:\((.*)\))?")
UBUNTU_OPEN = ("needed", "needs-triage", "pending", "in-progress", "active", "deferred", "ignored")


def ubuntu_tracker(feeds, codenames):
    """{(codename, source): {CVE: {stream: (status, version or None)}}}; the release itself is the stream ""."""
    peers.need("zstd")
    streams = {codename: (codename, "") for codename in codenames}
    streams |= {f"{stream}/{codename}": (codename, stream) for codename in codenames for stream in ("esm-infra", "esm-apps")}
    facts = collections.defaultdict(lambda: collections.defaultdict(dict))
    with subprocess.Popen(["zstd", "-dc", feeds / "ubuntu/ubuntu-cve-tracker.tar.zst"], stdout=subprocess.PIPE) as process:
        with tarfile.open(fileobj=process.stdout, mode="r|") as archive:
            for member in archive:
                parts = member.name.split("/")
                if CVE.fullmatch(parts[-1]) and parts[-2] in ("active", "retired"):
                    add_ubuntu_cve(archive.extractfile(member).read().decode(errors="replace"), parts[-1], streams, facts)
    return facts


def add_ubuntu_cve(text, cve, streams, facts):
    if "** REJECT" in text:
        return
    for line in text.splitlines():
        match = UBUNTU_LINE.match(line)
        if match and match[1] in streams:
            codename, stream = streams[match[1]]
            version = (match[4] or "").split(",")[0].split(" ")[0]
            facts[codename, match[2]][cve][stream] = (match[3], version if re.match(r"\d", version) else None)


def ubuntu_expected(facts, codename, packages, pro=()):
    """By the tracker, for a system that gets the streams in `pro` besides the release itself."""
    expected = {}
    for binary, _, source, installed in packages:
        for cve, said in facts.get((codename, source), {}).items():
            status, version = said.get("", ("DNE", None))
            fixes = [version] if status == "released" and version else []
            fixes += [v for stream in pro for s, v in [said.get(stream, ("", None))] if s == "released" and v]
            elsewhere = [(s, v) for stream, (s, v) in said.items() if stream and stream not in pro]
            if fixes:
                if all(dpkg_older(installed, fix) for fix in fixes):
                    expected[binary, cve] = min(fixes, key=functools.cmp_to_key(lambda a, b: -1 if dpkg_older(a, b) else 1))
            elif status in UBUNTU_OPEN:
                # A release past its support is ignored as a whole: its long-term stream says whether the code is there.
                if not (status == "ignored" and any(s == "not-affected" for stream, (s, _) in said.items() if stream)):
                    expected[binary, cve] = None
            elif status == "DNE" and any(s == "released" and v and dpkg_older(installed, v) for s, v in elsewhere):
                expected[binary, cve] = None
    return expected


# --- AlmaLinux ----------------------------------------------------------------------------------------------------


def alma_errata(feeds, release):
    """{package: {CVE: [(fixed version, summary)]}} of the notices for a release."""
    fixes = collections.defaultdict(lambda: collections.defaultdict(list))
    with zipfile.ZipFile(feeds / "osv/AlmaLinux/all.zip") as archive:
        for name in archive.namelist():
            record = json.loads(archive.read(name))
            cves = sorted({cve for cve in record.get("related", []) if CVE.fullmatch(cve)})
            for affected in record["affected"]:
                if affected["package"]["ecosystem"] != f"AlmaLinux:{release}":
                    continue
                for part in affected["ranges"]:
                    for event in part["events"]:
                        for cve in cves if "fixed" in event else []:
                            fixes[affected["package"]["name"]][cve].append((event["fixed"], record["summary"]))
    return fixes


def rpm_compare(pairs):
    """rpm's own order of many pairs of [EPOCH:]VERSION-RELEASE: -1, 0 or 1 each."""
    peers.need("rpm")
    lines = "".join(f'print(full("{a}", "{b}") .. "\\n") ' for a, b in pairs)
    program = """
local function parts(evr)
  local epoch, rest = evr:match("^(%d+):(.*)$")
  local version, release = (rest or evr):match("^(.*)-([^-]*)$")
  return {epoch or "0", version, release}
end
function full(a, b)
  local x, y = parts(a), parts(b)
  for i = 1, 3 do
    local order = rpm.vercmp(x[i], y[i])
    if order ~= 0 then return order end
  end
  return 0
end
""" + lines
    done = subprocess.run(["rpm", "--eval", "%{lua:" + program + "}"], capture_output=True, check=True, text=True)
    return [int(word) for word in done.stdout.split()]


@functools.lru_cache(maxsize=None)
def rpm_older(version, than):
    return rpm_compare([(version, than)]) == [-1]


def module_of(fixed, summary):
    """A notice names its module only in the summary: "Important: nodejs:18 security update"."""
    if ".module" not in fixed:
        return None
    return next((word for word in summary.split() if re.fullmatch(r"[^:]+:[^:]+", word)), None)


def alma_expected(errata, packages):
    """{(package, CVE): the lowest fix}; packages are (name, [EPOCH:]VERSION-RELEASE, "module:stream" or None)."""
    expected = {}
    for name, installed, module in packages:
        for cve, fixes in errata.get(name, {}).items():
            fixes = [fixed for fixed, summary in fixes if module_of(fixed, summary) == module]
            if fixes and all(rpm_older(installed, fixed) for fixed in fixes):
                expected[name, cve] = rpm_sorted(fixes)[0]
    return expected


def rpm_sorted(versions):
    return sorted(set(versions), key=functools.cmp_to_key(lambda a, b: -1 if rpm_older(a, b) else 1 if rpm_older(b, a) else 0))
