"""The command line as people and pipelines meet it: exit statuses, filters, ignore files, formats, output, signals."""
import json
import os
import pathlib
import re
import signal
import subprocess
import time
import unittest
import urllib.parse

import feeds
import images
import peers

CLEAN, FINDINGS, COULD_NOT = 0, 1, 2
TODAY = "2101-06-15"
NOW = 4148280000  # that day, in seconds since 1970

# {CVE: what the tracker says of it}; all of them are in the one source package, alpha 1.0-1.
HIGH, LOW, REFUSED, EXPLOITED = "CVE-2101-0001", "CVE-2101-0002", "CVE-2101-0003", "CVE-2101-0004"
TRACKER = {"alpha": {
    HIGH: {"description": "A flaw.", "releases": {"bookworm": {"status": "resolved", "fixed_version": "1.0-1+deb12u1", "urgency": "high"}}},
    LOW: {"releases": {"bookworm": {"status": "open", "urgency": "low"}}},
    REFUSED: {"releases": {"bookworm": {"status": "open", "urgency": "medium", "nodsa": "Too intrusive", "nodsa_reason": "ignored"}}},
    EXPLOITED: {"releases": {"bookworm": {"status": "resolved", "fixed_version": "1.0-1+deb12u2", "urgency": "not yet assigned"}}},
}}
KEV = {"title": "catalogue", "catalogVersion": "2101.06.01", "dateReleased": "2101-06-01T00:00:00Z", "count": 1, "vulnerabilities": [
    {"cveID": EXPLOITED, "vendorProject": "a", "product": "b", "vulnerabilityName": "c", "dateAdded": "2101-06-01",
     "shortDescription": "d", "requiredAction": "e", "dueDate": "2101-07-01", "knownRansomwareCampaignUse": "Known", "notes": ""}]}
ALL = {HIGH, LOW, REFUSED, EXPLOITED}


class CommandLine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.state = peers.State().__enter__()
        cls.addClassCleanup(cls.state.__exit__)
        cls.database = feeds.build(cls.state, {"debian/tracker.json": json.dumps(TRACKER),
                                               "kev/known_exploited_vulnerabilities.json": json.dumps(KEV)}, "db")
        cls.root = images.dpkg_root(cls.state.path("root"), images.debian_os_release("12"),
                                    [("libalpha1", "1.0-1", "alpha", "1.0-1"), ("zeta", "3", "zeta", "3")])
        cls.sound = images.dpkg_root(cls.state.path("sound"), images.debian_os_release("12"), [("zeta", "3", "zeta", "3")])
        layer = {"etc/os-release": images.debian_os_release("12"), "var/lib/dpkg/status": (cls.root / "var/lib/dpkg/status").read_text()}
        cls.image = images.docker_archive(cls.state, "image", [layer, {"opt/näme with <&\"'> space": "x"}])

    def setUp(self):
        self.here = self.state.path(f"cwd-{self.id().rpartition('.')[2]}")
        self.here.mkdir(exist_ok=True)

    def oakum(self, *arguments, **extra):
        return images.oakum(*arguments, cwd=self.here, SOURCE_DATE_EPOCH=NOW, **extra)

    def scan(self, *options, target=None, **extra):
        return self.oakum("scan", "--db", self.database, "--no-cache", *options, target or self.root, **extra)

    def json(self, *options, **extra):
        done = self.scan("--format", "json", *options, **extra)
        return json.loads(done.stdout), done

    def ids(self, *options, **extra):
        """The CVEs reported, but for those suppressed."""
        report, _ = self.json(*options, **extra)
        return {entry["id"] for entry in report["targets"][0]["vulnerabilities"] if not entry["suppressed"]}

    def complaint(self, done):
        """The one line on standard error, which has its form."""
        lines = done.stderr.decode().splitlines()
        self.assertEqual(1, len(lines), done.stderr.decode())
        self.assertRegex(lines[0], r"^oakum: \S.*[^.\s]$")
        return lines[0]


