"""Does oakum take the Dockerfiles that docker build takes, and refuse those that it refuses?

The legacy builder shares its parser with BuildKit and needs no network for FROM scratch. Where the two answers differ,
docs/dockerfile-differences.md says why; a row there without a difference is wrong, too.
"""
import os
import pathlib
import subprocess
import unittest

import peers

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus" / "dockerfile-syntax"
DIFFERENCES = ROOT / "docs" / "dockerfile-differences.md"
OAKUM = os.environ["OAKUM"]


def known_differences():
    """{file name: (legacy builder's answer, oakum's)} from the rows of the table."""
    rows = {}
    for line in DIFFERENCES.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
        if len(cells) == 4 and cells[0].endswith(".Dockerfile"):
            rows[cells[0]] = (cells[1], cells[2])
    return rows


def oakum_answer(file):
    done = subprocess.run([OAKUM, "plumbing", "dockerfile", file], capture_output=True, timeout=60, check=False)
    return "accepts" if done.returncode == 0 else "rejects"


def docker_answer(docker, context, file):
    argv = ["docker", "-H", docker.host, "build", "--force-rm", "--file", str(file), str(context)]
    done = subprocess.run(argv, capture_output=True, timeout=120, check=False, env={**os.environ, "DOCKER_BUILDKIT": "0"})
    return ("accepts" if done.returncode == 0 else "rejects"), (done.stdout + done.stderr).decode(errors="replace")


class DockerBuildAgrees(unittest.TestCase):
    def test_accept_or_reject(self):
        peers.need_root()
        files = sorted(CORPUS.glob("*.Dockerfile"))
        self.assertGreaterEqual(len(files), 60)
        known = known_differences()
        self.assertEqual(set(known) - {file.name for file in files}, set(), "rows without a file")
        with peers.State() as state, peers.dockerd(state, driver="vfs") as docker:
            context = state.path("context")
            context.mkdir()
            for file in files:
                with self.subTest(file.name):
                    copy = context / "Dockerfile"
                    copy.write_bytes(file.read_bytes())
                    theirs, said = docker_answer(docker, context, copy)
                    ours = oakum_answer(file)
                    if file.name in known:
                        self.assertEqual((theirs, ours), known[file.name], said)
                        self.assertNotEqual(theirs, ours, "the table names a difference that there is not")
                    else:
                        self.assertEqual(ours, theirs, said)


if __name__ == "__main__":
    unittest.main()
