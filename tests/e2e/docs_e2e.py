"""The documents that are made from the program, and those that speak of it, are current."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
OAKUM = os.environ["OAKUM"]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tools"))
from peer_table import PEERS, read_peers  # noqa: E402


def rules():
    return json.loads(subprocess.run([OAKUM, "rules", "--format", "json"], check=True, capture_output=True, text=True).stdout)["rules"]


class Docs(unittest.TestCase):
    def test_generated_pages_are_current(self):
        done = subprocess.run([sys.executable, ROOT / "tools/generate-docs", "--check", OAKUM], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_links_between_documents_lead_somewhere(self):
        for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
            for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
                if "://" not in target:
                    self.assertTrue((page.parent / target).exists(), f"{page.name} links to {target}")

    def test_every_command_in_the_readme_exists(self):
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        for command, rest in re.findall(r"^(?:\$ )?oakum (\w+)(.*)", readme, re.MULTILINE):
            words = [command] + ([rest.split()[0].split("|")[0]] if command == "db" else [])
            done = subprocess.run([OAKUM, *words, "--help"], capture_output=True)
            self.assertEqual(done.returncode, 0, " ".join(words))

    def test_options_in_the_readme_exist(self):
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        known = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
        for option in set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)):
            self.assertIn(option, known, option)

    def test_the_check_that_the_readme_shows_is_real(self):
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        shown = readme.partition("$ oakum check examples/shop\n")[2].partition("\ndo first")[0]
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": "/", "COLUMNS": "100"}
        done = subprocess.run([OAKUM, "check", "--no-base-images", "--no-shellcheck", "examples/shop"], cwd=ROOT, capture_output=True,
                              text=True, env=environment)
        self.assertEqual(done.returncode, 1, done.stderr)
        blocks = [block.strip("\n") for block in shown.split("…\n") if block.strip()]
        self.assertGreater(len(blocks), 2)
        for block in blocks:
            self.assertTrue(block.removesuffix("…") in done.stdout, f"oakum no longer prints:\n{block}")

    def test_version_is_that_of_the_build(self):
        version = re.search(r"project\(oakum VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text()).group(1)
        done = subprocess.run([OAKUM, "--version"], capture_output=True, text=True)
        self.assertEqual(done.stdout, f"oakum {version}\n")

    def test_the_table_of_the_workload_is_that_of_the_header(self):
        header = (ROOT / "src/model/workload.h").read_text(encoding="utf-8")
        body = re.sub(r"//.*", "", header.partition("struct Workload {")[2].partition("\n};")[0])
        fields = set()
        for statement in body.split(";"):
            words = re.sub(r"=.*", "", " ".join(statement.split()))
            names = re.sub(r"^(std::)?[A-Za-z_:]+(<.*>)?\s+", "", words)
            fields |= {name.strip() for name in names.split(",") if name.strip()}
        told = set()
        for line in (ROOT / "docs/workload.md").read_text(encoding="utf-8").splitlines():
            if line.startswith("| `"):
                told |= set(re.findall(r"`(\w+)`", line.split("|")[1]))
        self.assertGreater(len(fields), 80)
        self.assertEqual(fields ^ told, set())

    def test_every_folder_with_a_layer_is_in_the_architecture(self):
        rules = (ROOT / "tools/check-includes").read_text(encoding="utf-8").partition("ALLOWED = {")[2].partition("\n}")[0]
        layers = set(re.findall(r'^    "([a-z/]+)": ', rules, re.MULTILINE))
        page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
        told = set()
        for line in page.partition("| folder |")[2].partition("\n\n")[0].splitlines():
            told |= set(re.findall(r"`([a-z/]+)`", line.split("|")[1])) if line.startswith("| `") else set()
        self.assertGreater(len(layers), 15)
        self.assertEqual(layers ^ told, set())

    def test_keys_of_the_configuration_are_those_that_are_read(self):
        source = (ROOT / "src/check/config_oakum.cc").read_text(encoding="utf-8")
        keys = set(re.findall(r'^    \{"([a-z-]+)", ', source, re.MULTILINE))
        page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
        told = set(re.findall(r"^([a-z-]+):", page.partition("```yaml")[2].partition("```")[0], re.MULTILINE))
        self.assertGreater(len(keys), 8)
        self.assertEqual(keys ^ told, set())

    def test_the_configuration_that_is_shown_is_understood(self):
        page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory) / ".oakum.yaml"
            path.write_text(page.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
            (path.parent / "compose.yaml").write_text("services:\n  web:\n    image: nginx:1.27\n    privileged: true\n")
            done = subprocess.run([OAKUM, "check", "--no-base-images", directory, "-f", "json"], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (1, ""))
            rules_found = {finding["rule"] for target in json.loads(done.stdout)["targets"] for finding in target["findings"]}
            self.assertEqual(rules_found, {"privileged"})


class Peers(unittest.TestCase):
    def setUp(self):
        self.rows = read_peers()
        self.aliases = {alias: rule["id"] for rule in rules() for alias in rule["aliases"]}

    def test_every_id_has_either_a_rule_or_a_reason(self):
        for row in self.rows:
            with self.subTest(id=row.id):
                self.assertIn(row.peer, PEERS)
                self.assertNotEqual(row.meaning, "")
                self.assertNotEqual(row.id in self.aliases, row.reason != "",
                                    f"{row.id}: rule {self.aliases.get(row.id)}, reason {row.reason!r}")

    def test_every_alias_is_an_id_of_a_peer(self):
        known = {row.id for row in self.rows}
        self.assertEqual(sorted(set(self.aliases) - known), [])

    def test_no_id_is_listed_twice(self):
        names = [row.id for row in self.rows]
        self.assertEqual(len(names), len(set(names)))

    def test_the_families_are_whole(self):
        count = {peer: sum(row.peer == peer for row in self.rows) for peer in PEERS}
        self.assertEqual(sum(row.id.startswith("DL") and row.id != "DL1000" for row in self.rows), 71)
        self.assertEqual(count["buildkit"], 22)
        self.assertEqual(count["pss"], 19)
        self.assertEqual(count["compose-lint"], 30)
        self.assertEqual(count["cis"], 12 + 32)
        self.assertEqual(sum(row.id.startswith("CKV_DOCKER_") for row in self.rows), 11)
        self.assertEqual(sum(row.id.startswith("CKV2_DOCKER_") for row in self.rows), 17)


class Rules(unittest.TestCase):
    def test_each_reads_well_in_a_list(self):
        for rule in rules():
            with self.subTest(rule=rule["id"]):
                self.assertLess(len(rule["title"]), 90)
                self.assertFalse(rule["title"].endswith("."))
                self.assertFalse((rule["fix_summary"] or "x").endswith("."))


if __name__ == "__main__":
    unittest.main()