class ExitStatuses(CommandLine):
    def test_findings_alone_do_not_fail(self):
        self.assertEqual(CLEAN, self.scan().returncode)

    def test_fail_on(self):
        for words, status in (("high", FINDINGS), ("critical", CLEAN), ("low", FINDINGS), ("fixable", FINDINGS), ("kev", FINDINGS),
                              ("eol", CLEAN), ("unknown", CLEAN), ("critical,kev", FINDINGS), ("critical,eol,unknown", CLEAN)):
            with self.subTest(fail_on=words):
                self.assertEqual(status, self.scan("--fail-on", words).returncode)

    def test_fail_on_looks_at_what_the_filters_left(self):
        self.assertEqual(CLEAN, self.scan("--fail-on", "high", "--severity", "low").returncode)
        self.assertEqual(CLEAN, self.scan("--fail-on", "medium", "--ignore-unfixed", "--severity", "medium,low").returncode)

    def test_exit_code(self):
        self.assertEqual(7, self.scan("--exit-code", "7").returncode)
        self.assertEqual(CLEAN, self.scan("--exit-code", "0").returncode)
        self.assertEqual(CLEAN, self.scan("--exit-code", "7", target=self.sound).returncode)
        self.assertEqual(9, self.scan("--exit-code", "9", "--fail-on", "high").returncode)
        self.assertEqual(CLEAN, self.scan("--exit-code", "9", "--fail-on", "critical").returncode)

    def test_an_unreadable_target_is_2_even_beside_findings(self):
        done = self.scan("--fail-on", "high", self.root, "--format", "json", target=self.here / "missing.tar")
        self.assertEqual(COULD_NOT, done.returncode)
        self.assertIn("missing.tar", self.complaint(done))
        self.assertEqual(1, len(json.loads(done.stdout)["targets"]))

    def test_an_unknown_distribution_is_not_clean(self):
        root = images.dpkg_root(self.here / "root", "ID=plan9\nVERSION_ID=4\nPRETTY_NAME=Plan\n", [("alpha", "1.0-1", "alpha", "1.0-1")])
        report, done = self.json(target=root)
        self.assertEqual(COULD_NOT, done.returncode)
        entry = report["targets"][0]["unevaluated"][0]
        self.assertEqual("unknown-distribution", entry["kind"])
        self.assertIn("Plan", json.dumps(entry))
        self.assertGreaterEqual(report["summary"]["unevaluated"], 1)
        text = self.scan(target=root).stdout.decode()
        self.assertRegex(text, "(?i)(cannot|could not|not) (be )?(judge|evaluate|check)")
        self.assertNotRegex(text, "(?i)no (known )?vulnerabilities found")

    def test_no_packages_at_all_is_said(self):
        (self.here / "empty").mkdir()
        done = self.scan(target=self.here / "empty")
        self.assertEqual(COULD_NOT, done.returncode)


class Filters(CommandLine):
    def test_severity(self):
        self.assertEqual({HIGH}, self.ids("--severity", "high"))
        self.assertEqual({HIGH, LOW}, self.ids("--severity", "HIGH,low"))
        self.assertEqual({HIGH, LOW}, self.ids("-s", "high", "-s", "low"))
        self.assertEqual({EXPLOITED}, self.ids("--severity", "unknown"))

    def test_fix_states(self):
        self.assertEqual({HIGH, EXPLOITED}, self.ids("--ignore-unfixed"))
        self.assertEqual(ALL - {REFUSED}, self.ids("--ignore-status", "will_not_fix"))
        self.assertEqual({HIGH, EXPLOITED}, self.ids("--ignore-status", "will_not_fix,affected"))

    def test_list_packages(self):
        self.assertNotIn("zeta", self.scan().stdout.decode())
        self.assertIn("zeta", self.scan("--list-packages").stdout.decode())
        trivy = json.loads(self.scan("--list-all-pkgs", "--format", "trivy").stdout)
        self.assertEqual(["libalpha1", "zeta"], [package["Name"] for package in trivy["Results"][0]["Packages"]])


