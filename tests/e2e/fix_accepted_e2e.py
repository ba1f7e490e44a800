"""Is what oakum has fixed still taken by the program that reads it? What was accepted before has to be accepted afterwards.

Dockerfiles go to the legacy builder: first to its parser alone, then, with every RUN taken out and each base replaced by a
local one, to all of it. Run lines go to `docker create` and
`podman create`, which read every flag and start nothing.
"""
import concurrent.futures
import http.client
import io
import json
import pathlib
import re
import shlex
import shutil
import socket
import tarfile
import tempfile
import unittest
import urllib.parse

import images
import peers

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus"
LEAST_PARSED, LEAST_BUILT, LEAST_CREATED = 90, 35, {"docker": 70, "podman": 30}  # what was accepted before

NO_STAGE = "no-such-stage"
BASE = "localhost/base:1"


# --- fixing -------------------------------------------------------------------------------------------------------


def fix(directory, *options):
    """All fixes, unsafe ones too. The corpus holds broken files, which are errors and stay as they are."""
    done = images.oakum("fix", "--no-config", "--no-base-images", "--unsafe", *options, ".", cwd=directory)
    if done.returncode not in (0, 2):
        raise AssertionError(done.stderr.decode(errors="replace"))
    return done


def instructions(text):
    """A Dockerfile's instructions as oakum reads them, or None."""
    with tempfile.NamedTemporaryFile(suffix=".Dockerfile") as file:
        file.write(text)
        file.flush()
        done = images.oakum("plumbing", "dockerfile", file.name)
    return json.loads(done.stdout)["instructions"] if done.returncode == 0 else None


def side_by_side(function, rows):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        return list(pool.map(function, rows))


# --- the legacy builder, by its socket: hundreds of questions ---------------------------------------------------------


def in_memory(state):
    """A name for the engine's directory on a tmpfs, which the state's end unmounts: layers are small, and synced often."""
    state.path("m").mkdir()
    peers.run("mount", "-t", "tmpfs", "tmpfs", state.path("m"))
    return "m/docker"


class Unix(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=120)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def ask(docker, method, path, body=None):
    connection = Unix(docker.host.removeprefix("unix://"))
    connection.request(method, path, body, {"Content-Type": "application/x-tar"})
    answer = connection.getresponse()
    text = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, text


def tar_of(files):
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for name, data in files:
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(data), 0o644
            tar.addfile(member, io.BytesIO(data))
    return archive.getvalue()


def build(docker, dockerfile, files=(), **options):
    """(is it accepted?, what the builder says)."""
    query = urllib.parse.urlencode({"dockerfile": "Dockerfile", "rm": "0", **options})
    status, said = ask(docker, "POST", "/build?" + query, tar_of([("Dockerfile", dockerfile), *files]))
    return status == 200 and '"error"' not in said, said


def parses(docker, dockerfile):
    """The builder looks for the stage when it has read the whole file, and before it does anything."""
    _, said = build(docker, dockerfile, target=NO_STAGE)
    return f"failed to reach build target {NO_STAGE}" in said, said


def base_archive():
    """An image to import: no program, and users that Dockerfiles name."""
    users = "".join(f"{name}:x:{number}:{number}::/:/bin/sh\n" for number, name in
                    enumerate(("app", "node", "nobody", "nonroot", "www-data", "appuser", "user"), 1000))
    return tar_of([("tool", b"x"), ("etc/passwd", users.encode()), ("etc/group", users.replace("::/:/bin/sh", "").encode())])


# --- Dockerfiles that are built without a network ---------------------------------------------------------------------


def source_files(words):
    """What a COPY of these words needs in its context."""
    for word in words:
        name = word.strip("/").removeprefix("./").replace("*", "x").replace("?", "x")
        if name in ("", "."):
            continue
        yield (name if re.search(r"\.\w+$", name) and not word.endswith("/") else name + "/file"), b"x"


