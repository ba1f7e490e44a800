"""AlmaLinux roots made by rpm, of packages built here, get exactly the CVEs whose erratum is later than what is installed."""
import io
import json
import unittest
import zipfile

import feeds
import images
import peers

# Packages of each release that errata speak of, with epochs, several streams of one module, and several dots in releases.
NAMES = {
    "8": ["openssl-libs", "curl", "libcurl", "glibc", "bind-libs", "sudo", "vim-minimal", "expat", "gnutls", "httpd", "nginx", "python3-libs"],
    "9": ["openssl-libs", "curl", "glibc", "bind-libs", "sudo", "expat", "krb5-libs", "libxml2", "nginx", "nodejs", "systemd-libs"],
    "10": ["openssl-libs", "curl", "glibc", "expat", "libxml2", "nginx", "krb5-libs"],
}
MODULES = {"8": [("nodejs", "nodejs:18"), ("ruby-libs", "ruby:3.1"), ("mariadb-server", "mariadb:10.5")],
           "9": [("php-common", "php:8.1")], "10": []}
# Names that are in no erratum, or that never have advisories.
STRANGERS = [("hello-oakum", "1.0-1.el9")]


class Builder:
    """Packages built by rpmbuild, one source each."""

    def __init__(self, state):
        peers.need("rpm", "rpmbuild")
        self.work = state.path("rpm")
        self.work.mkdir()
        self.files = []

    def add(self, name, evr, module=None, source=None):
        label = f"{module}:8090020230401:0123abcd" if module else None
        self.files += images.rpm_build(self.work, source or name, evr, [name], label)


class AgainstTheErrata(unittest.TestCase):
    """The feeds as they are."""

    @classmethod
    def setUpClass(cls):
        peers.need_root()
        cls.feeds = feeds.directory()
        cls.database = feeds.database()

    def check(self, release):
        errata = feeds.alma_errata(self.feeds, release)
        packages = []
        for number, (name, module) in enumerate([(name, None) for name in NAMES[release]] + MODULES[release]):
            fixes = [fixed for found in errata.get(name, {}).values() for fixed, summary in found if feeds.module_of(fixed, summary) == module]
            if not fixes:
                continue
            ordered = feeds.rpm_sorted(fixes)
            # In the middle of the fixes; or, in turn, older and newer than all of them.
            version = ordered[len(ordered) // 2] if number % 3 else ordered[-1] if number % 2 else older_than(ordered[0])
            packages.append((name, version, module))
        packages += [(name, version, None) for name, version in STRANGERS]
        with peers.State() as state:
            builder = Builder(state)
            for name, version, module in packages:
                builder.add(name, version, module)
            root = images.rpm_root(state.path("root"), release, builder.files)
            target, _ = images.scan_json(self.database, root)
        self.assertEqual(f"alma:{release}", target["distribution"]["ecosystem"])
        self.assertEqual(sorted(name for name, _, _ in packages), sorted(package["name"] for package in target["packages"]))
        expected = feeds.alma_expected(errata, packages)
        self.assertGreater(len(expected), 20)
        feeds.compare(self, expected, target)

    def test_almalinux_8(self):
        self.check("8")

    def test_almalinux_9(self):
        self.check("9")

    def test_almalinux_10(self):
        self.check("10")


def older_than(evr):
    epoch, colon, rest = evr.rpartition(":")
    version, _, release = rest.rpartition("-")
    return f"{epoch}{colon}{version}-0~{release.split('.')[0]}"


# Of alpha 1:2.0-3.el9 (and the module's 1:2.0-3.module_el9): the fix that an erratum names, and whether that is later.
FIXES = {"CVE-2101-0001": ("1:2.0-3.el9_1", True), "CVE-2101-0002": ("1:2.0-3.el9", False), "CVE-2101-0003": ("1:2.0-2.el9", False),
         "CVE-2101-0004": ("1:2.0.1-1.el9", True), "CVE-2101-0005": ("2:1.0-1.el9", True), "CVE-2101-0006": ("0:9.0-1.el9", False),
         "CVE-2101-0007": ("1:2.0~rc1-1.el9", False), "CVE-2101-0008": ("1:2.0^git1-1.el9", True), "CVE-2101-0009": ("1:2.0-10.el9", True)}


def erratum(number, cve, name, fixed, summary="Important: alpha security update", release="9"):
    return {f"ALSA-2101_{number:04}.json": json.dumps({
        "id": f"ALSA-2101:{number:04}", "summary": summary, "details": "", "related": [cve], "published": "2101-01-01T00:00:00Z",
        "modified": "2101-01-01T00:00:00Z", "references": [],
        "affected": [{"package": {"ecosystem": f"AlmaLinux:{release}", "name": name},
                      "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": fixed}]}]}]})}


def osv_zip(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


class AgainstOwnErrata(unittest.TestCase):
    """Errata written here, on packages that rpm built and installed; needs no feeds."""

    def scan(self, members, add):
        with peers.State() as state:
            builder = Builder(state)
            add(builder)
            root = images.rpm_root(state.path("root"), "9", builder.files)
            return images.scan_json(feeds.build(state, {"osv/AlmaLinux/all.zip": osv_zip(members)}), root)

    def test_the_order_of_versions(self):
        members = {}
        for number, (cve, (fixed, _)) in enumerate(FIXES.items()):
            members |= erratum(number, cve, "alpha-libs", fixed)
        members |= erratum(99, "CVE-2101-0099", "alpha-libs", "9:9-9.el8", release="8")
        members |= erratum(98, "CVE-2101-0098", "alpha", "9:9-9.el9")  # the source's name, which no package has
        target, status = self.scan(members, lambda builder: builder.add("alpha-libs", "1:2.0-3.el9", source="alpha"))
        feeds.compare(self, {("alpha-libs", cve): fixed for cve, (fixed, later) in FIXES.items() if later}, target)
        self.assertEqual({"high"}, {entry["severity"] for entry in target["vulnerabilities"]})
        self.assertIn("ALSA-2101:0000", target["vulnerabilities"][0]["advisories"])
        self.assertEqual(0, status)
        # rpm itself agrees with what the table says.
        orders = feeds.rpm_compare([("1:2.0-3.el9", fixed) for fixed, _ in FIXES.values()])
        self.assertEqual([later for _, later in FIXES.values()], [order == -1 for order in orders])

    def test_modules_keep_to_their_stream(self):
        members = erratum(1, "CVE-2101-0001", "tool", "1:5-1.module_el9.1.0+1+aa", "Important: tool:5 security update")
        members |= erratum(2, "CVE-2101-0002", "tool", "1:6-1.module_el9.1.0+1+aa", "Important: tool:6 security update")
        members |= erratum(3, "CVE-2101-0003", "tool", "1:6-1.el9", "Important: tool security update")
        for module, expected in (("tool:5", {"CVE-2101-0001": "1:5-1.module_el9.1.0+1+aa"}), (None, {"CVE-2101-0003": "1:6-1.el9"})):
            with self.subTest(module=module):
                target, _ = self.scan(members, lambda builder, module=module: builder.add("tool", "1:5-0.1", module))
                feeds.compare(self, {("tool", cve): fixed for cve, fixed in expected.items()}, target)


if __name__ == "__main__":
    unittest.main()
