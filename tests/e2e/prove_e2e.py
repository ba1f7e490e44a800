"""oakum fix --prove on a private dockerd: what works after as before is kept, what breaks is found and taken back.

The services are made for it: one asks for a capability and writes where it should not, one fails without a word under one
of the fixes, one keeps its data as another user. What is made must be gone at the end, however it ends.
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

import peers

OAKUM = os.environ["OAKUM"]
APPLETS = ["sh", "httpd", "wget", "sleep", "touch", "mkdir", "chown", "cat", "grep", "id", "test", "true"]

# At its start it gives a file away, in a directory that is no volume.
FRAGILE = """# kept: this comment
services:
  web:
    build: .
    command: [sh, -c, "mkdir -p /var/lib/app && touch /var/lib/app/f && chown 1000 /var/lib/app/f && exec httpd -f -p 80 -h /srv"]
    ports: ["127.0.0.1:8080:80"]
"""
DOCKERFILE = "FROM localhost/bb:1\nCOPY index.html /srv/index.html\n"

# Ends without a word when it may gain no privileges: nothing in its log says what to do.
SILENT = """services:
  web:
    image: localhost/bb:1
    command: [sh, -c, "grep -q 'NoNewPrivs:.*1' /proc/self/status && exit 3; exec httpd -f -p 80 -h /"]
"""

# Its data belongs to a user of its own.
OWNED = """services:
  web:
    image: localhost/bb:1
    command: [sh, -c, "touch /data/x && exec httpd -f -p 80 -h /"]
    volumes: ["./data:/data"]
"""

# Asks for the host.
REACHING = """services:
  app:
    image: localhost/bb:1
    privileged: true
    network_mode: host
    pid: host
    command: [httpd, -f, -p, "80", -h, /]
    volumes: ["/var/run/docker.sock:/var/run/docker.sock", "/:/host", "/etc:/settings"]
"""

BROKEN = """services:
  web:
    image: localhost/bb:1
    command: [sh, -c, "exit 7"]