def offline(text):
    """The same without what needs a network or a true base: (text, the files of its context)."""
    stages, cuts, files = set(), [], {}
    for number, one in enumerate(instructions(text)):
        words, name = one["arguments"], one["name"]
        values = [word["value"] for word in words]
        if name == "RUN" or (name == "ADD" and any("://" in value or "git@" in value for value in values)):
            cuts.append((one["start"], one["end"], b"#"))
        elif name == "FROM":
            if values[0] not in stages | {"scratch"}:
                cuts.append((words[0]["start"], words[0]["end"], BASE.encode()))
            stages.add(values[2] if len(values) > 2 else f"stage {number}")
        elif name in ("ADD", "COPY"):
            origin = [flag for flag in one["flags"] if flag["name"] == "from"]
            if origin:  # what a RUN would have made there
                cuts += [(flag["start"], flag["end"], f"--from={BASE}".encode()) for flag in origin]
                cuts += [(word["start"], word["end"], b'"/tool"' if one["json_form"] else b"/tool") for word in words[:-1]]
            else:
                files |= dict(source_files(values[:-1]))
    data = text
    for start, end, instead in sorted(cuts, reverse=True):
        data = data[:start] + instead + data[end:]
    files.setdefault("file", b"x")
    return data, sorted(files.items())


def is_only_a_user(before, after):
    """Nothing but numeric users came: the most frequent change, which needs no build each time."""
    return re.sub(rb"\nUSER 65532:65532(?=\r?\n|$)|\r", b"", after).strip() == before.replace(b"\r", b"").strip()


class Dockerfiles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        peers.need_root()
        cls.state = cls.enterClassContext(peers.State())
        cls.docker = cls.state.enter(peers.dockerd(cls.state, name=in_memory(cls.state)))
        cls.docker("import", "-", BASE, stdin=base_archive())
        cls.before, cls.after = {}, {}
        for folder in ("check/dockerfile", "dockerfile-syntax"):
            copy = cls.state.path(folder.replace("/", "-"))
            shutil.copytree(CORPUS / folder, copy, ignore=shutil.ignore_patterns("*.expected"))
            names = sorted(path.name for path in copy.glob("*.Dockerfile"))
            cls.before |= {f"{folder}/{name}": (copy / name).read_bytes() for name in names}
            fix(copy)
            cls.after |= {f"{folder}/{name}": (copy / name).read_bytes() for name in names}

    def changed(self):
        for name, before in self.before.items():
            if before != self.after[name]:
                yield name, before, self.after[name]

    def compare_parsed(self, row):
        """What is wrong; None: nothing is; "": it was not accepted before."""
        name, before, after = row
        if not parses(self.docker, before)[0]:
            return ""
        accepted, said = parses(self.docker, after)
        return None if accepted else name + "\n" + said + after.decode(errors="replace")

    def test_the_parser_takes_what_it_took(self):
        answers = side_by_side(self.compare_parsed, self.changed())
        self.assertFalse(any(answers), "\n".join(filter(None, answers)))
        self.assertGreaterEqual(answers.count(None), LEAST_PARSED)

    def compare(self, row):
        """As above, for the whole of it."""
        name, before, after = row
        if not instructions(before):
            return ""
        text, files = offline(before)
        now, more = offline(after)
        if is_only_a_user(text, now) or not build(self.docker, text, files)[0]:
            return ""
        accepted, said = build(self.docker, now, dict(files + more).items())
        return None if accepted else name + "\n" + said + now.decode(errors="replace")

    def test_the_builder_takes_what_it_took(self):
        answers = side_by_side(self.compare, self.changed())
        self.assertFalse(any(answers), "\n".join(filter(None, answers)))
        self.assertGreaterEqual(answers.count(None), LEAST_BUILT)


# --- run lines ----------------------------------------------------------------------------------------------------