class IgnoreFiles(CommandLine):
    def suppressed(self, *options):
        report, done = self.json("--show-suppressed", *options)
        return {entry["id"]: entry["suppressed"] for entry in report["targets"][0]["vulnerabilities"] if entry["suppressed"]}, done

    def test_trivyignore(self):
        (self.here / ".trivyignore").write_text(f"# accepted\n{HIGH}\n{LOW} exp:2101-06-15 # until then\n{REFUSED} exp:2101-06-14\nCVE-1999-0001\n")
        found, done = self.suppressed()
        self.assertEqual({HIGH, LOW}, set(found))
        self.assertEqual((".trivyignore:3", "until then", "2101-06-15"), (found[LOW]["by"], found[LOW]["reason"], found[LOW]["expires"]))
        notes = done.stderr.decode()
        self.assertRegex(notes, f"{REFUSED} expired on 2101-06-14")
        self.assertRegex(notes, "CVE-1999-0001 matched nothing")
        self.assertEqual(CLEAN, self.scan("--fail-on", "high").returncode)
        self.assertEqual(FINDINGS, self.scan("--fail-on", "medium").returncode)  # the expired one counts again
        self.assertEqual(b"", self.scan("--quiet", "--format", "json").stderr)

    def test_trivyignore_yaml(self):
        (self.here / ".trivyignore.yaml").write_text(
            f"vulnerabilities:\n  - id: {HIGH}\n    purls: [\"pkg:deb/debian/libalpha1\"]\n    statement: not reachable\n"
            f"  - id: {LOW}\n    paths: [\"nowhere/*\"]\n  - id: {REFUSED}\n    expired_at: 2101-06-14\n")
        found, _ = self.suppressed()
        self.assertEqual({HIGH}, set(found))
        self.assertEqual("not reachable", found[HIGH]["reason"])

    def test_oakum_yaml(self):
        (self.here / ".oakum.yaml").write_text(
            f"ignore:\n  - id: {HIGH}\n    package: alpha\n    reason: accepted\n    expires: 2101-12-31\n"
            f"  - package: zeta\n    reason: of no account\n  - {LOW}\n")
        found, _ = self.suppressed()
        self.assertEqual({HIGH, LOW}, set(found))
        self.assertEqual("2101-12-31", found[HIGH]["expires"])

    def test_a_named_file_takes_the_place_of_the_default_ones(self):
        (self.here / ".trivyignore").write_text(HIGH + "\n")
        (self.here / "other").write_text(LOW + "\n")
        self.assertEqual({LOW}, set(self.suppressed("--ignorefile", "other")[0]))

    def test_suppressed_findings_are_shown_only_when_asked_for(self):
        (self.here / ".trivyignore").write_text(f"{HIGH} # accepted by the board\n")
        self.assertNotIn("accepted by the board", self.scan().stdout.decode())
        shown = self.scan("--show-suppressed").stdout.decode()
        self.assertIn("accepted by the board", shown)
        self.assertIn(HIGH, shown)

    def test_a_bad_line_is_an_error_with_its_place_and_the_rest_holds(self):
        for name, text, place in ((".trivyignore", f"{HIGH} exp:tomorrow\n{LOW}\n", ".trivyignore:1"),
                                  (".trivyignore", f"{HIGH} because\n{LOW}\n", ".trivyignore:1"),
                                  (".oakum.yaml", f"ignore:\n  - id: {HIGH}\n    untill: 2101-01-01\n  - {LOW}\n", ".oakum.yaml:3"),
                                  (".oakum.yaml", f"ignore:\n  - reason: all of it\n  - {LOW}\n", ".oakum.yaml:2")):
            with self.subTest(text=text):
                (self.here / name).write_text(text)
                found, done = self.suppressed("--quiet")
                (self.here / name).unlink()
                self.assertEqual(COULD_NOT, done.returncode)
                self.assertIn(place, self.complaint(done))
                self.assertEqual({LOW}, set(found))

    def test_a_missing_ignore_file_is_an_error(self):
        done = self.scan("--ignorefile", "absent")
        self.assertEqual(COULD_NOT, done.returncode)
        self.assertIn("absent", self.complaint(done))


