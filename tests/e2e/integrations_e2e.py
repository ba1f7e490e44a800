"""Pre-commit's hooks, the GitHub action and the GitLab template do what docs/ci.md says, run as those systems run them."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
OAKUM = pathlib.Path(os.environ["OAKUM"]).resolve()
DOCKERFILE = "FROM debian:12.9\nRUN apt-get update && apt-get install -y --no-install-recommends curl\nUSER 1000:1000\n"
PROJECT = {
    "Dockerfile": DOCKERFILE,
    "Dockerfile.dockerignore": ".git\n",
    "deploy/compose.prod.yaml": "services:\n  web:\n    image: nginx:1.27.3\n    privileged: true\n",
    "values.yaml": "a: 1\n",
    "src/main.py": "from x import y\n",
}


class Project(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = pathlib.Path(directory.name).resolve()
        binaries = self.path / "bin"
        binaries.mkdir()
        (binaries / "oakum").symlink_to(OAKUM)
        self.environment = dict(os.environ, HOME=str(self.path), PATH=f"{binaries}:{os.environ['PATH']}", GIT_CONFIG_NOSYSTEM="1",
                                GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@example.org", GIT_COMMITTER_NAME="a",
                                GIT_COMMITTER_EMAIL="a@example.org", DOCKER_HOST="unix:///nonexistent/docker.sock")

    def run_in(self, directory, *command, **more):
        return subprocess.run(command, cwd=directory, env={**self.environment, **more}, capture_output=True, text=True, timeout=120)

    def repository(self, name, files):
        directory = self.path / name
        for path, text in files.items():
            (directory / path).parent.mkdir(parents=True, exist_ok=True)
            (directory / path).write_text(text, encoding="utf-8")
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
            done = self.run_in(directory, "git", *command)
            self.assertEqual(done.returncode, 0, done.stderr)
        return directory


class PreCommit(Project):
    @classmethod
    def setUpClass(cls):
        for program in ("pre-commit", "git"):
            if not shutil.which(program):
                raise unittest.SkipTest(f"{program} is not installed")

    def setUp(self):
        super().setUp()
        self.hooks = self.repository("hooks", {".pre-commit-hooks.yaml": (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")})
        self.project = self.repository("project", PROJECT)

    def try_hook(self, hook):
        return self.run_in(self.project, "pre-commit", "try-repo", str(self.hooks), hook, "--all-files", "--verbose")

    def test_check_finds_what_is_ours_and_only_that(self):
        done = self.try_hook("oakum-check")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("cache-clean", done.stdout)
        self.assertIn("privileged", done.stdout)
        self.assertNotIn("dockerignore", done.stdout)
        self.assertNotIn("values.yaml", done.stdout)

    def test_fix_edits_and_fails_until_nothing_is_left_to_fix(self):
        done = self.try_hook("oakum-fix")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("files were modified by this hook", done.stdout)
        self.assertIn("rm -rf /var/lib/apt/lists/*", (self.project / "Dockerfile").read_text())
        self.run_in(self.project, "git", "add", "-A")
        done = self.try_hook("oakum-fix")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class Pipelines(Project):
    def setUp(self):
        super().setUp()
        try:
            import yaml
        except ImportError:
            self.skipTest("python3-yaml is not installed")
        self.yaml = yaml
        self.project = self.repository("project", PROJECT)

    def load(self, path):
        return self.yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))

    def test_the_action_checks_and_writes_sarif(self):
        action = self.load("action.yml")
        self.assertEqual(action["runs"]["using"], "composite")
        for step in action["runs"]["steps"]:
            self.assertTrue("uses" in step or step["shell"] == "bash", step["name"])
        step = next(step for step in action["runs"]["steps"] if step["name"] == "Check")
        # As a runner does: bash --noprofile --norc -eo pipefail FILE, with inputs in the environment.
        inputs = {"OAKUM": str(OAKUM), "OAKUM_PATHS": "Dockerfile\n\n./deploy\n", "OAKUM_PROFILE": "", "OAKUM_SARIF": "o.sarif"}
        self.assertEqual(set(step["env"]), {*inputs, "OAKUM_FAIL_ON"})
        for threshold, status in (("low", 1), ("none", 0)):
            done = self.run_in(self.project, "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"], **inputs, OAKUM_FAIL_ON=threshold)
            self.assertEqual(done.returncode, status, done.stderr)
            self.assertIn("::error", done.stdout)
            results = json.loads((self.project / "o.sarif").read_text())["runs"][0]["results"]
            self.assertEqual({result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results},
                             {"Dockerfile", "deploy/compose.prod.yaml"})

    def test_the_action_builds_with_what_is_there(self):
        step = next(step for step in self.load("action.yml")["runs"]["steps"] if step["name"] == "Build")
        self.assertIn('"$SOURCE/tools/install-packages" build', step["run"])
        self.assertTrue(os.access(ROOT / "tools/install-packages", os.X_OK))
        makefile = (ROOT / "Makefile").read_text()
        self.assertIn("\nall: build/release/oakum\n", makefile)
        source = self.path / "source"
        (source / "build/release").mkdir(parents=True)
        (source / "tools").mkdir()
        (source / "tools/install-packages").write_text("#!/bin/sh\necho installed $1\n")
        (source / "tools/install-packages").chmod(0o755)
        (source / "Makefile").write_text("all:\n\t@echo built\n")
        done = self.run_in(self.project, "bash", "-eo", "pipefail", "-c", step["run"], SOURCE=str(source))
        self.assertEqual((done.returncode, done.stdout.splitlines()[:2]), (0, ["installed build", done.stdout.splitlines()[1]]), done.stderr)
        self.assertIn("built", done.stdout)

    def test_the_template_of_gitlab_reports_code_quality(self):
        job = self.load("integrations/gitlab/oakum.gitlab-ci.yml")["oakum"]
        report = job["artifacts"]["reports"]["codequality"]
        script = "\n".join(job["script"])
        done = self.run_in(self.project, "sh", "-e", "-c", script, **job["variables"])
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("privileged", done.stdout)
        issues = json.loads((self.project / report).read_text())
        self.assertIn("privileged", {issue["check_name"] for issue in issues})
        for issue in issues:
            self.assertEqual(set(issue), {"description", "check_name", "fingerprint", "severity", "location"})


if __name__ == "__main__":
    unittest.main()
