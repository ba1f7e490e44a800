"""Debian roots made by mmdebstrap get exactly the CVEs that the security tracker's data says they have."""
import concurrent.futures
import gzip
import json
import unittest

import feeds
import images
import peers

SUITES = {"bullseye": "17", "bookworm": "17", "trixie": "21"}
NUMBERS = {codename: number for number, codename in images.DEBIAN.items()}


def packages_of(suite):
    return ("nginx", "curl", "python3", f"openjdk-{SUITES[suite]}-jre-headless")


class AgainstTheTracker(unittest.TestCase):
    """The feeds as they are, against roots of the main suite alone."""

    @classmethod
    def setUpClass(cls):
        cls.feeds = feeds.directory()
        peers.need_root()
        with concurrent.futures.ThreadPoolExecutor() as pool:
            made = {suite: pool.submit(images.debian_root, suite, packages_of(suite)) for suite in SUITES}
            cls.database = feeds.database()
        cls.roots = made
        cls.tracker = feeds.debian_tracker(cls.feeds)
        cls.notices = feeds.debian_notices(cls.feeds)

    def check(self, suite):
        root = self.roots[suite].result()  # skips where it could not be made
        packages = images.dpkg_packages(root)
        target, _ = images.scan_json(self.database, root)
        self.assertEqual(f"debian:{NUMBERS[suite]}", target["distribution"]["ecosystem"])
        self.assertEqual(sorted((name, version, source, source_version) for name, version, source, source_version in packages),
                         sorted((p["name"], p["version"], p["source"]["name"], p["source"]["version"]) for p in target["packages"]))
        expected = feeds.debian_expected(self.tracker, suite, packages, self.notices)
        feeds.compare(self, expected, target)
        # The data speaks of what the issue is about, so that equal sets are no two empty ones.
        self.assertTrue({"curl", "nginx"} & {name for name, _ in expected} or suite == "trixie", sorted(expected)[:5])
        return expected

    def test_bullseye(self):
        self.check("bullseye")

    def test_bookworm(self):
        self.check("bookworm")

    def test_trixie(self):
        self.check("trixie")


# One claim of each kind; what is expected of it: None (nothing), or (status, fixed, part of the reason).
def claims_about(version):
    above, below = version + "+deb99u1", "0~"
    return {
        "CVE-2101-0001": ({"status": "resolved", "fixed_version": above}, ("fixed", above, "")),
        "CVE-2101-0002": ({"status": "resolved", "fixed_version": version}, None),
        "CVE-2101-0003": ({"status": "resolved", "fixed_version": below}, None),
        "CVE-2101-0004": ({"status": "open"}, ("affected", None, "")),
        "CVE-2101-0005": ({"status": "resolved", "fixed_version": "0"}, None),
        "CVE-2101-0006": ({"status": "open", "urgency": "unimportant"}, ("affected", None, "unimportant")),
        "CVE-2101-0007": ({"status": "open", "nodsa": "Minor issue", "nodsa_reason": ""}, ("affected", None, "Minor issue")),
        "CVE-2101-0008": ({"status": "open", "nodsa": "Minor issue", "nodsa_reason": "postponed"}, ("fix_deferred", None, "postponed")),
        "CVE-2101-0009": ({"status": "open", "nodsa": "Minor issue", "nodsa_reason": "ignored"}, ("will_not_fix", None, "ignored")),
        "CVE-2101-0010": ({"status": "open", "urgency": "end-of-life"}, ("end_of_life", None, "end-of-life")),
        "CVE-2101-0011": ({"status": "undetermined"}, ("under_investigation", None, "")),
        "CVE-2101-0012": ({"status": "open", "fixed_version": above}, ("affected", None, "not in the release's archive")),
        "CVE-2101-0013": ({"status": "resolved", "fixed_version": version + "~"}, None),
    }


