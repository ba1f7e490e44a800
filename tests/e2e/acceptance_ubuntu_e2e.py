"""Ubuntu roots get exactly the CVEs that the CVE Tracker says are open or fixed later, with and without Ubuntu Pro."""
import functools
import json
import unittest

import feeds
import images
import peers

CODENAMES = ("bionic", "focal", "jammy")
SOURCES_OF_A_RELEASE = 40


def pro_status(services):
    entries = [{"name": name, "status": "enabled", "entitled": "yes", "available": "yes"} for name in services]
    return json.dumps({"attached": True, "services": entries})


class AgainstTheTracker(unittest.TestCase):
    """The feeds as they are, on the source packages that they say most of."""

    @classmethod
    def setUpClass(cls):
        cls.feeds = feeds.directory()
        cls.database = feeds.database()
        cls.facts = feeds.ubuntu_tracker(cls.feeds, CODENAMES)

    def sources(self, codename):
        """The sources with the most to say, and of each kind of word; kernels have flavours, which other tests look at."""
        said = {source: cves for (where, source), cves in self.facts.items() if where == codename and not source.startswith("linux")}
        most = sorted(said, key=lambda source: (-len(said[source]), source))[:SOURCES_OF_A_RELEASE]
        for word in ("needed", "needs-triage", "deferred", "pending", "ignored", "not-affected", "released"):
            most += [source for source in sorted(said) if any(streams.get("", ("",))[0] == word for streams in said[source].values())][:3]
        return sorted(set(most))

    def installed(self, codename, source):
        """A version in the middle of those with fixes, so that some are above and some below."""
        versions = {version for streams in self.facts[codename, source].values() for status, version in streams.values() if version}
        ordered = sorted(versions, key=functools.cmp_to_key(lambda a, b: -1 if feeds.dpkg_older(a, b) else 1))
        return ordered[len(ordered) // 2] if ordered else "1.0-1"

    def check(self, codename, pro=()):
        packages = [(f"bin-{source}", self.installed(codename, source), source, self.installed(codename, source))
                    for source in self.sources(codename)]
        with peers.State() as state:
            root = images.dpkg_root(state.path("root"), images.ubuntu_os_release(codename), packages)
            if pro:
                images.write(root, {"var/lib/ubuntu-advantage/status.json": pro_status(pro)})
            target, _ = images.scan_json(self.database, root)
        self.assertEqual(f"ubuntu:{images.UBUNTU[codename]}", target["distribution"]["ecosystem"])
        expected = feeds.ubuntu_expected(self.facts, codename, packages, pro)
        self.assertGreater(len(expected), 100)
        self.assertGreater(sum(fixed is not None for fixed in expected.values()), 20)
        feeds.compare(self, expected, target)

    def test_bionic(self):
        self.check("bionic")

    def test_focal(self):
        self.check("focal")

    def test_jammy(self):
        self.check("jammy")

    def test_bionic_with_pro(self):
        self.check("bionic", ("esm-infra", "esm-apps"))

    def test_focal_with_pro(self):
        self.check("focal", ("esm-infra", "esm-apps"))


TRACKED = """Candidate: {cve}
PublicDate: 2101-01-01 00:00:00 UTC
References:
 https://example.org/{cve}
Description:
 A flaw.
Notes:
Bugs:
Priority: {priority}
Discovered-by:
Assigned-to:
CVSS:

Patches_alpha:
upstream_alpha: released (9.9)
{lines}
"""
# What a line says of alpha 1.2-3ubuntu1 on jammy: (status, fixed, part of the reason), or None for nothing.
LINES = {
    "jammy_alpha: released (1.2-3ubuntu1.1)": ("fixed", "1.2-3ubuntu1.1", ""),
    "jammy_alpha: released (1.2-3ubuntu1)": None,
    "jammy_alpha: released (1.2-3ubuntu0.9)": None,
    "jammy_alpha: released": None,
    "jammy_alpha: needed": ("affected", None, ""),
    "jammy_alpha: needs-triage": ("under_investigation", None, ""),
    "jammy_alpha: deferred (2101-02-02)": ("fix_deferred", None, "2101-02-02"),
    "jammy_alpha: pending (1.2-3ubuntu1.2)": ("affected", None, "pending"),
    "jammy_alpha: ignored (too intrusive)": ("will_not_fix", None, "too intrusive"),
    "jammy_alpha: ignored (end of standard support)\nesm-infra/jammy_alpha: not-affected (code not present)": None,
    "jammy_alpha: not-affected (1.2-3)": None,
    "jammy_alpha: DNE": None,
    "focal_alpha: needed": None,
    "devel_alpha: needed": None,
    "jammy_alpha-extra: needed": None,
    "jammy_alpha: needed\nesm-infra/jammy_alpha: released (1.2-3ubuntu1+esm1)": ("will_not_fix", None, "esm-infra"),
}


class AgainstOwnTracker(unittest.TestCase):
    """A tracker of one file for each kind of line; needs no feeds."""

    def build(self, state):
        peers.need("zstd", "tar")
        for number, lines in enumerate(LINES):
            cve = f"CVE-2101-{number:04}"
            images.write(state.path("tree"), {f"ubuntu-cve-tracker/active/{cve}": TRACKED.format(cve=cve, lines=lines, priority="high")})
        images.write(state.path("tree"), {"ubuntu-cve-tracker/ignored/CVE-2101-9999":
                                          TRACKED.format(cve="CVE-2101-9999", lines="jammy_alpha: needed", priority="low")})
        tar = peers.run("tar", "-C", state.path("tree"), "--sort=name", "-c", "ubuntu-cve-tracker").stdout
        packed = peers.run("zstd", "-q", "-c", stdin=tar).stdout
        return feeds.build(state, {"ubuntu/ubuntu-cve-tracker.tar.zst": packed})

    def test_every_kind_of_line(self):
        with peers.State() as state:
            database = self.build(state)
            root = images.dpkg_root(state.path("root"), images.ubuntu_os_release("jammy"),
                                    [("libalpha1", "1.2-3ubuntu1", "alpha", "1.2-3ubuntu1")])
            target, status = images.scan_json(database, root)
        found = feeds.reported(target)
        expected = {("libalpha1", f"CVE-2101-{number:04}"): outcome for number, outcome in enumerate(LINES.values()) if outcome}
        self.assertEqual(sorted(expected), sorted(found))
        for key, (word, fixed, reason) in expected.items():
            self.assertEqual((word, fixed, "high"), (found[key]["status"], found[key]["fixed"], found[key]["severity"]), key)
            self.assertIn(reason, found[key]["status_reason"] or "", key)
        self.assertEqual(0, status)

    def test_pro_makes_its_fixes_ones_that_can_be_installed(self):
        key = ("libalpha1", f"CVE-2101-{len(LINES) - 1:04}")
        with peers.State() as state:
            database = self.build(state)
            root = images.dpkg_root(state.path("root"), images.ubuntu_os_release("jammy"),
                                    [("libalpha1", "1.2-3ubuntu1", "alpha", "1.2-3ubuntu1")])
            images.write(root, {"var/lib/ubuntu-advantage/status.json": pro_status(["esm-infra"])})
            found = feeds.reported(images.scan_json(database, root)[0])
            self.assertEqual(("fixed", "1.2-3ubuntu1+esm1"), (found[key]["status"], found[key]["fixed"]))


if __name__ == "__main__":
    unittest.main()
