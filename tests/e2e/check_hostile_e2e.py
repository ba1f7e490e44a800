"""Hostile files of every kind: one clear error each, soon, in bounded memory, and the other targets are judged all the same."""
import json
import os
import subprocess
import sys
import unittest

import images
import peers
from hostile_e2e import MEASURE

CLEAN, FINDINGS, COULD_NOT = 0, 1, 2
SECONDS = 20
MEMORY = 600 << 20
SOUND = {"good.compose.yaml": "services:\n  web:\n    image: nginx:1.27\n    privileged: true\n"}
MIB = 1 << 20
DEEP = 100_000


def bomb(head, levels=12, width=9):
    """Aliases that double up: nine to the twelfth nodes when they are all written out."""
    lines = [head, "x-0: &a0 [" + ", ".join(["lol"] * width) + "]"]
    lines += [f"x-{i}: &a{i} [" + ", ".join([f"*a{i - 1}"] * width) + "]" for i in range(1, levels)]
    return "\n".join(lines) + "\n"


class HostileFiles(unittest.TestCase):
    def setUp(self):
        self.state = peers.State().__enter__()
        self.addCleanup(self.state.__exit__)
        self.here = self.state.path("project")
        self.here.mkdir()
        images.write(self.here, SOUND)

    def check(self, *targets, seconds=SECONDS, memory=MEMORY, options=()):
        """(status, report, lines on standard error) within the bounds."""
        measures = self.state.path("measures")
        argv = [images.binary(), "check", "--no-base-images", "--no-shellcheck", "--format", "json", *options, *targets]
        done = subprocess.run([sys.executable, "-IS", "-c", MEASURE, str(measures), str(3 * seconds), *argv], stdin=subprocess.DEVNULL,
                              capture_output=True, cwd=self.here, env=images.environment(), check=False)
        status, took, peak = json.loads(measures.read_text())
        text = done.stderr.decode()
        self.assertIn(status, (CLEAN, FINDINGS, COULD_NOT), text[-2000:])
        self.assertLess(took, seconds)
        self.assertLess(peak, memory)
        return status, json.loads(done.stdout) if done.stdout else None, text.splitlines()

    def write(self, name, text):
        images.write(self.here, {name: text})
        return name

    def errors(self, report, lines):
        listed = [f"{entry['message']}" for target in report["targets"] for entry in target["errors"]]
        return listed + [line.removeprefix("oakum: ") for line in lines]

    def refused(self, name, *words, **bounds):
        """One error that names the file, status 2, and the sound file beside it is judged."""
        status, report, lines = self.check(name, "good.compose.yaml", **bounds)
        self.assertEqual(COULD_NOT, status, (lines, str(report)[:500]))
        errors = self.errors(report, lines)
        self.assertEqual(1, len(errors), errors[:5])
        self.assertIn(os.path.basename(name), errors[0])
        self.assertRegex(errors[0], r"^\S.*: \S.*[^.\s]$")
        self.assertLess(len(errors[0]), 1000)
        for word in words:
            self.assertIn(word, errors[0])
        self.judged(report)
        return errors[0]

    def judged(self, report):
        (good,) = [target for target in report["targets"] if target["name"] == "good.compose.yaml"]
        self.assertIn("privileged", {finding["rule"] for finding in good["findings"]})

    def survives(self, name, **bounds):
        """Odd, but whether it is an error is the reader's to say: bounded, at most a few errors, and the others are judged."""
        status, report, lines = self.check(name, "good.compose.yaml", **bounds)
        errors = self.errors(report, lines)
        self.assertLessEqual(len(errors), 3, errors[:5])
        self.assertEqual(bool(errors), status == COULD_NOT, errors[:5])
        self.judged(report)
        return report, errors


