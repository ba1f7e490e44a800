"""Containers that run: what oakum finds in one is what it finds in the command that started it, and the kernel agrees.

A matrix of every hardening flag on, off and contradicted, on a private dockerd and a private Podman. What an engine or this
machine refuses is a skip with its own words.
"""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

import peers

OAKUM = os.environ["OAKUM"]

SLEEPER = """
#include <unistd.h>
int main(int count, char **words) {
  (void)words;
  for (; count > 0;) pause();
}
"""

# Where the first process may not be what the flags say it is, or the run line's word is all there is.
NOT_COMPARED = {"kernel-differs"}  # judged apart: it must be silent

# name: flags. Each goes with both engines unless it names one.
MATRIX = {
    "plain": [],
    # identity
    "user": ["--user", "1000"],
    "user-group": ["--user", "1000:1000"],
    "user-root": ["--user", "0"],
    "user-zeros": ["--user", "00:0"],
    "image-user": ["@user"],
    "image-user-contradicted": ["--user", "0", "@user"],
    "group-add": ["--group-add", "0", "--user", "1000"],
    # privilege
    "privileged": ["--privileged"],
    "privileged-off": ["--privileged=false"],
    "drop-all": ["--cap-drop", "ALL"],
    "drop-all-lower": ["--cap-drop", "all"],
    "drop-all-add-one": ["--cap-drop", "ALL", "--cap-add", "NET_BIND_SERVICE"],
    "drop-one": ["--cap-drop", "NET_BIND_SERVICE"],
    "add-admin": ["--cap-add", "SYS_ADMIN"],
    "add-all": ["--cap-add", "ALL"],
    "add-and-drop": ["--cap-add", "SYS_TIME", "--cap-drop", "SYS_TIME"],
    "drop-all-add-admin": ["--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN"],
    "no-new-privileges": ["--security-opt", "no-new-privileges"],
    "no-new-privileges-true": ["--security-opt", "no-new-privileges=true"],
    "no-new-privileges-false": ["--security-opt", "no-new-privileges=false"],
    "no-new-privileges-admin": ["--security-opt", "no-new-privileges", "--cap-add", "SYS_ADMIN"],
    "seccomp-off": ["--security-opt", "seccomp=unconfined"],
    "seccomp-own": ["--security-opt", "seccomp=PROFILE"],
    "apparmor-off": ["--security-opt", "apparmor=unconfined"],
    "label-off": ["--security-opt", "label=disable"],
    "unmasked": ["docker", "--security-opt", "systempaths=unconfined"],
    "unmask-all": ["podman", "--security-opt", "unmask=ALL"],
    # files
    "read-only": ["--read-only"],
    "read-only-tmpfs": ["--read-only", "--tmpfs", "/tmp:noexec,nosuid"],
    "read-only-off": ["--read-only=false"],
    "tmpfs-exec": ["--tmpfs", "/scratch"],
    "bind-read-only": ["-v", "/etc/hostname:/x:ro"],
    "bind-etc": ["-v", "/etc:/host/etc"],
    "bind-root": ["-v", "/:/host"],
    "bind-mount": ["--mount", "type=bind,source=/etc,target=/host,readonly"],
    "bind-shared": ["-v", "SHARED:/shared:rshared"],
    "socket": ["-v", "SOCKET:/var/run/docker.sock"],
    "volume-named": ["-v", "data:/data"],
    "volume-disguised": ["docker", "--mount", "type=volume,source=sneaky,target=/x,volume-driver=local,volume-opt=type=none,"
                         "volume-opt=o=bind,volume-opt=device=/etc"],
    "volume-anonymous": ["-v", "/data"],
    "image-volume": ["@volume"],
    "device": ["--device", "/dev/null"],
    "device-rule": ["--device-cgroup-rule", "c 1:3 r"],
    # namespaces
    "pid-host": ["--pid", "host"],
    "ipc-host": ["--ipc", "host"],
    "ipc-private": ["--ipc", "private"],
    "network-host": ["@network", "--network", "host"],
    "uts-host": ["--uts", "host"],
    "userns-host": ["--userns", "host"],
    "cgroupns-host": ["--cgroupns", "host"],
    "cgroupns-private": ["--cgroupns", "private"],
    # network
    "port-all": ["docker", "-p", "8080:80"],
    "port-loopback": ["docker", "-p", "127.0.0.1:8080:80"],
    "port-range": ["docker", "-p", "8000-8003:80-83"],
    "publish-all": ["docker", "-P"],
    "expose": ["docker", "--expose", "22"],
    # resources
    "memory": ["--memory", "64m"],
    "memory-swap": ["--memory", "64m", "--memory-swap", "-1"],
    "memory-reservation": ["--memory-reservation", "32m"],
    "memory-zero": ["--memory", "0"],
    "cpus": ["--cpus", "0.5"],
    "cpu-quota": ["--cpu-period", "100000", "--cpu-quota", "50000"],
    "cpu-shares": ["--cpu-shares", "100"],
    "pids": ["--pids-limit", "100"],
    "pids-unlimited": ["--pids-limit", "-1"],
    "pids-zero": ["--pids-limit", "0"],
    "oom-off": ["docker", "--oom-kill-disable", "--memory", "64m"],
    "oom-score": ["--oom-score-adj", "500"],
    "ulimit": ["--ulimit", "core=0:0"],
    "shm": ["--shm-size", "1m"],
    "sysctl": ["--sysctl", "net.ipv4.ip_forward=1"],
    "cgroup-parent": ["--cgroup-parent", "/elsewhere"],
    # life
    "environment": ["-e", "MODE=fast"],
    "environment-secret": ["-e", "DB_PASSWORD=hunter2"],
    "image-environment": ["@environment"],
    "label": ["--label", "a=b"],
    "health": ["--health-cmd", "true", "--health-interval", "1h"],
    "health-off": ["--no-healthcheck"],
    "restart": ["--restart", "on-failure:5"],
    "restart-always": ["--restart", "always"],
    "log-none": ["--log-driver", "none"],
    "init": ["docker", "--init"],
    "tty": ["-t"],
    # all at once
    "hardened": ["--user", "1000:1000", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--read-only",
                 "--tmpfs", "/tmp:noexec,nosuid,nodev", "--memory", "64m", "--cpus", "0.5", "--pids-limit", "50",
                 "--restart", "on-failure:5", "--ulimit", "core=0:0"],
    "careless": ["--user", "0", "--cap-add", "SYS_ADMIN", "--security-opt", "seccomp=unconfined", "--pid", "host",
                 "-v", "/:/host", "--restart", "always", "-e", "API_TOKEN=abc"],
}