class Usage(CommandLine):
    def test_mistakes_get_one_line_that_says_what_to_do(self):
        for arguments, what, todo in (
                (["scan", "--db", self.database, "--format", "jsn", self.root], "jsn", "json"),
                (["scan", "--db", self.database, "--fail-on", "terrible", self.root], "terrible", "critical, high"),
                (["scan", "--db", self.database, "--severity", "hihg", self.root], "hihg", "critical, high"),
                (["scan", "--db", self.database, "--ignore-status", "meh", self.root], "meh", "will_not_fix"),
                (["scan", "--db", self.database, "--exit-code", "300", self.root], "300", "125"),
                (["scan", "--db", self.database, "--no-such-option", self.root], "--no-such-option", "scan --help"),
                (["scan"], "target", "scan --help"),
                (["scann", "x"], "scann", "\"scan\""),
                (["db"], "subcommand", "db --help"),
                (["db", "build", "--from", ".", "--feed", "debain"], "debain", "debian"),
                (["db", "build", "--from", "absent", "--db", "x"], "absent", ""),
                (["db", "verify", "--db", "absent.oakum"], "absent.oakum", ""),
                (["scan", "--db", "absent.oakum", self.root], "absent.oakum", "oakum db"),
                (["scan", "--db", self.root / "etc/os-release", self.root], "os-release", ""),
                (["scan", "--db", self.database, "-o", "json=no/such/directory/x", self.root], "no/such/directory", ""),
                (["scan", "--db", self.database, "-o", "json", "-o", "sarif", self.root], "standard output", "FORMAT=FILE")):
            with self.subTest(arguments=arguments[0:2] + arguments[3:]):
                done = self.oakum(*arguments)
                self.assertEqual(COULD_NOT, done.returncode, done.stderr)
                line = self.complaint(done)
                self.assertIn(what, line)
                self.assertIn(todo, line)
                self.assertEqual(b"", done.stdout)

    def test_help_and_version_are_no_errors(self):
        for arguments in (["--help"], ["scan", "--help"], ["db", "--help"], ["db", "build", "--help"], ["--version"]):
            done = self.oakum(*arguments)
            self.assertEqual((CLEAN, b""), (done.returncode, done.stderr), arguments)
            self.assertTrue(done.stdout)

    def test_without_arguments_there_is_help_and_status_2(self):
        done = self.oakum()
        self.assertEqual((COULD_NOT, b""), (done.returncode, done.stdout))
        self.assertIn(b"Subcommands", done.stderr)

    def test_control_characters_in_arguments_do_not_reach_the_terminal(self):
        done = self.scan(target="no\x1b[31msuch\nimage.tar")
        self.assertEqual(COULD_NOT, done.returncode)
        self.assertNotIn(b"\x1b", done.stderr)
        self.complaint(done)


