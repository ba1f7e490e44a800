"""The corpus of inputs in the shapes of real projects: everything `oakum check` says of each, beside it in NAME.expected.

One run over the whole tree, strict and without what a machine adds (configuration, base images, shellcheck, variables of the
environment). A golden has a line per finding, in the order of the default output, as `LINE:COLUMN severity rule message`; a place
in another file than the golden's has that file's name first. Then a line `- rule: why` for each rule that could not judge, and
`! text` for each error. OAKUM_BLESS=1 rewrites the goldens: read the difference as you would read code.
"""
import collections
import difflib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

TREE = pathlib.Path(__file__).resolve().parent.parent / "corpus" / "check"
# Inputs of a kind, at least: a corpus that shrinks unseen checks nothing.
AT_LEAST = {"dockerfile": 80, "compose": 50, "kubernetes": 50, "run": 40}
BLESS = os.environ.get("OAKUM_BLESS") == "1"


def check_everything():
    """In a copy without the goldens, so that no golden (Dockerfile.expected) and nothing above the tree is read."""
    with tempfile.TemporaryDirectory() as home:
        tree = pathlib.Path(home) / "tree"
        shutil.copytree(TREE, tree, ignore=shutil.ignore_patterns("*.expected"))
        environment = {"PATH": home, "HOME": home, "LC_ALL": "C.UTF-8"}  # no helm, no git, no shellcheck
        command = [os.path.abspath(os.environ["OAKUM"]), "check", "--no-config", "--no-base-images", "--no-shellcheck", "--profile", "strict",
                   "--format", "json", "."]
        done = subprocess.run(command, cwd=tree, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False)
    if not done.stdout:
        raise AssertionError(f"oakum printed nothing, status {done.returncode}: {done.stderr.decode(errors='replace')}")
    return json.loads(done.stdout), done.returncode


def place(finding, name):
    where = finding["location"]
    if not where:
        return "0:0"
    path = relative(where["path"])
    return ("" if path == name else path + ":") + f"{where['line']}:{where['column']}"


def relative(path):
    return path[2:] if path.startswith("./") else path


def lines_of(target):
    name = relative(target["name"])
    for finding in target["findings"]:
        ignored = " (suppressed)" if finding["suppressed"] else ""
        yield f"{place(finding, name)} {finding['severity']} {finding['rule']} {finding['message']}{ignored}"
    for gap in target["not_evaluated"]:
        yield f"- {gap['rule']}: {gap['why']}"
    for error in target["errors"]:
        yield f"! {error if isinstance(error, str) else error.get('message', json.dumps(error))}"


def golden_of(name):
    return TREE / (name + ".expected")


class Corpus(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        report, cls.status = check_everything()
        cls.said = {relative(target["name"]): "".join(line + "\n" for line in lines_of(target)) for target in report["targets"]}
        if BLESS:
            for stale in TREE.rglob("*.expected"):
                if str(stale.relative_to(TREE))[:-len(".expected")] not in cls.said:
                    stale.unlink()
            for name, text in cls.said.items():
                golden_of(name).write_text(text, encoding="utf-8")

    def test_every_input_is_judged_as_its_golden_says(self):
        for name, said in sorted(self.said.items()):
            with self.subTest(name):
                golden = golden_of(name)
                self.assertTrue(golden.exists(), f"no {golden}; OAKUM_BLESS=1 writes it")
                wanted = golden.read_text(encoding="utf-8")
                if wanted != said:
                    difference = difflib.unified_diff(wanted.splitlines(), said.splitlines(), name + ".expected", name + " now", lineterm="")
                    self.fail("\n".join(difference))

    def test_every_golden_is_of_an_input_that_was_judged(self):
        goldens = {str(path.relative_to(TREE))[:-len(".expected")] for path in TREE.rglob("*.expected")}
        self.assertEqual(set(), goldens - set(self.said))

    def test_the_corpus_is_large_and_of_every_kind(self):
        count = collections.Counter(name.split("/")[0] for name in self.said)
        for kind, least in AT_LEAST.items():
            self.assertGreaterEqual(count[kind], least, kind)

    def test_files_that_cannot_be_read_set_the_exit_status(self):
        self.assertEqual(2, self.status)


if __name__ == "__main__":
    unittest.main()
