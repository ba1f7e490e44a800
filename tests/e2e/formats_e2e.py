"""The formats of linters and build servers, read by real parsers; hostile names and values stay data."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as xml

OAKUM = os.environ["OAKUM"]
NAME = 'a "b" <c> & \'d\',line=9::%0A.Dockerfile'


class Formats(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        path = pathlib.Path(cls.directory.name)
        (path / NAME).write_text('FROM nginx AS "]]>"\nRUN sudo true && echo "\x1b[31m ü" | tee /x\nCMD run\nCMD ["run"]\n')
        (path / "good.Dockerfile").write_text("FROM scratch\nCOPY app /app\nUSER 65532:65532\nENTRYPOINT [\"/app\"]\n")

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    def run_check(self, *words):
        return subprocess.run([OAKUM, "check", "--no-base-images", "--no-shellcheck", *words], cwd=self.directory.name,
                              capture_output=True, text=True)

    def findings(self):
        report = json.loads(self.run_check("-f", "json", ".").stdout)
        return [finding for target in report["targets"] for finding in target["findings"]]

    def render(self, name):
        done = self.run_check("-f", name, ".")
        self.assertIn(done.returncode, (1, 2), done.stderr)
        self.assertNotIn("\x1b", done.stdout)
        return done.stdout

    def test_json_has_findings_to_compare_with(self):
        self.assertGreater(len(self.findings()), 4)

    def test_checkstyle_is_xml_with_each_finding(self):
        root = xml.fromstring(self.render("checkstyle"))
        self.assertIn(NAME, [file.get("name") for file in root.findall("file")])
        sources = [error.get("source") for error in root.iter("error")]
        for finding in self.findings():
            self.assertIn("oakum." + finding["rule"], sources)

    def test_junit_counts_its_cases(self):
        root = xml.fromstring(self.render("junit"))
        self.assertEqual(len(root.findall("testsuite")), 2)
        failures = 0
        for suite in root.findall("testsuite"):
            self.assertEqual(int(suite.get("tests")), len(suite.findall("testcase")))
            self.assertEqual(int(suite.get("failures")), len(suite.findall("testcase/failure")))
            self.assertEqual(int(suite.get("skipped")), len(suite.findall("testcase/skipped")))
            failures += int(suite.get("failures"))
        self.assertEqual(failures, len(self.findings()))

    def test_github_forges_no_command_and_undoes_to_the_name(self):
        lines = self.render("github").splitlines()
        for line in lines:
            self.assertRegex(line, r"^::(error|warning|notice) file=[^,:]+(,(line|endLine|col)=\d+)*,title=[^,:]+::.")
        files = {re.search(r"file=([^,:]+)", line).group(1) for line in lines}
        undone = {name.replace("%3A", ":").replace("%2C", ",").replace("%25", "%") for name in files}
        self.assertIn(NAME, undone)

    def test_gitlab_has_what_code_quality_asks_for(self):
        issues = json.loads(self.render("gitlab"))
        self.assertEqual(len({issue["fingerprint"] for issue in issues}), len(issues))
        for issue in issues:
            self.assertIn(issue["severity"], ("info", "minor", "major", "critical", "blocker"))
            self.assertGreaterEqual(issue["location"]["lines"]["begin"], 1)
            self.assertFalse(issue["location"]["path"].startswith(("/", "./")))

    def test_hadolint_reads_like_hadolint(self):
        issues = json.loads(self.render("hadolint"))
        self.assertIn("DL3004", [issue["code"] for issue in issues])
        for issue in issues:
            self.assertEqual(set(issue), {"file", "line", "column", "level", "code", "message"})
            self.assertIn(issue["level"], ("error", "warning", "info", "style"))

    def test_compact_is_a_line_each(self):
        lines = self.render("compact").splitlines()
        self.assertTrue(all(re.search(r": (critical|high|medium|low|info|note|error): .* \[[\w:-]+\]$", line) for line in lines), lines)
        self.assertGreaterEqual(len(lines), len(self.findings()))


if __name__ == "__main__":
    unittest.main()