class Yaml(HostileFiles):
    def test_a_block_without_lines_hides_nothing(self):
        for block in ("x-note: |", "x-note: >-  # none", "x-note:\n    - |"):
            name = self.write("blocks.compose.yaml", f"services:\n  web:\n    {block}\n    privileged: true\n    image: nginx:1.27\n")
            status, report, lines = self.check(name)
            self.assertEqual((FINDINGS, []), (status, lines))
            found = [finding["rule"] for target in report["targets"] for finding in target["findings"]]
            self.assertIn("privileged", found, block)

    def test_alias_bombs(self):
        self.refused(self.write("compose.yaml", bomb("services: {a: {image: x}}")))
        self.refused(self.write("pod.yaml", bomb("apiVersion: v1\nkind: Pod\nmetadata: {name: a}")))

    def test_deep_nesting(self):
        for opening in ("[", "{a: "):
            self.refused(self.write("compose.yaml", "services:\n  a: {image: x}\nx-a: " + opening * DEEP + "\n"))
            self.refused(self.write("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: " + opening * DEEP + "\n"))
        self.refused(self.write("deep.compose.yaml", "services:\n  a: {image: x}\nx-a:\n" + "".join(" " * i + "- \n" for i in range(1, 2000))))

    def test_broken_yaml_names_its_line(self):
        self.refused(self.write("compose.yaml", "services:\n  a: {image: x\n  b: [\n"), "compose.yaml:")
        self.refused(self.write("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: [\n"), "pod.yaml:")

    def test_extends_in_a_circle(self):
        for text in ("services:\n  a:\n    extends: a\n    image: x\n",
                     "services:\n  a: {extends: b, image: x}\n  b: {extends: c}\n  c: {extends: a}\n",
                     "services:\n  a:\n    image: x\n    extends: {file: compose.yaml, service: a}\n"):
            with self.subTest(text=text):
                self.refused(self.write("compose.yaml", text))

    def test_include_in_a_circle(self):
        self.refused(self.write("compose.yaml", "include: [compose.yaml]\nservices: {a: {image: x}}\n"))
        self.write("b.yaml", "include: [c.yaml]\nservices: {b: {image: x}}\n")
        self.write("c.yaml", "include: [b.yaml]\nservices: {c: {image: x}}\n")
        status, report, lines = self.check("b.yaml", "good.compose.yaml")
        self.assertEqual((COULD_NOT, 1), (status, len(self.errors(report, lines))), self.errors(report, lines))
        self.judged(report)

    def test_many_documents_and_many_services(self):
        services = "services:\n" + "".join(f"  s{i}: {{image: nginx, privileged: true}}\n" for i in range(5_000))
        report, _ = self.survives(self.write("compose.yaml", services), seconds=60)
        self.assertGreaterEqual(max(len(target["findings"]) for target in report["targets"]), 5_000)
        pods = "".join(f"---\napiVersion: v1\nkind: Pod\nmetadata: {{name: p{i}}}\nspec: {{containers: [{{name: a, image: b}}]}}\n" for i in range(2_000))
        self.survives(self.write("pods.yaml", pods), seconds=60)