# What every run line gets: no network of its own to configure, and Podman's limits as this machine can keep them.
ALWAYS = {"docker": [], "podman": ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024"]}
IMAGES = {"app": [], "user": ["USER 1000"], "volume": ["VOLUME /data"], "environment": ["ENV MODE=fast", "EXPOSE 80"]}


def root_with_sleeper(directory):
    """A directory to import as an image: one static program."""
    peers.need("cc", "tar")
    source, root = directory / "sleeper.c", directory / "root"
    root.mkdir()
    source.write_text(SLEEPER)
    built = peers.run("cc", "-static", "-O1", "-o", root / "sleeper", source, check=False)
    if built.returncode != 0:
        raise unittest.SkipTest("no static program can be made here: " + built.stderr.decode(errors="replace")[-300:])
    return peers.run("tar", "-C", root, "-c", ".").stdout


def import_images(engine, archive):
    for name, changes in IMAGES.items():
        words = [word for change in ['CMD ["/sleeper"]', *changes] for word in ("-c", change)]
        engine("import", *words, "-", f"localhost/{name}:1", stdin=archive)


class Live:
    """The matrix on one engine; a class below per engine."""

    name = None

    @classmethod
    def setUpClass(cls):
        peers.need_root()
        cls.state = cls.enterClassContext(peers.State())
        cls.scratch = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="oakum-live-")))
        cls.profile = cls.scratch / "profile.json"
        cls.profile.write_text(json.dumps({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
            {"names": ["reboot"], "action": "SCMP_ACT_ERRNO"}]}))
        cls.shared = cls.shared_mount(cls.state.path("shared"))
        cls.start_engine()
        import_images(cls.engine, root_with_sleeper(cls.scratch))

    @staticmethod
    def shared_mount(directory):
        """A mount that propagates, as `rshared` asks for; the state's end unmounts it."""
        directory.mkdir()
        peers.run("mount", "-t", "tmpfs", "tmpfs", directory)
        peers.run("mount", "--make-shared", directory)
        return directory

    def run_line(self, name, flags):
        """The words of `docker run` for a row; the image is that of the row's @ word."""
        flags = list(flags)
        image = "app"
        network = ["--network", "none"]
        words = []
        for flag in flags:
            if flag == "@network":
                network = []
            elif flag.startswith("@"):
                image = flag[1:]
            else:
                words.append(flag.replace("PROFILE", str(self.profile)).replace("SHARED", str(self.shared))
                             .replace("SOCKET", str(self.socket)))
        return ["run", "-d", "--name", name, *ALWAYS[self.name], *network, *words, f"localhost/{image}:1"]

    def oakum(self, *words):
        done = subprocess.run([OAKUM, "check", "--no-config", "--profile", "strict", "-q", "-f", "json", *words],
                              capture_output=True, env=self.environment, timeout=120, check=False)
        self.assertIn(done.returncode, (0, 1), done.stderr.decode(errors="replace"))
        (target,) = json.loads(done.stdout)["targets"]
        self.assertEqual(target.get("errors", []), [])
        return target

    def start(self, name, flags):
        done = self.engine(*self.run_line(name, flags), check=False)
        if done.returncode != 0:
            self.remove(name)
            self.skipTest(f"{self.name} refuses: " + done.stderr.decode(errors="replace").strip()[-300:])

    def remove(self, *names):
        now = ["-t", "0"] if self.name == "podman" else []
        self.engine("rm", "-f", *now, *names, check=False)

    def judge(self, name, flags):
        live = self.oakum(f"container:{name}")
        stated = self.oakum("--", self.name, *self.run_line(name, flags))
        differing = [finding["message"] for finding in live["findings"] if finding["rule"] == "kernel-differs"]
        self.assertEqual(differing, [], "the kernel says something else than the engine")
        unseen = [entry for entry in live["not_evaluated"] if entry["rule"] == "kernel-differs"]
        self.assertEqual(unseen, [], "the kernel was not looked at")

        def rules(target):
            return sorted(finding["rule"] for finding in target["findings"] if finding["rule"] not in NOT_COMPARED)

        self.assertEqual(rules(live), rules(stated), "findings of the container and of its run line")
        return rules(live)

    def test_a_container_is_judged_as_the_line_that_started_it(self):
        for name, flags in MATRIX.items():
            flags = list(flags)
            if flags and flags[0] in ("docker", "podman") and flags.pop(0) != self.name:
                continue
            with self.subTest(row=name):
                self.start(name, flags)
                try:
                    found = self.judge(name, flags)
                    if name == "hardened":
                        self.assertFalse({"user-root", "cap-drop-all", "no-new-privileges", "read-only-rootfs", "seccomp",
                                          "mem-limit", "cpu-limit", "pids-limit"} & set(found), found)
                    if name == "careless":
                        self.assertLessEqual({"user-root", "cap-dangerous", "seccomp", "host-pid", "host-path"}, set(found))
                finally:
                    self.remove(name)

    def test_the_kernel_is_right_where_the_engine_is_not(self):
        """A limit and a process that were changed behind the engine's back."""
        self.start("changed", ["--pids-limit", "100", "--user", "1000"])
        try:
            pid = int(self.engine("inspect", "-f", "{{.State.Pid}}", "changed").stdout)
            limit = self.limit_file(pid, "pids", "pids.max")
            limit.write_text("max")
            self.engine("exec", "-d", "-u", "0", "changed", "/sleeper")
            live = self.oakum("container:changed")
            said = [finding["message"] for finding in live["findings"] if finding["rule"] == "kernel-differs"]
            self.assertEqual(len(said), 2, said)
            self.assertIn("has no process limit, though one was set", said)
            self.assertTrue(any("run as root: \"sleeper\"" in message for message in said), said)
        finally:
            self.remove("changed")

    def limit_file(self, pid, controller, name):
        for line in pathlib.Path(f"/proc/{pid}/cgroup").read_text(encoding="utf-8").splitlines():
            _, controllers, path = line.split(":", 2)
            for root in (f"/sys/fs/cgroup/{controller}", "/sys/fs/cgroup"):
                file = pathlib.Path(root + path) / name
                if controllers in (controller, "") and file.exists():
                    return file
        return self.skipTest("no cgroup file " + name)

    def test_a_volume_that_is_a_bind_in_disguise_is_seen_through(self):
        """Only the engine knows what a named volume is; the run line names it and no more."""
        self.engine("volume", "create", "--driver", "local", "-o", "type=none", "-o", "o=bind", "-o", "device=/etc", "innocent")
        flags = ["-v", "innocent:/data"]
        self.start("disguised", flags)
        try:
            live = self.oakum("container:disguised")
            self.assertIn("host-path", {finding["rule"] for finding in live["findings"]})
            stated = self.oakum("--", self.name, *self.run_line("disguised", flags))
            self.assertNotIn("host-path", {finding["rule"] for finding in stated["findings"]})
        finally:
            self.remove("disguised")

    def test_what_inspect_printed_is_judged_without_the_engine(self):
        flags = MATRIX["careless"]
        self.start("saved", flags)
        try:
            saved = self.scratch / "saved.json"
            saved.write_bytes(self.engine("inspect", "saved").stdout)
            live = self.oakum("container:saved")
            read = self.oakum(str(saved))
            self.assertEqual({finding["rule"] for finding in read["findings"]}, {finding["rule"] for finding in live["findings"]})
            self.assertIn("kernel-differs", {entry["rule"] for entry in read["not_evaluated"]}, "nobody looked at the kernel")
        finally:
            self.remove("saved")

    def test_all_running_containers_are_judged(self):
        self.start("one", [])
        self.start("two", ["--read-only"])
        try:
            target = self.oakum("containers")
            writable = [finding["subject"] for finding in target["findings"] if finding["rule"] == "read-only-rootfs"]
            self.assertEqual(writable, ['container "one"'])
        finally:
            self.remove("one", "two")

    def test_a_container_that_is_not_there_is_an_error(self):
        done = subprocess.run([OAKUM, "check", "--no-config", "container:nobody"], capture_output=True, env=self.environment,
                              timeout=60, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b'no container "nobody"', done.stderr + done.stdout)


class DockerLive(Live, unittest.TestCase):
    name = "docker"

    @classmethod
    def start_engine(cls):
        docker = cls.state.enter(peers.dockerd(cls.state))
        cls.engine = staticmethod(docker)
        cls.socket = docker.host.removeprefix("unix://")
        cls.environment = os.environ | {"DOCKER_HOST": docker.host, "CONTAINER_HOST": "unix:///nowhere/podman.sock"}


class PodmanLive(Live, unittest.TestCase):
    name = "podman"

    @classmethod
    def start_engine(cls):
        podman = cls.state.enter(peers.podman(cls.state))
        host = cls.state.enter(podman.serve())
        cls.engine = staticmethod(podman)
        cls.socket = host.removeprefix("unix://")
        cls.environment = os.environ | {"DOCKER_HOST": "unix:///nowhere/docker.sock", "CONTAINER_HOST": host}


if __name__ == "__main__":
    unittest.main()