# One flag of each kind that a fix adds to, narrows or takes away, with what it could collide with.
LINES = """docker run nginx:1.27
docker run --privileged nginx:1.27
docker run --privileged --cap-add SYS_ADMIN --security-opt seccomp=unconfined --security-opt apparmor=unconfined nginx:1.27
docker run --cap-add ALL --cap-drop CHOWN nginx:1.27
docker run --memory-swap 256m nginx:1.27
docker run --memory-reservation 2g nginx:1.27
docker run --memory-swap 256m --memory-reservation 128m redis:7
docker run --memory 64m --memory-swap -1 redis:7
docker run --memory 0 --memory-swap -1 redis:7
docker run --memory-swappiness 10 redis:7
docker run --kernel-memory 64m redis:7
docker run --oom-kill-disable nginx:1.27
docker run --cpu-period 100000 --cpu-quota 200000 nginx:1.27
docker run --cpu-quota -1 nginx:1.27
docker run --cpu-period 50000 nginx:1.27
docker run --cpu-shares 512 --cpuset-cpus 0 nginx:1.27
docker run --cpus 0 nginx:1.27
docker run --pids-limit -1 nginx:1.27
docker run --pids-limit 0 nginx:1.27
docker run -v data:/tmp nginx:1.27
docker run -v data:/tmp/ nginx:1.27
docker run --mount type=volume,source=data,target=/tmp nginx:1.27
docker run --mount type=tmpfs,destination=/tmp nginx:1.27
docker run --tmpfs /tmp:exec,size=10m nginx:1.27
docker run --tmpfs /tmp:exec --tmpfs /run:exec,suid nginx:1.27
docker run --mount type=tmpfs,target=/scratch,tmpfs-mode=1777 nginx:1.27
docker run -v /:/host:rshared nginx:1.27
docker run --mount type=bind,source=/etc,target=/host,bind-propagation=rshared nginx:1.27
docker run -v /var/run/docker.sock:/var/run/docker.sock nginx:1.27
docker run --pid host --ipc host --uts host nginx:1.27
docker run --userns host --cgroupns host nginx:1.27
docker run --net host -h box nginx:1.27
docker run --net=host -p 80:80 nginx:1.27
docker run --network container:other nginx:1.27
docker run --network host --link db nginx:1.27
docker run --network host --add-host a:10.0.0.1 --dns 10.0.0.2 nginx:1.27
docker run -p 80 nginx:1.27
docker run -p 8000-8003:80-83 nginx:1.27
docker run -p 8080:80/udp -p [::]:81:81 nginx:1.27
docker run -P --expose 22 nginx:1.27
docker run -p 0.0.0.0::80 -p :8081:81 nginx:1.27
docker run --rm --restart no nginx:1.27
docker run --restart always nginx:1.27
docker run --rm -it alpine:3.20 sh
docker run --log-driver none nginx:1.27
docker run --log-driver syslog nginx:1.27
docker run --log-driver local --log-opt max-file=3 nginx:1.27
docker run --no-healthcheck nginx:1.27
docker run --sysctl net.ipv4.ip_forward=1 --sysctl kernel.msgmax=65536 nginx:1.27
docker run --net host --sysctl kernel.shm_rmid_forced=1 nginx:1.27
docker run --ipc host --sysctl net.core.somaxconn=1024 nginx:1.27
docker run --cgroup-parent /other nginx:1.27
docker run --user root:root nginx:1.27
docker run -u 0:0 --group-add 0 nginx:1.27
docker run -u 1000:0 nginx:1.27
docker run --read-only=false --privileged=false nginx:1.27
docker run --security-opt no-new-privileges=false nginx:1.27
docker run --security-opt no-new-privileges:false --security-opt label=disable nginx:1.27
docker run --security-opt systempaths=unconfined nginx:1.27
docker run --device /dev/kmsg --device-cgroup-rule 'c 1:3 rwm' nginx:1.27
docker run -e DB_PASSWORD=hunter2-very-secret -e TOKEN nginx:1.27
docker run -itP -u0 -eA=b -p8080:80 -m2g nginx:1.27
docker run --ulimit nofile=1024 --shm-size 1g --init nginx:1.27
docker run postgres:16
docker run -v pgdata:/var/lib/postgresql/data -p 5432:5432 postgres:16
docker run -v run:/var/run/postgresql postgres:16
"""
# Podman mounts a /tmp of its own with --read-only, and takes "/tmp/" for another place than that.
NOT_COMPARED = {"podman": ["-v data:/tmp/ nginx:1.27"]}
VALUES = {"TAG": "1", "IMAGE": "example.org/app", "HOME": "/home/me", "PWD": "/srv", "i": "1", "EXTRA": "", "OPTS": ""}


def expanded(line):
    """The line with harmless values for what a shell puts in."""
    line = re.sub(r'"\$\{\w+\[@\]\}"|"\$@"', "", line)
    line = re.sub(r"\$\([^)]*\)", "11", line)
    line = re.sub(r"\$\{(\w+):?-([^}]*)\}", r"\2", line)
    return re.sub(r"\$\{?(\w+)\}?", lambda found: VALUES.get(found[1], "value"), line)


