"""The documents that are made from the program, and those that speak of it, are current."""
import os
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
OAKUM = os.environ["OAKUM"]


class Docs(unittest.TestCase):
    def test_generated_pages_are_current(self):
        done = subprocess.run([sys.executable, ROOT / "tools/generate-docs", "--check", OAKUM], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_links_between_documents_lead_somewhere(self):
        for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
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

    def test_version_is_that_of_the_build(self):
        version = re.search(r"project\(oakum VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text()).group(1)
        done = subprocess.run([OAKUM, "--version"], capture_output=True, text=True)
        self.assertEqual(done.stdout, f"oakum {version}\n")


if __name__ == "__main__":
    unittest.main()