"""


def import_image(docker, scratch):
    busybox = shutil.which("busybox")
    if busybox is None:
        raise unittest.SkipTest("not installed: busybox")
    root = scratch / "root"
    (root / "bin").mkdir(parents=True)
    (root / "tmp").mkdir(mode=0o1777)
    (root / "etc").mkdir()
    (root / "etc/passwd").write_text("root:x:0:0::/:/bin/sh\n")
    shutil.copy(busybox, root / "bin/busybox")
    for applet in APPLETS:
        (root / "bin" / applet).symlink_to("busybox")
    archive = peers.run("tar", "-C", root, "-c", ".").stdout
    docker("import", "-c", 'CMD ["sh"]', "-", "localhost/bb:1", stdin=archive)


class Prove(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        peers.need_root()
        cls.state = cls.enterClassContext(peers.State())
        cls.docker = staticmethod(cls.state.enter(peers.dockerd(cls.state)))
        cls.scratch = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="oakum-prove-")))
        cls.temporary = cls.scratch / "tmp"
        cls.temporary.mkdir()
        cls.environment = os.environ | {"DOCKER_HOST": cls.docker.host, "TMPDIR": str(cls.temporary),
                                        "CONTAINER_HOST": "unix:///nowhere/podman.sock"}
        import_image(cls.docker, cls.scratch)

    def project(self, compose, **files):
        directory = self.scratch / self.id().rsplit(".", 1)[-1]
        directory.mkdir()
        (directory / "compose.yaml").write_text(compose)
        for name, text in files.items():
            (directory / name.replace("_", ".")).write_text(text)
        return directory

    def argv(self, directory, *words, target=("compose.yaml",)):
        return [OAKUM, "fix", "--no-config", "--unsafe", "--prove", "--settle", "0.7", "--evidence",
                str(directory / "proof.json"), *words, *target]

    def prove(self, directory, *words, status=0, target=("compose.yaml",)):
        done = subprocess.run(self.argv(directory, *words, target=target), cwd=directory, capture_output=True, env=self.environment,
                              timeout=300, check=False, text=True)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.nothing_is_left()
        return done.stdout + done.stderr

    def evidence(self, directory):
        proof = json.loads((directory / "proof.json").read_text())
        self.assertEqual(proof["schema"], "oakum.proof/1")
        self.assertEqual(proof["left"], [])
        return proof

    def made(self):
        """What carries the label of a trial, and its directories."""
        directories = [entry.name for entry in self.temporary.iterdir()]
        return peers.made_by_trials(self.docker) | ({"directories": directories} if directories else {})

    def nothing_is_left(self):
        self.assertEqual(self.made(), {})

    def test_what_the_errors_ask_for_is_given(self):
        directory = self.project(FRAGILE, Dockerfile=DOCKERFILE, index_html="hello\n")
        containers = self.docker("ps", "-aq").stdout
        said = self.prove(directory, "--probe", "web=test -e /var/lib/app/f", "--probe", "http://localhost:8080/index.html")
        self.assertEqual(self.docker("ps", "-aq").stdout, containers)
        proof = self.evidence(directory)
        self.assertEqual(proof["verdict"], "proven", said)
        (learned,) = proof["learned"]
        self.assertEqual(learned["subject"], 'service "web"')
        self.assertIn("CHOWN", learned["needs"]["capabilities"])
        self.assertIn("/var/lib/app", learned["needs"]["written"])
        self.assertGreater(len(proof["attempts"]), 1)
        self.assertNotEqual(proof["attempts"][0]["regressions"], [], "the first attempt was to break")
        (before,), (after,) = proof["before"]["services"], proof["after"]["services"]
        self.assertEqual(before["listening"], ["80/tcp"])
        self.assertEqual(after["listening"], ["80/tcp"])
        self.assertEqual([probe["passed"] for probe in after["probes"]], [True, True])
        self.assertFalse(before["kernel"]["root_read_only"])
        self.assertTrue(after["kernel"]["root_read_only"])
        self.assertTrue(after["kernel"]["no_new_privileges"])
        self.assertEqual(after["kernel"]["seccomp"], 2)
        self.assertEqual(after["kernel"]["capabilities_effective"], ["CHOWN"])
        self.assertIsNotNone(after["kernel"]["pids_limit"])
        text = (directory / "compose.yaml").read_text()
        self.assertTrue(text.startswith("# kept: this comment\n"))
        self.assertIn("read_only: true", text)
        self.assertIn("/var/lib/app", text.split("command:")[0] + text.split("ports:")[1])
        self.assertIn("CHOWN", text)
        for words in ("before", "try 2", "works as before", "kernel", "→ CHOWN", "rw → ro", "proven", "proof.json"):
            self.assertIn(words, said)

    def test_the_one_fix_that_breaks_is_taken_back(self):
        directory = self.project(SILENT)
        said = self.prove(directory)
        proof = self.evidence(directory)
        self.assertEqual(proof["verdict"], "proven", said)
        self.assertEqual([taken["fix"]["rule"] for taken in proof["taken_back"]], ["no-new-privileges"], said)
        self.assertIn("exits, status 3", proof["taken_back"][0]["why"])
        text = (directory / "compose.yaml").read_text()
        self.assertNotIn("no-new-privileges", text)
        self.assertIn("read_only: true", text)
        self.assertIn("cap_drop", text)
        self.assertIn("taken back", said)

    def test_the_user_that_owns_the_data(self):
        directory = self.project(OWNED)
        data = directory / "data"
        data.mkdir(mode=0o700)
        os.chown(data, 1234, 1234)
        said = self.prove(directory)
        proof = self.evidence(directory)
        self.assertEqual(proof["verdict"], "proven", said)
        self.assertIn("1234:1234", (directory / "compose.yaml").read_text(), said)
        self.assertEqual(proof["after"]["services"][0]["kernel"]["uid"], 1234)
        self.assertEqual(list(data.iterdir()), [], "a trial wrote to the user's data")

    def test_nothing_reaches_out_of_a_trial(self):
        directory = self.project(REACHING)
        said = self.prove(directory, "--probe", "app=test ! -e /var/run/docker.sock && test ! -e /host/etc && test -e /settings/passwd && ! touch /settings/oakum-was-here")
        proof = self.evidence(directory)
        self.assertEqual(proof["verdict"], "proven", said)
        (before,) = proof["before"]["services"]
        self.assertEqual([probe["passed"] for probe in before["probes"]], [True], said)
        self.assertFalse(before["kernel"]["host_network"])
        told = " ".join(before["not_as_stated"] + proof["before"]["notes"])
        for words in ("docker.sock", "an empty directory", "read-only in the trial", "host's network"):
            self.assertIn(words, told)
            self.assertIn(words, said)

    def test_an_image_alone_and_a_run_line(self):
        directory = self.project("", Dockerfile=DOCKERFILE + 'CMD ["busybox", "httpd", "-f", "-p", "8080", "-h", "/srv"]\n', index_html="hello\n")
        (directory / "compose.yaml").unlink()
        said = self.prove(directory, "--probe", "http://localhost:8080/index.html", target=["Dockerfile"])
        self.assertEqual(self.evidence(directory)["verdict"], "proven", said)
        self.assertEqual(self.evidence(directory)["after"]["services"][0]["kernel"]["uid"], 65532)
        line = ["--", "docker", "run", "-d", "-p", "80:80", "localhost/bb:1", "httpd", "-f", "-p", "80"]
        said = self.prove(directory, target=line)
        proof = self.evidence(directory)
        self.assertEqual(proof["verdict"], "proven", said)
        self.assertTrue(proof["after"]["services"][0]["kernel"]["root_read_only"])
        self.assertIn("docker run -d -p 127.0.0.1:80:80 ", said)

    def test_what_does_not_work_before_is_no_proof(self):
        directory = self.project(BROKEN)
        said = self.prove(directory, status=2)
        self.assertIn("not tried", said)
        self.assertEqual((directory / "compose.yaml").read_text(), BROKEN)

    def interrupted(self, directory, number):
        """Ends a run by a signal as soon as its first container runs."""
        child = subprocess.Popen(self.argv(directory), cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                 env=self.environment)
        try:
            deadline = time.monotonic() + 60
            while not self.docker("ps", "-q", "--filter", peers.TRIAL_LABEL).stdout:
                self.assertLess(time.monotonic(), deadline, "no container came")
                self.assertIsNone(child.poll(), "ended too early")
                time.sleep(0.05)
            child.send_signal(number)
            child.wait(timeout=60)
        finally:
            child.kill()
            child.stderr.close()
        return child.returncode

    def test_an_interrupt_leaves_nothing(self):
        directory = self.project(FRAGILE, Dockerfile=DOCKERFILE, index_html="hello\n")
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                self.assertEqual(self.interrupted(directory, number), 130)
                self.nothing_is_left()
                self.assertEqual((directory / "compose.yaml").read_text(), FRAGILE)

    def test_what_a_killed_run_left_is_removed_by_the_next(self):
        directory = self.project(FRAGILE, Dockerfile=DOCKERFILE, index_html="hello\n")
        self.assertEqual(self.interrupted(directory, signal.SIGKILL), -signal.SIGKILL)
        left = self.made()
        self.assertIn("ps -a", left)
        self.assertIn("directories", left)
        (directory / "compose.yaml").write_text(BROKEN)
        self.prove(directory, status=2)

    def test_without_an_engine_nothing_is_written(self):
        directory = self.project(SILENT)
        done = subprocess.run(self.argv(directory), cwd=directory, capture_output=True, timeout=60, check=False, text=True,
                              env=self.environment | {"DOCKER_HOST": "unix:///nowhere/d.sock"})
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("/nowhere/d.sock", done.stderr)
        self.assertEqual((directory / "compose.yaml").read_text(), SILENT)


if __name__ == "__main__":
    unittest.main()
