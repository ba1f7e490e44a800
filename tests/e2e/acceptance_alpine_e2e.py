"""Alpine roots get exactly the CVEs whose fix, by the security database, is later than what is installed."""
import json
import unittest

import feeds
import images
import peers

RELEASES = ("3.15", "3.18", "3.20", "3.24")


def some_version(versions, place):
    """One of the versions that the database names, by its place in their order; or one before and after them all."""
    ordered = sorted((version for version in versions if version != "0"), key=feeds.apk_key)
    if not ordered or place == "first":
        return "0.0.1-r0"
    return ordered[len(ordered) // 2] if place == "middle" else ordered[-1]


class AgainstTheDatabase(unittest.TestCase):
    """The feeds as they are; each package that they name is installed, at a version that some fixes are above."""

    @classmethod
    def setUpClass(cls):
        cls.feeds = feeds.directory()
        cls.database = feeds.database()

    def check(self, release):
        secfixes = feeds.alpine_secfixes(self.feeds, release)
        self.assertGreater(len(secfixes), 200)
        packages = []
        for number, (origin, fixes) in enumerate(sorted(secfixes.items())):
            version = some_version(fixes, ("middle", "first", "last", "middle")[number % 4])
            packages.append((origin, version, origin))
            if number % 5 == 0:
                packages.append((origin + "-subpackage", version, origin))
        with peers.State() as state:
            root = images.alpine_root(state.path("root"), release, packages)
            target, _ = images.scan_json(self.database, root)
        self.assertEqual(f"alpine:{release}", target["distribution"]["ecosystem"])
        self.assertEqual(len(packages), len(target["packages"]))
        expected = feeds.alpine_expected(secfixes, packages)
        self.assertGreater(len(expected), 500)
        target["vulnerabilities"] = [entry for entry in target["vulnerabilities"] if not self.is_by_another_name(entry, release)]
        feeds.compare(self, expected, target)

    def is_by_another_name(self, entry, release):
        """What the database names by an id that is no CVE ("XSA-207", "RUSTSEC-…") is reported by the CVE if there is one."""
        if not hasattr(self, "text"):
            self.text = "".join((self.feeds / f"alpine/v{release}/{name}.json").read_text() for name in ("main", "community"))
        names = [entry["id"], *entry["aliases"]]
        named = any(name in self.text for name in names if not feeds.CVE.fullmatch(name))
        return named and entry["id"] not in self.cves(release)

    def cves(self, release):
        return {cve for fixes in feeds.alpine_secfixes(self.feeds, release).values() for cves in fixes.values() for cve in cves}

    def test_a_release_of_2021(self):
        self.check("3.15")

    def test_a_release_of_2023(self):
        self.check("3.18")

    def test_a_release_of_2024(self):
        self.check("3.20")

    def test_a_release_of_2026(self):
        self.check("3.24")


OWN = {"alpha": {"1.2.3-r0": ["CVE-2101-0001"], "1.2.3-r1": ["CVE-2101-0002"], "1.2.3-r2": ["CVE-2101-0003"],
                 "0": ["CVE-2101-0004"], "1.10.0-r0": ["CVE-2101-0005 GNUTLS-SA-2101-01-01"], "1.2.3_p1-r0": ["CVE-2101-0006"],
                 "1.2.3_rc1-r0": ["CVE-2101-0007"], "1.2-r9": ["CVE-2101-0008"], "2.0-r0": ["CVE-2101-0001", "XSA-999"]},
       "unrelated": {"99-r0": ["CVE-2101-0098"]}}
OWN_COMMUNITY = {"beta": {"5-r1": ["CVE-2101-0021"]}}
# Installed: alpha 1.2.3-r1, a subpackage of it, and beta 5-r0.
OWN_EXPECTED = {"CVE-2101-0001": "2.0-r0", "CVE-2101-0003": "1.2.3-r2", "CVE-2101-0005": "1.10.0-r0", "CVE-2101-0006": "1.2.3_p1-r0",
                "XSA-999": "2.0-r0"}


def secdb(release, repository, secfixes):
    packages = [{"pkg": {"name": name, "secfixes": fixes}} for name, fixes in secfixes.items()]
    return json.dumps({"apkurl": "", "archs": ["x86_64"], "reponame": repository, "urlprefix": "", "distroversion": "v" + release,
                       "packages": packages})


class AgainstOwnDatabase(unittest.TestCase):
    """A small database in the native format, with each kind of entry; needs no feeds."""

    def scan(self, release="3.20", packages=(("alpha", "1.2.3-r1", "alpha"), ("alpha-libs", "1.2.3-r1", "alpha"), ("beta", "5-r0", "beta"))):
        with peers.State() as state:
            database = feeds.build(state, {"alpine/v3.20/main.json": secdb("3.20", "main", OWN),
                                           "alpine/v3.20/community.json": secdb("3.20", "community", OWN_COMMUNITY)})
            return images.scan_json(database, images.alpine_root(state.path("root"), release, packages))

    def test_every_kind_of_entry(self):
        target, status = self.scan()
        expected = {(name, cve): fixed for name in ("alpha", "alpha-libs") for cve, fixed in OWN_EXPECTED.items()}
        feeds.compare(self, expected | {("beta", "CVE-2101-0021"): "5-r1"}, target)
        self.assertEqual(0, status)

    def test_the_order_of_suffixes(self):
        for installed, vulnerable in (("1.2.3_p1-r0", False), ("1.2.3-r9", True), ("1.2.3_alpha1-r0", True), ("1.2.3a-r0", False)):
            with self.subTest(installed=installed):
                target, _ = self.scan(packages=[("alpha", installed, "alpha")])
                self.assertEqual(vulnerable, ("alpha", "CVE-2101-0006") in feeds.reported(target))

    def test_a_release_without_data_is_not_clean(self):
        target, status = self.scan(release="3.19")
        self.assertEqual([], target["vulnerabilities"])
        self.assertEqual(2, status)
        self.assertIn("alpine:3.19", json.dumps(target["unevaluated"]))


if __name__ == "__main__":
    unittest.main()
