"""`oakum fix` as a user meets it: files on disk, patches for git, standard input, run lines, and what reports carry.

Over the whole corpus of tests/corpus/check: the patch applies with git, gives what writing gives, and fixing again changes nothing.
"""
import json
import os
import pathlib
import shutil
import stat
import subprocess
import tempfile
import unittest

import peers

OAKUM = os.path.abspath(os.environ.get("OAKUM", "build/dev/oakum"))
CORPUS = pathlib.Path(__file__).resolve().parent.parent / "corpus" / "check"
BARE = ["--no-config", "--no-base-images"]

COMPOSE = """\
services:
  web:            # the shop
    image: nginx:1.27
    ports: ["8080:80"]
    security_opt:
      - seccomp=unconfined
"""


def run(*arguments, cwd, stdin=None):
    environment = {"PATH": os.environ["PATH"], "HOME": cwd, "LC_ALL": "C.UTF-8", "DOCKER_HOST": "unix:///nowhere"}
    return subprocess.run([OAKUM, *arguments], cwd=cwd, env=environment, input=stdin, capture_output=True, timeout=300, check=False)


def git(*arguments, cwd, stdin=None):
    identity = ["-c", "user.name=oakum", "-c", "user.email=oakum@example.org", "-c", "core.autocrlf=false"]
    done = subprocess.run(["git", *identity, *arguments], cwd=cwd, input=stdin, capture_output=True, timeout=120, check=False)
    if done.returncode != 0:
        raise AssertionError(f"git {arguments}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def files_of(tree):
    return {str(path.relative_to(tree)): path.read_bytes() for path in sorted(tree.rglob("*"))
            if path.is_file() and ".git/" not in str(path.relative_to(tree)) + "/"}


class Corpus(unittest.TestCase):
    """Every input of the corpus, fixed in three ways."""
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.home = tempfile.TemporaryDirectory()
        cls.written = cls.copy("written")
        cls.patched = cls.copy("patched")
        git("init", "-q", cwd=cls.patched)
        git("add", "-A", "-f", cwd=cls.patched)
        git("commit", "-q", "-m", "before", cwd=cls.patched)
        cls.shown = run("fix", *BARE, "--unsafe", "--diff", ".", cwd=cls.patched)
        cls.first = run("fix", *BARE, "--unsafe", ".", cwd=cls.written)

    @classmethod
    def tearDownClass(cls):
        cls.home.cleanup()

    @classmethod
    def copy(cls, name):
        tree = pathlib.Path(cls.home.name) / name
        shutil.copytree(CORPUS, tree, ignore=shutil.ignore_patterns("*.expected"))
        return tree

    def test_the_patch_applies_with_git_and_gives_what_writing_gives(self):
        git("apply", "--whitespace=nowarn", "-", cwd=self.patched, stdin=self.shown.stdout)
        patched, written = files_of(self.patched), files_of(self.written)
        self.assertEqual(sorted(patched), sorted(written))
        different = [name for name, text in patched.items() if written[name] != text]
        self.assertEqual(different, [])

    def test_much_is_fixed(self):
        before, after = files_of(self.copy("before")), files_of(self.written)
        changed = [name for name in before if before[name] != after[name]]
        self.assertGreater(len(changed), len(before) // 2)

    def test_fixing_again_changes_nothing(self):
        before = files_of(self.written)
        again = run("fix", *BARE, "--unsafe", ".", cwd=self.written)
        after = files_of(self.written)
        self.assertEqual([name for name in after if before.get(name) != after[name]], [], again.stdout.decode())

    def test_what_could_be_read_can_be_read_still(self):
        def errors(tree):
            done = run("check", *BARE, "--no-shellcheck", "--format", "json", ".", cwd=tree)
            return sorted(error["message"].split(":")[0] for target in json.loads(done.stdout)["targets"] for error in target["errors"])
        before = errors(self.copy("unread"))
        for name in set(errors(self.written)):
            self.assertLessEqual(errors(self.written).count(name), before.count(name), name)

    def test_line_ends_stay_of_one_kind(self):
        for name, text in files_of(self.written).items():
            original = (CORPUS / name).read_bytes() if (CORPUS / name).exists() else None
            if original is None or b"\r\n" not in original or original.count(b"\n") != original.count(b"\r\n"):
                continue
            self.assertEqual(text.count(b"\n"), text.count(b"\r\n"), name)


class Files(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.TemporaryDirectory()
        self.addCleanup(self.home.cleanup)
        self.tree = pathlib.Path(self.home.name)
        self.file = self.tree / "compose.yaml"
        self.file.write_text(COMPOSE)

    def fix(self, *arguments, **more):
        return run("fix", *BARE, *arguments, cwd=self.home.name, **more)

    def test_safe_fixes_alone_unless_asked(self):
        done = self.fix("compose.yaml")
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        text = self.file.read_text()
        self.assertIn("seccomp=unconfined", text)  # somebody may need it
        self.assertIn("no-new-privileges:true", text)
        self.assertNotIn("127.0.0.1", text)
        self.assertIn("web:            # the shop\n", text)
        self.assertIn("more with --unsafe", done.stdout.decode())
        self.fix("--unsafe", "compose.yaml")
        self.assertIn('"127.0.0.1:8080:80"', self.file.read_text())
        self.assertNotIn("unconfined", self.file.read_text())

    def test_mode_and_links_stay(self):
        os.chmod(self.file, 0o640)
        (self.tree / "link.yaml").symlink_to("compose.yaml")
        done = self.fix("link.yaml")
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.assertTrue((self.tree / "link.yaml").is_symlink())
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o640)
        self.assertIn("no-new-privileges", self.file.read_text())

    def test_a_link_and_its_file_are_one(self):
        (self.tree / "link.yaml").symlink_to("compose.yaml")
        git("init", "-q", cwd=self.home.name)
        done = self.fix("--diff", "link.yaml")
        self.assertTrue(done.stdout.startswith(b"diff --git a/compose.yaml b/compose.yaml\n"), done.stdout)
        git("apply", "--check", "-", cwd=self.home.name, stdin=done.stdout)
        done = self.fix("link.yaml", "compose.yaml")
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.assertIn("1 fixed in 1 file", done.stdout.decode())

    def test_the_owner_stays(self):
        if os.geteuid() != 0:
            self.skipTest("changing owners needs root")
        os.chown(self.file, 12345, 23456)
        self.fix("compose.yaml")
        self.assertIn("no-new-privileges", self.file.read_text())
        self.assertEqual((self.file.stat().st_uid, self.file.stat().st_gid), (12345, 23456))

    def test_a_read_only_file_is_told_and_left(self):
        os.chmod(self.file, 0o444)
        done = self.fix("compose.yaml")
        self.assertEqual(done.returncode, 2)
        self.assertIn("compose.yaml: is read-only", done.stderr.decode())
        self.assertNotIn("fixed in", done.stdout.decode())
        self.assertEqual(self.file.read_text(), COMPOSE)

    def test_nothing_is_left_beside_the_file(self):
        self.fix("--unsafe", "compose.yaml")
        self.assertEqual([path.name for path in self.tree.iterdir()], ["compose.yaml"])

    def test_a_difference_writes_nothing_and_can_be_an_exit_status(self):
        done = self.fix("--diff", "--exit-code", "7", "compose.yaml")
        self.assertEqual(done.returncode, 7)
        self.assertTrue(done.stdout.startswith(b"diff --git a/compose.yaml b/compose.yaml\n"))
        self.assertEqual(self.file.read_text(), COMPOSE)

    def test_standard_input_comes_out_fixed(self):
        done = self.fix("-", "--stdin-name", "Dockerfile", stdin=b"FROM debian:12\nRUN apt-get update && apt-get install curl\n")
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.assertIn(b"apt-get install -y curl", done.stdout)
        self.assertTrue(done.stdout.startswith(b"FROM debian:12\nRUN "))

    def test_standard_input_comes_out_as_it_is_where_nothing_is_to_be_done(self):
        text = b"FROM scratch\r\nCOPY a /a"
        done = self.fix("-", "--stdin-name", "Dockerfile", stdin=text)
        self.assertEqual((done.returncode, done.stdout), (0, text))
        self.assertIn(b"nothing to fix", done.stderr)

    def test_a_run_line_comes_out_fixed(self):
        done = self.fix("--unsafe", "--", "docker", "run", "-d", "--privileged", "-p", "80:80", "nginx:1.27", "echo", "a b")
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        line = done.stdout.decode()
        self.assertTrue(line.startswith("docker run -d -p 127.0.0.1:80:80 "), line)
        self.assertNotIn("--privileged", line)
        self.assertTrue(line.rstrip().endswith("nginx:1.27 echo 'a b'"), line)

    def test_what_an_edit_does_beside_is_told(self):
        done = self.fix("--unsafe", "--rule", "cap-drop-all", "--", "docker", "run", "-d", "-v", "data:/var/lib/postgresql/data", "postgres:16")
        said = " ".join(done.stderr.decode().split())
        self.assertIn("--user=999:999", done.stdout.decode())
        self.assertIn("it starts as 999:999 now, which needs no capability: what it writes on its mounts has to belong to that user", said)
        pod = b"apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {x: z}}\nspec: {containers: [{name: a, image: a:1}]}\n"
        done = self.fix("--unsafe", "--rule", "network-policy", "-", "--stdin-name", "k.yaml", stdin=pod)
        self.assertIn(b"ingress: []", done.stdout)
        self.assertIn("so nothing is let in", " ".join(done.stderr.decode().split()))

    def test_stages_are_split_before_anything_else(self):
        text = b"FROM rust:1.78-bullseye\nWORKDIR /app\nCOPY . .\n\nRUN cargo install --path .\n\nCMD app\n"
        done = self.fix("--unsafe", "--profile", "strict", "-", "--stdin-name", "Dockerfile", stdin=text)
        self.assertEqual(done.stdout.decode(), (
            "FROM rust:1.78-bullseye AS build\nWORKDIR /app\nCOPY . .\n\nRUN cargo install --path .\n\nFROM debian:bullseye-slim\n"
            "WORKDIR /app\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt\n"
            "COPY --from=build /usr/local/cargo/bin/app /usr/local/bin/app\nUSER 65532:65532\nCMD [\"app\"]\n"))

    def test_powershell_goes_on_in_its_own_way(self):
        text = b"```powershell\r\ndocker run -d `\r\n  --init `\r\n  acme/acme:2.1\r\n```\r\n"
        done = self.fix("--unsafe", "--rule", "pids-limit", "-", "--stdin-name", "README.md", stdin=text)
        self.assertEqual(done.stdout, text.replace(b"  acme", b"  --pids-limit=200 `\r\n  acme"))

    def test_suppressed_findings_are_not_fixed(self):
        self.file.write_text(COMPOSE.replace("      - seccomp", "      # oakum ignore=seccomp -- needed by the profiler\n      - seccomp"))
        self.fix("--unsafe", "compose.yaml")
        self.assertIn("seccomp=unconfined", self.file.read_text())

    def test_only_the_rules_that_are_named(self):
        self.fix("--unsafe", "--rule", "seccomp", "compose.yaml")
        text = self.file.read_text()
        self.assertNotIn("seccomp=unconfined", text)
        self.assertNotIn("no-new-privileges", text)

    def test_one_rule_alone_is_no_leave_to_break_others(self):
        with tempfile.TemporaryDirectory() as home:
            file = pathlib.Path(home) / "Dockerfile"
            file.write_text("FROM scratch\nADD a .\nMAINTAINER x\n")
            done = run("fix", *BARE, "--unsafe", "--rule", "add-instead-of-copy,maintainer", ".", cwd=home)
            self.assertIn("ADD a .", file.read_text())
            self.assertNotIn("MAINTAINER", file.read_text())
            words = " ".join(done.stdout.decode().split())
            self.assertIn("would bring another finding, copy-relative", words)
            self.assertNotIn("user-missing", words)
            self.assertEqual(2, run("fix", "--to", "pss-baseline", "--rule", "privileged", ".", cwd=home).returncode)

    def test_check_fixes_first_when_asked(self):
        done = run("check", *BARE, "--fix", "--format", "json", "compose.yaml", cwd=self.home.name)
        rules = {finding["rule"] for target in json.loads(done.stdout)["targets"] for finding in target["findings"]}
        self.assertNotIn("no-new-privileges", rules)
        self.assertIn("no-new-privileges", self.file.read_text())

    def test_places_are_those_of_the_file_as_it_stands(self):
        self.file.write_text(COMPOSE + "  old:\n    image: acme/old\n")
        where = "compose.yaml:8: image-untagged"
        self.assertIn(where, self.fix("--unsafe", "--diff", "compose.yaml").stderr.decode())
        self.assertNotIn(where, self.fix("--unsafe", "compose.yaml").stdout.decode())

    def test_nothing_goes_between_an_unknown_flag_and_what_may_be_its_value(self):
        line = b"docker run -d --frobnicate tcp://x nginx:1.27\ndocker run -H tcp://x nginx:1.27\n"
        done = self.fix("--unsafe", "--verbose", "-", "--stdin-name", "a.sh", stdin=line)
        self.assertEqual(done.stdout, line)
        self.assertIn("pids-limit: the flag before the image is not known", done.stderr.decode())

    def test_a_target_that_is_not_there_is_an_error(self):
        done = self.fix("./nothing.yaml")
        self.assertEqual(done.returncode, 2)
        self.assertIn("nothing.yaml", done.stderr.decode())


class Pins(unittest.TestCase):
    def test_a_registry_tells_the_digest(self):
        with peers.State() as state, peers.registry(state) as registry:
            layout = peers.image_layout(state.path("layout"))
            peers.skopeo("copy", "--dest-tls-verify=false", f"oci:{layout}:1.0", f"docker://{registry}/team/app:1.0")
            pinned = json.loads((layout / "index.json").read_text())["manifests"][0]["digest"]
            with tempfile.TemporaryDirectory() as home:
                file = pathlib.Path(home) / "Dockerfile"
                file.write_text(f"FROM {registry}/team/app:1.0\nUSER 1000\n")
                left = run("fix", *BARE, "--profile", "strict", "--rule", "image-no-digest", "--unsafe", "Dockerfile", cwd=home)
                self.assertIn("--pin", left.stdout.decode())
                done = run("fix", *BARE, "--profile", "strict", "--rule", "image-no-digest", "--unsafe", "--pin", "Dockerfile", cwd=home)
                self.assertEqual(done.returncode, 0, done.stderr.decode())
                self.assertEqual(file.read_text(), f"FROM {registry}/team/app:1.0@{pinned}\nUSER 1000\n", done.stdout.decode())


class Reports(unittest.TestCase):
    def report(self, form, text=COMPOSE):
        with tempfile.TemporaryDirectory() as home:
            (pathlib.Path(home) / "compose.yaml").write_text(text)
            done = run("check", *BARE, "--format", form, "compose.yaml", cwd=home)
            return json.loads(done.stdout)

    def test_the_edits_of_json_are_its_patch(self):
        fixed = 0
        for target in self.report("json")["targets"]:
            for finding in target["findings"]:
                fix = finding["fix"]
                if not fix or not fix["edits"]:
                    continue
                text = COMPOSE.encode()
                for edit in sorted(fix["edits"], key=lambda edit: edit["begin"], reverse=True):
                    text = text[:edit["begin"]] + edit["text"].encode() + text[edit["end"]:]
                with tempfile.TemporaryDirectory() as home:
                    (pathlib.Path(home) / "compose.yaml").write_text(COMPOSE)
                    git("apply", "-", cwd=home, stdin=fix["patch"].encode())
                    self.assertEqual((pathlib.Path(home) / "compose.yaml").read_bytes(), text, finding["rule"])
                fixed += 1
        self.assertGreater(fixed, 3)

    def test_sarif_carries_fixes_with_their_regions(self):
        results = [result for run_ in self.report("sarif")["runs"] for result in run_["results"] if "fixes" in result]
        self.assertGreater(len(results), 3)
        lines = COMPOSE.splitlines()
        for result in results:
            for change in result["fixes"][0]["artifactChanges"]:
                self.assertEqual(change["artifactLocation"]["uri"], "compose.yaml")
                for replacement in change["replacements"]:
                    region = replacement["deletedRegion"]
                    self.assertLessEqual((region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"]))
                    self.assertLessEqual(region["endLine"], len(lines) + 1)

    def test_no_report_shows_a_secret_that_a_fix_moves(self):
        text = "services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: hunter2secret\n"
        for form in ("json", "sarif"):
            self.assertNotIn("hunter2secret", json.dumps(self.report(form, text)))


if __name__ == "__main__":
    unittest.main()