class Bytes(HostileFiles):
    KINDS = {"Dockerfile": b"FROM alpine:3.20\nRUN a\nUSER 1000\n", "compose.yaml": b"services:\n  a:\n    image: x:1\n",
             "pod.yaml": b"apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: a\n      image: x:1\n",
             "run.sh": b"#!/bin/sh\ndocker run nginx:1.27\n"}

    def test_nul_bytes(self):
        for name, text in self.KINDS.items():
            with self.subTest(name=name):
                self.survives(self.write(name, text + b"# \0\0\n" + text))

    def test_invalid_utf8(self):
        for name, text in self.KINDS.items():
            with self.subTest(name=name):
                self.survives(self.write(name, text + b"# \xff\xfe\x80\xc3\n"))

    def test_utf16(self):
        for name, text in self.KINDS.items():
            for encoding in ("utf-16-le", "utf-16-be", "utf-16"):
                with self.subTest(name=name, encoding=encoding):
                    self.survives(self.write(name, text.decode().encode(encoding)))

    def test_byte_order_mark_and_carriage_returns_are_read(self):
        for name, text in self.KINDS.items():
            with self.subTest(name=name):
                report, errors = self.survives(self.write(name, b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n")))
                self.assertEqual([], errors)
                self.assertEqual(2, len(report["targets"]))

    def test_empty_files_and_comments(self):
        for name in ("Dockerfile", "compose.yaml"):
            for text in (b"", b"\n\n", b"# only this\n", b" "):
                with self.subTest(name=name, text=text):
                    self.survives(self.write(name, text))
        for name in ("pod.yaml", "run.sh", "inspect.json"):
            for text in (b"", b"# only this\n"):
                with self.subTest(name=name, text=text):
                    self.refused(self.write(name, text))

    def test_a_line_without_end(self):
        for name, head in (("Dockerfile", b"FROM alpine\nRUN echo "), ("compose.yaml", b"services:\n  a:\n    image: "),
                           ("pod.yaml", b"apiVersion: v1\nkind: Pod\nmetadata:\n  name: "), ("run.sh", b"docker run ")):
            with self.subTest(name=name):
                self.survives(self.write(name, head + b"a" * (100 * MIB) + b"\n"))
                self.survives(self.write(name, head + b"a " * (4 * MIB) + b"\n"), seconds=60)

    def test_continuations_without_end(self):
        self.survives(self.write("Dockerfile", b"FROM alpine\nRUN a" + b" \\\n  && b" * 50_000 + b"\n"), seconds=60)
        self.survives(self.write("Dockerfile", b"FROM alpine\nRUN " + b"$(" * DEEP + b"\n"))
        self.survives(self.write("Dockerfile", b"FROM alpine\n" + b"RUN <<E\n" * 20_000))
        self.survives(self.write("Dockerfile", b"FROM alpine AS a\n" * 20_000), seconds=60)

    def test_deep_json(self):
        self.survives(self.write("Dockerfile", b"FROM alpine\nCMD " + b"[" * DEEP + b"\n"))
        self.refused(self.write("inspect.json", b'[{"Id":"a","Config":' + b"[" * DEEP))


class Files(HostileFiles):
    def test_directories_too_deep_are_told(self):
        deep = "/".join(["d"] * 70)
        self.write(f"tree/{deep}/Dockerfile", "FROM scratch\n")
        self.write("tree/near/Dockerfile", "FROM scratch\n")
        status, report, lines = self.check("tree")
        self.assertEqual(COULD_NOT, status, lines)
        self.assertEqual(["tree/near/Dockerfile"], [target["name"] for target in report["targets"]])
        self.assertEqual([f"tree/{'/'.join(['d'] * 65)}: lies more than 64 directories deep; what is there was not read; name it as a target"],
                         self.errors(report, lines))

    def test_unreadable_files(self):
        if os.geteuid() == 0:
            self.skipTest("root reads everything")
        self.write("Dockerfile", "FROM a\n")
        (self.here / "Dockerfile").chmod(0)
        self.refused("Dockerfile", "ermission")

    def test_symbolic_links_in_a_circle(self):
        (self.here / "Dockerfile").symlink_to("other")
        (self.here / "other").symlink_to("Dockerfile")
        (self.here / "down").mkdir()
        (self.here / "down/up").symlink_to("..")
        status, report, lines = self.check(".")
        self.assertEqual((FINDINGS, []), (status, lines))
        self.judged(report)
        status, report, lines = self.check("./Dockerfile", "good.compose.yaml")
        self.assertEqual(COULD_NOT, status)
        self.assertEqual(1, len(self.errors(report, lines)))

    def test_pipes_and_devices_are_not_waited_for(self):
        os.mkfifo(self.here / "Dockerfile")
        status, report, lines = self.check(".")
        self.assertEqual((FINDINGS, []), (status, lines))
        self.judged(report)
        self.refused("./Dockerfile", seconds=10)

    def test_a_compose_file_does_not_make_us_read_pipes(self):
        os.mkfifo(self.here / "pipe")
        self.survives(self.write("compose.yaml", "services:\n  a:\n    image: x:1\n    env_file: pipe\n"), seconds=10)
        self.survives(self.write("compose.yaml", "include: [pipe]\nservices: {a: {image: x}}\n"), seconds=10)
        self.survives(self.write("compose.yaml", "services:\n  a: {extends: {file: /dev/zero, service: b}}\n"), seconds=10)

    def test_hostile_configuration(self):
        for name in (".oakum.yaml", ".hadolint.yaml", ".checkov.yaml", ".trivyignore"):
            for text in (bomb("a: b"), "a: " + "[" * DEEP, b"\xff\xfe\0\0", b"x" * (20 * MIB)):
                with self.subTest(name=name, text=text[:20]):
                    self.write(name, text)
                    status, report, lines = self.check("good.compose.yaml")
                    self.assertIn(status, (FINDINGS, COULD_NOT))
                    self.assertLessEqual(len(lines), 2, lines[:3])
                    self.judged(report)
                    (self.here / name).unlink()

    def test_a_hostile_baseline(self):
        for text in ("[" * DEEP, "{}", "", '{"schema":"oakum.baseline/1","findings":[1]}'):
            self.write("base.json", text)
            status, _, lines = self.check("good.compose.yaml", options=("--baseline", "base.json"))
            self.assertEqual((COULD_NOT, 1), (status, len(lines)), lines)
            self.assertIn("base.json", lines[0])


if __name__ == "__main__":
    unittest.main()