def run_lines(text):
    """The words behind `docker run` or `podman run`, and which of the two."""
    for line in text.replace("\\\n", " ").splitlines():
        found = re.match(r"\s*(?:exec |sudo |timeout \d+ sudo -E |MSYS_NO_PATHCONV=1 )*(docker|podman)( container)? run (.*)", line)
        if found:
            lexer = shlex.shlex(expanded(found[3]), posix=True, punctuation_chars=True)
            lexer.whitespace_split = True
            words = list(lexer)
            end = next((at for at, word in enumerate(words) if set(word) <= set("();<>|&")), len(words))
            yield found[1], words[:end]


def flags_with_value(engine):
    """What the engine's own help says: `-e, --env list` has one, `--rm` has none."""
    flags = set()
    for line in peers.run(engine, "run", "--help").stdout.decode().splitlines():
        found = re.match(r"\s+(?:-(\w), )?--([\w-]+) \S", line)
        if found:
            flags |= {name for name in found.groups() if name}
    return flags


def create_words(words, valued):
    """As `create` takes them: not detached, the engine's own names, and an image that is here."""
    kept, at = [], 0
    while at < len(words) and words[at].startswith("-") and words[at] != "--":
        word = words[at]
        short = re.match(r"-(\w+)", word)
        if short:
            letters = short[1]
            last = next((number for number, letter in enumerate(letters) if letter in valued), len(letters))
            takes = last == len(letters) - 1
            word = "-" + letters[:last].replace("d", "") + word[1 + last:]
        else:
            takes = "=" not in word and word[2:] in valued
        here = [word, *words[at + 1:at + 1 + takes]]
        at += len(here)
        if not re.match(r"-$|--detach$|--detach=|--name$|--name=", word):
            kept += here
    return [*kept, BASE, "/tool"]


class RunLines(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        peers.need_root()
        cls.state = cls.enterClassContext(peers.State())
        before, after = cls.state.path("before"), cls.state.path("after")
        shutil.copytree(CORPUS / "check" / "run", before, ignore=shutil.ignore_patterns("*.expected"))
        for number, line in enumerate(LINES.splitlines()):
            (before / f"docker-{number}.sh").write_text(line + "\n")
            if number % 2 == 0 or re.search("--(cpu|memory|log|tmpfs|mount|security)", line):  # Podman is slow
                (before / f"podman-{number}.sh").write_text(line.replace("docker run", "podman run") + "\n")
        shutil.copytree(before, after)
        fix(after)
        cls.pairs = []
        for path in sorted(before.glob("*.sh")):
            was, now = list(run_lines(path.read_text())), list(run_lines((after / path.name).read_text()))
            if len(was) != len(now):
                raise AssertionError(path.name + ": not as many run lines as before")
            cls.pairs += [both for both in zip(was, now) if both[0] != both[1]]

    def compare(self, engine, run):
        """How many lines the engine takes before and after."""
        valued = flags_with_value(engine)

        def one(pair):
            (program, was), (_, now) = pair
            if program != engine or " ".join(was) in NOT_COMPARED.get(engine, ()):
                return ""
            if run("create", *create_words(was, valued), check=False).returncode != 0:
                return ""
            done = run("create", *create_words(now, valued), check=False)
            said = done.stderr.decode(errors="replace").strip()
            return None if done.returncode == 0 else f"{shlex.join(was)}\n  {shlex.join(now)}\n  {said}"

        answers = side_by_side(one, self.pairs)
        self.assertFalse(any(answers), "\n".join(filter(None, answers)))
        return answers.count(None)

    def test_docker(self):
        docker = self.state.enter(peers.dockerd(self.state, name=in_memory(self.state)))
        docker("import", "-", BASE, stdin=base_archive())
        self.assertGreaterEqual(self.compare("docker", docker), LEAST_CREATED["docker"])

    def test_podman(self):
        podman = self.state.enter(peers.podman(self.state))
        podman("import", "-", BASE, stdin=base_archive())
        self.assertGreaterEqual(self.compare("podman", podman), LEAST_CREATED["podman"])


if __name__ == "__main__":
    unittest.main()