def tracker_of(sources, codename):
    """A tracker file with every kind of claim on each {source: version}; and one on another release, for near misses."""
    tracker = {}
    for source, version in sources.items():
        entries = {}
        for cve, (facts, _) in claims_about(version).items():
            held = {codename: version} | ({codename + "-security": facts["fixed_version"]} if facts["status"] == "resolved" else {})
            entries[cve] = {"scope": "local", "releases": {codename: {"urgency": "not yet assigned", "repositories": held} | facts}}
        entries["CVE-2101-0099"] = {"scope": "local", "releases": {"wheezy": {"status": "open", "urgency": "high", "repositories": {}}}}
        tracker[source] = entries
    return json.dumps(tracker)


class AgainstOwnTracker(unittest.TestCase):
    """Every kind of claim, on packages as they are in a root; needs no feeds."""

    def check(self, state, root, packages, number):
        sources = {source: version for _, _, source, version in packages}
        database = feeds.build(state, {"debian/tracker.json": tracker_of(sources, images.DEBIAN[number])})
        target, status = images.scan_json(database, root)
        found = feeds.reported(target)
        expected = {(name, cve): outcome for name, _, _, version in packages
                    for cve, (_, outcome) in claims_about(version).items() if outcome}
        self.assertEqual(sorted(expected), sorted(found))
        for key, (word, fixed, reason) in expected.items():
            self.assertEqual((word, fixed), (found[key]["status"], found[key]["fixed"]), key)
            self.assertIn(reason, found[key]["status_reason"] or "", key)
        return target, status

    def test_every_kind_of_claim_on_a_hand_made_root(self):
        packages = [("libalpha1", "1:2.3-4", "alpha", "1:2.3-4"), ("alpha-tools", "1:2.3-4+b2", "alpha", "1:2.3-4"),
                    ("beta", "7.0~rc1-1", "beta", "7.0~rc1-1"), ("gamma-data", "3:5-1", "gamma-defaults", "0.77")]
        for number in images.DEBIAN:
            with self.subTest(release=number), peers.State() as state:
                root = images.dpkg_root(state.path("root"), images.debian_os_release(number), packages)
                _, status = self.check(state, root, packages, number)
                self.assertEqual(0, status)

    def test_every_kind_of_claim_on_a_real_root(self):
        root = images.debian_root("bookworm", ())
        with peers.State() as state:
            target, _ = self.check(state, root, images.dpkg_packages(root), "12")
            self.assertGreater(len(target["packages"]), 60)

    def test_a_real_root_as_an_image_says_the_same(self):
        root = images.debian_root("bookworm", ())
        with peers.State() as state:
            packages = images.dpkg_packages(root)
            sources = {source: version for _, _, source, version in packages}
            database = feeds.build(state, {"debian/tracker.json": tracker_of(sources, "bookworm")})
            image = images.image_of(state, root, ["etc/os-release", "usr/lib/os-release", "var/lib/dpkg"])
            by_root, _ = images.scan_json(database, root)
            by_image, status = images.scan_json(database, image)
        self.assertEqual(0, status)
        self.assertGreater(len(by_image["vulnerabilities"]), 500)
        for found in (by_root, by_image):
            for entry in found["vulnerabilities"] + found["packages"]:
                entry.pop("layer")
        self.assertEqual(by_root["vulnerabilities"], by_image["vulnerabilities"])
        self.assertEqual(by_root["packages"], by_image["packages"])

    def test_a_gzipped_tracker_says_the_same(self):
        packages = [("libalpha1", "1:2.3-4", "alpha", "1:2.3-4")]
        with peers.State() as state:
            root = images.dpkg_root(state.path("root"), images.debian_os_release("12"), packages)
            text = tracker_of({"alpha": "1:2.3-4"}, "bookworm")
            plain = images.scan_json(feeds.build(state, {"debian/tracker.json": text}, "plain"), root)
            packed = images.scan_json(feeds.build(state, {"debian/tracker.json.gz": gzip.compress(text.encode())}, "packed"), root)
            self.assertEqual(plain, packed)


if __name__ == "__main__":
    unittest.main()