class Formats(CommandLine):
    def test_json_is_valid_against_its_schema(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("python3-jsonschema is not installed")
        schema = json.loads((images.PROJECT / "docs/report.schema.json").read_text())
        validator = jsonschema.validators.validator_for(schema)
        validator.check_schema(schema)
        (self.here / ".trivyignore").write_text(f"{HIGH} exp:2101-12-01 # why\n")
        odd = images.dpkg_root(self.here / "odd", "ID=plan9\n", [("alpha", "1.0-1", "alpha", "1.0-1")])
        for target in (self.root, self.image, self.sound, odd):
            report, _ = self.json("--list-packages", "--show-suppressed", target=target)
            self.assertEqual([], [f"{list(error.path)}: {error.message}" for error in validator(schema).iter_errors(report)], target)
        # The schema tells valid from invalid.
        report["targets"][0]["packages"][0]["version"] = 7
        self.assertTrue(list(validator(schema).iter_errors(report)))

    def test_sarif_has_the_shape_that_the_standard_demands(self):
        (self.here / ".trivyignore").write_text(f"{HIGH} # why\n")
        for target in (self.root, self.image):
            sarif = json.loads(self.scan("--format", "sarif", "--show-suppressed", target=target).stdout)
            self.check_sarif(sarif)
            results = sarif["runs"][0]["results"]
            self.assertEqual(ALL, {result["ruleId"] for result in results})
            self.assertEqual([HIGH], [result["ruleId"] for result in results if result.get("suppressions")])
            for result in results:
                for suppression in result.get("suppressions", []):
                    self.assertIn(suppression["kind"], ("inSource", "external"))

    def check_sarif(self, sarif):
        self.assertEqual("2.1.0", sarif["version"])
        self.assertRegex(sarif["$schema"], r"sarif-(schema-)?2\.1\.0")
        self.assertEqual(1, len(sarif["runs"]))
        run = sarif["runs"][0]
        driver = run["tool"]["driver"]
        self.assertEqual("oakum", driver["name"])
        rules = driver["rules"]
        self.assertEqual(len(rules), len({rule["id"] for rule in rules}))
        for rule in rules:
            self.assertTrue(rule["shortDescription"]["text"])
            self.assertIn(rule["defaultConfiguration"]["level"], ("none", "note", "warning", "error"))
            self.assertTrue(urllib.parse.urlsplit(rule["helpUri"]).scheme in ("http", "https"), rule["helpUri"])
            self.assertTrue(0 <= float(rule["properties"]["security-severity"]) <= 10)
        for result in run["results"]:
            self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
            self.assertTrue(result["message"]["text"])
            self.assertIn(result["level"], ("none", "note", "warning", "error"))
            self.assertTrue(result["locations"])
            for location in result["locations"]:
                uri = location["physicalLocation"]["artifactLocation"]["uri"]
                self.assertRegex(uri, r"^[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+$")  # RFC 3986
                self.assertNotRegex(uri, r"%(?![0-9A-Fa-f]{2})")
                self.assertGreaterEqual(location["physicalLocation"].get("region", {"startLine": 1})["startLine"], 1)
            for value in result.get("partialFingerprints", {}).values():
                self.assertIsInstance(value, str)
        for invocation in run.get("invocations", []):
            self.assertIsInstance(invocation["executionSuccessful"], bool)

    def test_trivy_json_has_what_its_readers_look_for(self):
        for target, kind in ((self.root, "filesystem"), (self.image, "container_image")):
            report = json.loads(self.scan("--format", "trivy", target=target).stdout)
            self.assertEqual((2, str(target), kind), (report["SchemaVersion"], report["ArtifactName"], report["ArtifactType"]))
            self.assertEqual({"Family": "debian", "Name": "12"}, report["Metadata"]["OS"])
            result, = report["Results"]
            self.assertEqual(("os-pkgs", "debian"), (result["Class"], result["Type"]))
            found = {entry["VulnerabilityID"]: entry for entry in result["Vulnerabilities"]}
            self.assertEqual(ALL, set(found))
            high = found[HIGH]
            self.assertEqual(("libalpha1", "1.0-1", "1.0-1+deb12u1", "fixed", "HIGH"),
                             tuple(high[key] for key in ("PkgName", "InstalledVersion", "FixedVersion", "Status", "Severity")))
            self.assertNotIn("FixedVersion", found[LOW])
            self.assertEqual({"will_not_fix"}, {found[REFUSED]["Status"]})
            for entry in found.values():
                self.assertIn(entry["Severity"], ("UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL"))
                self.assertTrue(entry["PkgIdentifier"]["PURL"].startswith("pkg:deb/debian/libalpha1@1.0-1"))

    def test_grype_json_has_what_its_readers_look_for(self):
        for target, kind in ((self.root, "directory"), (self.image, "image")):
            report = json.loads(self.scan("--format", "grype", target=target).stdout)
            self.assertEqual(kind, report["source"]["type"])
            self.assertEqual(("debian", "12"), (report["distro"]["name"], report["distro"]["version"]))
            found = {match["vulnerability"]["id"]: match for match in report["matches"]}
            self.assertEqual(ALL, set(found))
            self.assertEqual({"versions": ["1.0-1+deb12u1"], "state": "fixed"}, found[HIGH]["vulnerability"]["fix"])
            self.assertEqual("wont-fix", found[REFUSED]["vulnerability"]["fix"]["state"])
            self.assertEqual([], found[LOW]["vulnerability"]["fix"]["versions"])
            for match in report["matches"]:
                self.assertIn(match["vulnerability"]["severity"], ("Unknown", "Negligible", "Low", "Medium", "High", "Critical"))
                self.assertEqual(("libalpha1", "1.0-1"), (match["artifact"]["name"], match["artifact"]["version"]))
                self.assertTrue(match["matchDetails"])
            self.assertIn("descriptor", report)

    def test_several_outputs_at_once(self):
        done = self.scan("-o", "json=a.json", "-o", "sarif=b.sarif", "--output", "trivy=c.json", "-o", "grype=d.json", target=self.image)
        self.assertEqual(CLEAN, done.returncode)
        self.assertIn(HIGH, done.stdout.decode())  # files leave the terminal for people
        self.assertIn("targets", json.loads((self.here / "a.json").read_text()))
        self.assertIn("runs", json.loads((self.here / "b.sarif").read_text()))
        self.assertIn("Results", json.loads((self.here / "c.json").read_text()))
        self.assertIn("matches", json.loads((self.here / "d.json").read_text()))
        self.assertEqual(self.scan("--format", "json", target=self.image).stdout, (self.here / "a.json").read_bytes())

    def test_one_format_into_one_file_prints_nothing(self):
        (self.here / "report.json").write_text("x" * 100_000)  # longer than what takes its place
        done = self.scan("--format", "json", "-o", "report.json")
        self.assertEqual((CLEAN, b""), (done.returncode, done.stdout))
        self.assertEqual(ALL, {entry["id"] for entry in json.loads((self.here / "report.json").read_text())["targets"][0]["vulnerabilities"]})

    def test_output_to_a_full_device_is_an_error(self):
        done = self.scan("-o", "json=/dev/full")
        self.assertEqual(COULD_NOT, done.returncode)
        self.assertIn("/dev/full", self.complaint(done))
        for options in (["scan", "--db", self.database, "--no-cache", self.root], ["db", "info", "--db", self.database]):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([images.binary(), *map(str, options)], stdout=full, stderr=subprocess.PIPE, env=images.environment(), check=False)
            self.assertEqual(COULD_NOT, done.returncode)
            self.assertIn(b"No space left", done.stderr)

    def test_two_reports_never_go_into_one_file(self):
        (self.here / "link").symlink_to("a")
        done = self.scan("-o", "json=a", "-o", "sarif=link")
        self.assertEqual(COULD_NOT, done.returncode)
        self.assertIn("one file", self.complaint(done))
        self.assertEqual(CLEAN, self.scan("-o", "json=/dev/null", "-o", "sarif=/dev/null").returncode)


class Terminal(CommandLine):
    def on_terminal(self, *options, **extra):
        """What a terminal of 200 columns would get, by script(1)'s way: a pseudo-terminal."""
        import pty
        lead, follow = pty.openpty()
        argv = [images.binary(), "scan", "--db", str(self.database), "--no-cache", *options, str(self.root)]
        child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=follow, stderr=subprocess.DEVNULL, cwd=self.here,
                                 env=images.environment(TERM="xterm", SOURCE_DATE_EPOCH=NOW, **extra))
        os.close(follow)
        output = b""
        while True:
            try:
                part = os.read(lead, 65536)
            except OSError:
                break
            if not part:
                break
            output += part
        child.wait()
        os.close(lead)
        return output

    def test_colour_only_on_a_terminal_and_never_with_no_color(self):
        self.assertNotIn(b"\x1b[", self.scan().stdout)
        self.assertIn(b"\x1b[", self.on_terminal())
        self.assertNotIn(b"\x1b[", self.on_terminal(NO_COLOR="1"))
        self.assertIn(b"\x1b[", self.on_terminal("--color", "always", NO_COLOR="1"))
        self.assertIn(b"\x1b[", self.scan("--color", "always").stdout)

    def test_lines_keep_to_the_width(self):
        for width in (60, 80, 100, 160):
            text = self.scan("--verbose", "--list-packages", "--show-suppressed", COLUMNS=width).stdout.decode()
            # A path has no place to break, and a command is there to be copied: only those may stand out.
            long = [line for line in text.splitlines() if len(line) > width and str(self.state.root) not in line and not line.startswith("RUN ")]
            self.assertEqual([], [line for line in long if not line.startswith("apt-get")], width)

    def test_the_report_names_what_to_do(self):
        text = self.scan().stdout.decode()
        self.assertIn("apt-get", text)
        self.assertIn("1.0-1+deb12u2", text)
        for cve in ALL:
            self.assertIn(cve, text)

    def test_a_reader_that_goes_away_is_no_error(self):
        for form in ("terminal", "json"):
            script = f'"$0" scan --db "$1" --no-cache --format {form} --list-packages "$2" | head -c 1; echo "${{PIPESTATUS[0]}}"'
            done = subprocess.run(["bash", "-c", script, images.binary(), self.database, self.root], capture_output=True,
                                  env=images.environment(), check=False)
            self.assertRegex(done.stdout.decode(), r"0\n$", form)
            self.assertEqual(b"", done.stderr)


