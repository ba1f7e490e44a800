"""`oakum fix --to pss-restricted`: manifests that break each control of the Pod Security Standards keep none of them
afterwards, or are told what stops it. And over the corpus of manifests: what was fixed is still what Kubernetes' own
client takes.
"""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

OAKUM = os.path.abspath(os.environ.get("OAKUM", "build/dev/oakum"))
CORPUS = pathlib.Path(__file__).resolve().parent.parent / "corpus" / "check" / "kubernetes"
BARE = ["--no-config", "--no-base-images"]


def run(*arguments, cwd):
    environment = {"PATH": os.environ["PATH"], "HOME": cwd, "LC_ALL": "C.UTF-8", "DOCKER_HOST": "unix:///nowhere"}
    return subprocess.run([OAKUM, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False)


def pod(spec="", container="", metadata="", image="registry.example.org/shop/web:1.4"):
    return (f"apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n{metadata}spec:\n{spec}  containers:\n"
            f"    - name: app\n      image: {image}\n{container}")


def context(*lines):
    return "      securityContext:\n" + "".join(f"        {line}\n" for line in lines)


def pod_context(*lines):
    return "  securityContext:\n" + "".join(f"    {line}\n" for line in lines)


# What breaks the standard, each control by itself and the levels on which it can be said.
REACHED = {
    "nothing is said": pod(),
    "root by number": pod(container=context("runAsUser: 0")),
    "root for the whole pod": pod(pod_context("runAsUser: 0", "runAsNonRoot: false")),
    "root for the pod, overridden by its container": pod(pod_context("runAsNonRoot: false"),
                                                         context("runAsNonRoot: true", "runAsUser: 10001")),
    "privileged": pod(container=context("privileged: true", "# keep", "readOnlyRootFilesystem: true")),
    "escalation": pod(container=context("allowPrivilegeEscalation: true")),
    "capabilities": pod(container=context("capabilities:", "  add:", "    - NET_ADMIN", "    - SYS_TIME", "    - NET_BIND_SERVICE")),
    "capabilities in lower case": pod(container=context("capabilities: {drop: [all]}")),
    "seccomp of the pod": pod(pod_context("seccompProfile:", "  type: Unconfined")),
    "seccomp of the container": pod(pod_context("seccompProfile: {type: RuntimeDefault}"), context("seccompProfile: {type: Unconfined}")),
    "host namespaces": pod("  hostPID: true\n  hostIPC: true\n  hostNetwork: true\n"),
    "host ports": pod(container="      ports:\n        - containerPort: 8080\n          hostPort: 80\n"),
    "sysctls": pod(pod_context("sysctls:", "  - name: kernel.msgmax", '    value: "65536"', "  - name: net.core.somaxconn", '    value: "1024"')),
    "procMount": pod(container=context("procMount: Unmasked")),
    "SELinux": pod(pod_context("seLinuxOptions:", "  type: spc_t", "  level: s0:c1,c2"), context("seLinuxOptions: {user: system_u, role: system_r}")),
    "AppArmor": pod(pod_context("appArmorProfile:", "  type: Unconfined"),
                    metadata="  annotations:\n    container.apparmor.security.beta.kubernetes.io/app: unconfined\n"),
    "probes of other hosts": pod(container="      livenessProbe:\n        tcpSocket: {port: 80, host: 10.0.0.1}\n"),
    "the host's own files": pod("  volumes:\n    - name: proc\n      hostPath:\n        path: /proc\n",
                                "      volumeMounts:\n        - name: proc\n          mountPath: /host/proc\n"),
    "init, sidecar and ephemeral containers": pod(
        "  initContainers:\n    - name: set\n      image: registry.example.org/init:1\n"
        "      securityContext: {privileged: true, runAsUser: 0}\n"
        "    - {name: side, image: registry.example.org/side:1, restartPolicy: Always}\n"
        "  ephemeralContainers:\n    - name: debug\n      image: registry.example.org/debug:1\n"
        "      securityContext:\n        capabilities:\n          add: [SYS_PTRACE]\n"),
    "a Windows host process": pod("  os:\n    name: windows\n  hostNetwork: true\n" + pod_context("windowsOptions:", "  hostProcess: true", "  runAsUserName: ContainerUser")),
    "a Windows pod needs nothing that Linux has": pod("  os: {name: windows}\n"),
    "a list, a template, line ends of Windows": (
        "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: batch/v1\n    kind: CronJob\n    metadata: {name: a}\n    spec:\n"
        "      schedule: '0 1 * * *'\n      jobTemplate:\n        spec:\n          template:\n            spec:\n"
        "              restartPolicy: Never\n              hostPID: true\n"
        "              containers: [{name: a, image: \"registry.example.org/a:1\"}]\n").replace("\n", "\r\n"),
    "JSON": '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "j"}, "spec": {"hostIPC": true,\n'
            ' "containers": [{"name": "c", "image": "registry.example.org/c:1", "securityContext": {"privileged": true}}]}}\n',
    "a database whose image can be started as its own user": pod(image="postgres:16"),
}

# What nobody but its author can put right, and a part of what is said then.
STOPPED = {
    "an image that has to start as root": (pod(image="nginx:1.27"), "starts as root and steps down by itself"),
    "data on the host": (pod("  volumes:\n    - name: data\n      hostPath: {path: /srv/shop}\n",
                             "      volumeMounts: [{name: data, mountPath: /data}]\n"), "persistentVolumeClaim"),
    "the engine's socket": (pod("  volumes:\n    - {name: s, hostPath: {path: /var/run/docker.sock}}\n",
                                "      volumeMounts: [{name: s, mountPath: /var/run/docker.sock}]\n"), "service account of its own"),
    "a volume of another type": (pod("  volumes:\n    - name: share\n      nfs: {server: files, path: /x}\n"), "persistentVolumeClaim, csi"),
    "a securityContext that two share": (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n"
        "    - {name: a, image: \"registry.example.org/a:1\", securityContext: &c {privileged: true}}\n"
        "    - {name: b, image: \"registry.example.org/b:1\", securityContext: *c}\n", "&c"),
}


class Restricted(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.home = tempfile.TemporaryDirectory()
        self.addCleanup(self.home.cleanup)

    def fix(self, text):
        path = pathlib.Path(self.home.name) / "pod.yaml"
        path.write_bytes(text.encode())
        done = run("fix", *BARE, "--to", "pss-restricted", "pod.yaml", cwd=self.home.name)
        self.assertEqual(done.returncode, 0, done.stderr)
        return path.read_bytes().decode(), " ".join((done.stdout + done.stderr).split())

    def left(self):
        done = run("check", *BARE, "--profile", "pss-restricted", "--format", "json", "pod.yaml", cwd=self.home.name)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return [(finding["rule"], finding["message"]) for target in json.loads(done.stdout)["targets"] for finding in target["findings"]]

    def test_is_reached(self):
        for title, text in REACHED.items():
            with self.subTest(title):
                after, said = self.fix(text)
                self.assertEqual(self.left(), [], after)
                self.assertIn("pss-restricted is reached", said)
                self.assertEqual(self.fix(after)[0], after, "fixing again changes it again")
                if "\r\n" in text:
                    self.assertEqual(after.count("\n"), after.count("\r\n"))

    def test_what_stops_it_is_said(self):
        for title, (text, reason) in STOPPED.items():
            with self.subTest(title):
                after, said = self.fix(text)
                left = self.left()
                self.assertNotEqual(left, [])
                self.assertIn(reason, said)
                self.assertIn(f"pss-restricted is not reached: {len(left)} left", said)

    def test_what_has_no_part_in_it_stays(self):
        text = REACHED["privileged"]
        after, _ = self.fix(text)
        kept = [line for line in text.splitlines() if "privileged" not in line]
        self.assertEqual([line for line in after.splitlines() if line in kept], kept)


def leaves(value, path=""):
    if isinstance(value, dict):
        return {leaf for key, inner in value.items() for leaf in leaves(inner, f"{path}.{key}")} or {path}
    if isinstance(value, list):
        return {leaf for i, inner in enumerate(value) for leaf in leaves(inner, f"{path}[{i}]")} or {path}
    return {path}


def name_of(thing):
    return thing["kind"], thing["metadata"].get("name")


def objects_in(text):
    """Documents of JSON, one after another; the items of lists."""
    decoder, found, at = json.JSONDecoder(), [], 0
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        value, at = decoder.raw_decode(text, at)
        found += value["items"] if value.get("kind") == "List" else [value]
    return found


@unittest.skipUnless(shutil.which("kubectl"), "kubectl is not here")
class Client(unittest.TestCase):
    """kubectl reads the fixed corpus: as any object, and as the types that its version knows, where no field is lost."""
    maxDiff = None
    POD_KINDS = {"Pod", "Deployment", "DaemonSet", "StatefulSet", "ReplicaSet", "Job", "CronJob"}

    def kubectl(self, *arguments, stdin=None):
        environment = {"PATH": os.environ["PATH"], "HOME": self.home.name, "KUBECONFIG": "/nowhere"}
        return subprocess.run(["kubectl", *arguments], env=environment, input=stdin, capture_output=True, text=True, timeout=60, check=False)

    def setUp(self):
        self.home = tempfile.TemporaryDirectory()
        self.addCleanup(self.home.cleanup)

    def read(self, path):
        done = self.kubectl("annotate", "--local", "-f", str(path), "-o", "json", "oakum.example/read=1")
        return objects_in(done.stdout) if done.returncode == 0 else None

    def lost_fields(self, thing):
        """None: it has values that no such object can have. "set image" makes it one: what that does not have is dropped."""
        done = self.kubectl("set", "image", "--local", "-f", "-", "-o", "json", "*=x", stdin=json.dumps(thing))
        return leaves(thing) - leaves(json.loads(done.stdout)) if done.returncode == 0 else None

    def test_fixed_manifests_are_what_it_takes(self):
        read, typed = 0, 0
        for source in sorted(CORPUS.iterdir()):
            if source.suffix not in (".yaml", ".json"):
                continue
            path = pathlib.Path(self.home.name) / source.name
            shutil.copy(source, path)
            before = self.read(path)
            done = run("fix", *BARE, "--unsafe", path.name, cwd=self.home.name)
            if before is None:  # broken, or no objects
                continue
            with self.subTest(source.name):
                self.assertIn(done.returncode, (0, 2), done.stderr)
                after = self.read(path)
                self.assertIsNotNone(after, "kubectl does not read it any more")
                names = [name_of(thing) for thing in before]
                # Policies come in beside what they select; nothing else may come, go or move.
                after = [thing for thing in after if thing["kind"] != "NetworkPolicy" or name_of(thing) in names]
                self.assertEqual([name_of(thing) for thing in after], names)
                read += 1
                for old, new in zip(before, after):
                    if new["kind"] not in self.POD_KINDS or new["apiVersion"] not in ("v1", "apps/v1", "batch/v1"):
                        continue
                    had = self.lost_fields(old) if old["apiVersion"] == new["apiVersion"] else set()
                    if had is None:
                        continue
                    lost = self.lost_fields(new)
                    self.assertIsNotNone(lost, "kubectl does not take its values any more")
                    self.assertEqual(lost - had, set(), f"fields that {new['kind']} does not have")
                    typed += 1
        self.assertGreater(read, 30)
        self.assertGreater(typed, 20)


if __name__ == "__main__":
    unittest.main()