class Signals(CommandLine):
    """An interrupt ends a command at once with 130, as a shell sees it, and leaves nothing behind."""

    def interrupt(self, arguments, after):
        argv = [images.binary(), *(str(word) for word in arguments)]
        child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.here,
                                 env=images.environment(TMPDIR=self.here / "tmp"))
        after()
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=20)
        return 128 - child.returncode if child.returncode < 0 else child.returncode

    def test_an_interrupted_scan(self):
        (self.here / "tmp").mkdir()
        fifo = self.here / "endless.tar"
        os.mkfifo(fifo)
        # A layer that never comes to its end: the scan waits for it, whatever the machine's speed.
        status = self.interrupt(["scan", "--db", self.database, "--cache-dir", self.here / "cache", f"oci-archive:{fifo}"],
                                lambda: time.sleep(0.5))
        self.assertEqual(130, status)
        self.assertEqual([], [path for path in self.here.rglob("*") if path.is_file() and path.name != "endless.tar"])

    def test_an_interrupted_build(self):
        (self.here / "tmp").mkdir()
        (self.here / "feeds/debian").mkdir(parents=True)
        tracker = {f"source{i}": {f"CVE-2101-{j:04}": {"releases": {"bookworm": {"status": "open", "urgency": "low"}}} for j in range(60)}
                   for i in range(3000)}
        (self.here / "feeds/debian/tracker.json").write_text(json.dumps(tracker))
        old = self.here / "db"
        old.write_bytes(pathlib.Path(self.database).read_bytes())
        status = self.interrupt(["db", "build", "--from", self.here / "feeds", "--db", old], lambda: time.sleep(0.15))
        self.assertEqual(130, status)
        self.assertEqual(pathlib.Path(self.database).read_bytes(), old.read_bytes())
        self.assertEqual(["db", "feeds", "tmp"], sorted(path.name for path in self.here.iterdir() if not re.search(r"lock$", path.name)))
        self.assertEqual([], list((self.here / "tmp").iterdir()))


if __name__ == "__main__":
    unittest.main()
