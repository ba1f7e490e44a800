"""Real peers for the end-to-end tests: registries, Docker and Podman, each with private state and sure clean-up.

Everything runs on loopback, in a network namespace of its own or on unix sockets, and lives below one temporary directory.
A peer that is not installed, or cannot run here, skips the test with the reason. Processes are ended by their own pid only.
What a killed run has left is removed by the next one: its daemons end with it, and its lock tells that it is gone.

    with peers.State() as state:
        layout = peers.image_layout(state.path("layout"))
        with peers.registry(state) as registry: ...
"""
import atexit
import base64
import contextlib
import ctypes
import fcntl
import gzip
import hashlib
import http.server
import io
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

START_SECONDS = 60


def need(*programs):
    """Skips the test unless all programs are installed."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        raise unittest.SkipTest("not installed: " + ", ".join(missing))


def need_root():
    if os.geteuid() != 0:
        raise unittest.SkipTest("needs root")


def run(*argv, env=None, stdin=None, check=True):
    """Runs a program to its end; its output is in the exception when it fails."""
    done = subprocess.run([str(word) for word in argv], input=stdin, capture_output=True, env=env, timeout=600)
    if check and done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, argv))}: status {done.returncode}\n"
                           f"{done.stdout.decode(errors='replace')}{done.stderr.decode(errors='replace')}")
    return done


PREFIX = "oakum-e2e-"
ABANDONED_SECONDS = 60


class State:
    """A private directory; what was started with it is ended when the block ends, the last first."""

    def __init__(self):
        self._stack = contextlib.ExitStack()

    def __enter__(self):
        sweep()
        # Short, as a unix socket's path has 107 bytes at most.
        self.root = pathlib.Path(tempfile.mkdtemp(prefix=PREFIX, dir="/tmp"))
        self.name = self.root.name.removeprefix(PREFIX)
        lock = self._stack.enter_context(open(self.root / ".lock", "w", encoding="utf-8"))
        fcntl.flock(lock, fcntl.LOCK_EX)
        self._stack.callback(remove, self.root)
        # An interrupt passes by the clean-up of test classes.
        atexit.register(self._stack.close)
        return self

    def __exit__(self, *exception):
        self._stack.close()
        atexit.unregister(self._stack.close)

    def path(self, name):
        return self.root / name

    def enter(self, peer):
        """Starts a peer that lives as long as this state."""
        return self._stack.enter_context(peer)


def bridge_of(root):
    return "oak" + root.name.removeprefix(PREFIX)


def namespace_of(root):
    return root.name


def remove(root):
    """Removes a directory and what is called after it: namespaces, bridges and what a daemon left mounted below."""
    for command in (["ip", "netns", "del", namespace_of(root)], ["ip", "link", "del", bridge_of(root)]):
        if shutil.which("ip"):
            subprocess.run(command, capture_output=True, check=False)
    for point in mounts_below(root):
        subprocess.run(["umount", "-l", point], capture_output=True, check=False)
    shutil.rmtree(root, ignore_errors=True)


def mounts_below(root):
    """Mount points below a directory, the deepest first."""
    with open("/proc/self/mountinfo", encoding="utf-8") as mounts:
        points = [line.split()[4] for line in mounts]
    return sorted((point for point in points if point.startswith(str(root) + "/")), reverse=True)


def is_abandoned(root):
    try:
        with open(root / ".lock", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except OSError:  # no lock yet, held by its owner, or of another user
        return False


def sweep():
    """Removes what killed runs have left."""
    for root in pathlib.Path("/tmp").glob(PREFIX + "*"):
        with contextlib.suppress(OSError):
            if time.time() - root.stat().st_mtime > ABANDONED_SECONDS and is_abandoned(root):
                remove(root)


def end_by_interrupt(number, frame):
    """SIGTERM as Ctrl-C, so that every block's end is run; once, so that nothing interrupts that."""
    del frame
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


signal.signal(signal.SIGTERM, end_by_interrupt)
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def end_with_parent():
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@contextlib.contextmanager
def process(argv, log, env=None):
    """A program that runs for the length of the block; ended by SIGTERM, then SIGKILL, to its pid."""
    with open(log, "wb") as output:
        child = subprocess.Popen([str(word) for word in argv], stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=env,
                                 preexec_fn=end_with_parent)
    try:
        yield child
    finally:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                child.kill()
        child.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(ready, child, log, what):
    """Waits for `ready`; skips when the peer cannot run here, with the end of its log."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if child.poll() is not None:
            break
        if ready():
            return
        time.sleep(0.1)
    tail = pathlib.Path(log).read_text(encoding="utf-8", errors="replace")[-1500:]
    raise unittest.SkipTest(f"{what} does not run here: {tail}")


# --- images -------------------------------------------------------------------------------------------------------


def tar_bytes(files):
    """A tar of {path: text}; a path that ends in "/" is a directory, None is a whiteout of the path."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path, text in files.items():
            if text is None:
                head, _, name = path.rpartition("/")
                path, text = f"{head}/.wh.{name}" if head else f".wh.{name}", ""
            entry = tarfile.TarInfo(path.rstrip("/"))
            if path.endswith("/"):
                entry.type, entry.mode = tarfile.DIRTYPE, 0o755
                archive.addfile(entry)
                continue
            data = text.encode()
            entry.size, entry.mode = len(data), 0o644
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


OS_RELEASE = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n'


def dpkg_status(packages):
    """A dpkg status file of {name: version}."""
    return "".join(f"Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {version}\n"
                   f"Maintainer: nobody <nobody@example.org>\nDescription: {name}\n\n" for name, version in packages.items())


# Three layers: a base, a change of it, a deletion beside it.
BASE_PACKAGES = {"alpha": "1.0-1"}
ALL_PACKAGES = {"alpha": "1.0-1", "beta": "2:3.4-5+b1"}
LAYERS = [
    {"etc/": "", "etc/os-release": OS_RELEASE, "var/lib/dpkg/": "", "var/lib/dpkg/status": dpkg_status(BASE_PACKAGES), "tmp/junk": "x" * 3000},
    {"var/lib/dpkg/status": dpkg_status(ALL_PACKAGES), "opt/app": "#!/bin/sh\n"},
    {"tmp/junk": None},
]
COMMANDS = ["ADD base /", "RUN install beta", "RUN rm /tmp/junk"]


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def put_blob(layout, data, media_type):
    path = layout / "blobs/sha256" / hashlib.sha256(data).hexdigest()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return {"mediaType": media_type, "digest": digest(data), "size": len(data)}


def put_image(layout, layers=None, architecture="amd64", variant=None):
    """Writes config, layers and manifest into a layout; returns the manifest's descriptor."""
    layers = LAYERS if layers is None else layers
    tars = [tar_bytes(files) for files in layers]
    blobs = [put_blob(layout, gzip.compress(tar, mtime=0), "application/vnd.oci.image.layer.v1.tar+gzip") for tar in tars]
    history = [{"created": "2026-01-02T03:04:05Z", "created_by": command} for command in COMMANDS[:len(layers)]]
    history.insert(1, {"created": "2026-01-02T03:04:05Z", "created_by": "ENV A=b", "empty_layer": True})
    config = {"architecture": architecture, "os": "linux", "created": "2026-01-02T03:04:05Z",
              "config": {"Env": ["PATH=/bin"], "Cmd": ["/opt/app"], "User": "1000", "Labels": {"made-by": "tests"}},
              "rootfs": {"type": "layers", "diff_ids": [digest(tar) for tar in tars]}, "history": history}
    if variant:
        config["variant"] = variant
    manifest = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                "config": put_blob(layout, json.dumps(config).encode(), "application/vnd.oci.image.config.v1+json"),
                "layers": blobs}
    return put_blob(layout, json.dumps(manifest).encode(), manifest["mediaType"])


def write_index(layout, manifests):
    (layout / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')
    (layout / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": manifests}))


def image_layout(layout, layers=None, tag="1.0", architecture="amd64"):
    """An OCI layout of one image made from nothing; returns its directory."""
    layout.mkdir(parents=True)
    descriptor = put_image(layout, layers, architecture)
    write_index(layout, [descriptor | {"annotations": {"org.opencontainers.image.ref.name": tag}}])
    return layout


def archive_of(directory, path):
    with tarfile.open(path, "w") as archive:
        for entry in sorted(directory.iterdir()):
            archive.add(entry, entry.name)
    return path


def make_rootfs(directory, suite="bookworm", packages=(), mirror=None):
    """A real Debian root by mmdebstrap, from the main suite alone."""
    need("mmdebstrap")
    need_root()
    command = ["mmdebstrap", "--variant=minbase", f"--include={','.join(packages)}", suite, directory]
    done = run(*command, f"deb {mirror or 'http://deb.debian.org/debian'} {suite} main", check=False)
    if done.returncode != 0:
        raise unittest.SkipTest("mmdebstrap: " + done.stderr.decode(errors="replace")[-500:])
    return directory


def skopeo(*arguments):
    """skopeo with a policy of its own, so that the host's does not matter."""
    need("skopeo")
    return run("skopeo", "--insecure-policy", *arguments)


# --- registries ---------------------------------------------------------------------------------------------------


class TokenServer:
    """Docker's token authentication, for one user; tokens are signed by a throw-away key."""

    USER, PASSWORD, SERVICE, ISSUER = "tester", "s3cret pass", "e2e registry", "e2e issuer"

    def __init__(self, state, anonymous_pull=False):
        need("openssl")
        self.key, self.certificate = state.path("token.key"), state.path("token.crt")
        self.anonymous_pull = anonymous_pull
        self.requests = []
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", self.key, "-out", self.certificate,
            "-days", "2", "-subj", "/CN=token")
        der = run("openssl", "x509", "-in", self.certificate, "-outform", "DER").stdout
        self.chain = [base64.b64encode(der).decode()]
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.answer(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.realm = f"http://127.0.0.1:{self.server.server_address[1]}/token"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(request.path).query)
        expected = "Basic " + base64.b64encode(f"{self.USER}:{self.PASSWORD}".encode()).decode()
        given = request.headers.get("Authorization")
        scopes = query.get("scope", [])
        self.requests.append({"scopes": scopes, "authorized": given == expected})
        pull_only = all("push" not in scope for scope in scopes)
        if given != expected and not (given is None and self.anonymous_pull and pull_only):
            request.send_error(401)
            return
        body = json.dumps({"token": self.token(scopes), "expires_in": 300}).encode()
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def token(self, scopes):
        def part(data):
            return base64.urlsafe_b64encode(data).rstrip(b"=")

        access = []
        for scope in scopes:
            kind, rest = scope.split(":", 1)
            name, actions = rest.rsplit(":", 1)
            access.append({"type": kind, "name": name, "actions": actions.split(",")})
        now = int(time.time())
        claims = {"iss": self.ISSUER, "sub": self.USER, "aud": self.SERVICE, "exp": now + 300, "nbf": now - 10, "iat": now,
                  "jti": str(len(self.requests)), "access": access}
        head = part(json.dumps({"typ": "JWT", "alg": "RS256", "x5c": self.chain}).encode())
        signed = head + b"." + part(json.dumps(claims).encode())
        return (signed + b"." + part(run("openssl", "dgst", "-sha256", "-sign", self.key, stdin=signed).stdout)).decode()


def certificate(directory, name, subject, extension, ca=None):
    """NAME.pem and NAME-key.pem in a directory, signed by the certificate `ca` there or by itself."""
    signer = ["-CA", directory / f"{ca}.pem", "-CAkey", directory / f"{ca}-key.pem"] if ca else []
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", subject, "-addext", extension,
        "-keyout", directory / f"{name}-key.pem", "-out", directory / f"{name}.pem", *signer)


def certificates(state, name="certificates"):
    """A directory with a CA (ca.pem), a server of 127.0.0.1 and a client (cert.pem, key.pem as docker names them)."""
    need("openssl")
    directory = state.path(name)
    directory.mkdir()
    certificate(directory, "ca", "/CN=e2e CA", "keyUsage=critical,keyCertSign,cRLSign")
    certificate(directory, "server", "/CN=server", "subjectAltName=IP:127.0.0.1,DNS:localhost", "ca")
    certificate(directory, "cert", "/CN=client", "extendedKeyUsage=clientAuth", "ca")
    (directory / "cert-key.pem").rename(directory / "key.pem")
    return directory


class Registry(str):
    """HOST:PORT of a registry, with the directory of its data."""

    data = None

    def blob(self, digest):
        """The file in which it keeps a blob."""
        text = digest.removeprefix("sha256:")
        return self.data / "docker/registry/v2/blobs/sha256" / text[:2] / text / "data"


def registry_config(state, name, address, parts):
    text = (f"version: 0.1\nlog:\n  level: error\nstorage:\n  delete:\n    enabled: true\n  filesystem:\n"
            f"    rootdirectory: {state.path(name)}\nhttp:\n  addr: {address}\n")
    path = state.path(name + ".yml")
    path.write_text(text + parts)
    return path


ANSWERS = """
import ssl, sys, urllib.error, urllib.request
try:
    urllib.request.urlopen(sys.argv[1], timeout=5, context=ssl._create_unverified_context()).close()
except urllib.error.HTTPError:
    pass
"""


def answers(url, inside=()):
    """Whether a server answers, whatever it says; asked from within a namespace if `inside` is its command."""
    return subprocess.run([*inside, sys.executable, "-c", ANSWERS, url], capture_output=True, check=False).returncode == 0


@contextlib.contextmanager
def registry(state, name="registry", htpasswd=None, token=None, tls=None, network=None):
    """docker-registry, on loopback or in a Network. Gives its Registry.

    `htpasswd` is (user, password), `token` a TokenServer, `tls` a directory of certificates(); else it speaks plain HTTP.
    """
    need("docker-registry")
    parts = ""
    if tls:
        parts += f"  tls:\n    certificate: {tls / 'server.pem'}\n    key: {tls / 'server-key.pem'}\n"
    if htpasswd:
        need("htpasswd")
        path = state.path(name + ".htpasswd")
        path.write_bytes(run("htpasswd", "-nbB", *htpasswd).stdout)
        parts += f"auth:\n  htpasswd:\n    realm: e2e\n    path: {path}\n"
    if token:
        parts += (f"auth:\n  token:\n    realm: {token.realm}\n    service: {token.SERVICE}\n    issuer: {token.ISSUER}\n"
                  f"    rootcertbundle: {token.certificate}\n")
    address = f"{network.address}:5000" if network else f"127.0.0.1:{free_port()}"
    inside = network.inside if network else []
    log = state.path(name + ".log")
    with process([*inside, "docker-registry", "serve", registry_config(state, name, address, parts)], log) as child:
        url = f"{'https' if tls else 'http'}://{address}/v2/"
        wait_until(lambda: answers(url, inside), child, log, "docker-registry")
        found = Registry(address)
        found.data = state.path(name)
        yield found


class Network:
    """A network namespace with one address that is not of loopback; `inside` is the command that runs programs in it."""

    address = "10.77.0.1"

    def __init__(self, name):
        self.inside = ["ip", "netns", "exec", name]


@contextlib.contextmanager
def network(state):
    need("ip")
    need_root()
    name = namespace_of(state.root)
    made = run("ip", "netns", "add", name, check=False)
    if made.returncode != 0:
        raise unittest.SkipTest("no network namespaces here: " + made.stderr.decode(errors="replace"))
    try:
        found = Network(name)
        run(*found.inside, "ip", "link", "set", "lo", "up")
        run(*found.inside, "ip", "addr", "add", found.address + "/24", "dev", "lo")  # dummy devices are not in all kernels
        yield found
    finally:
        subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)


NAMESERVER = """
import socket, struct, sys
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((sys.argv[1], 53))
address = socket.inet_aton(sys.argv[1])
print("ready", flush=True)
while True:
    query, client = server.recvfrom(512)
    end = query.index(b"\\0", 12) + 5
    known = query[12:end - 4].endswith(b"\\7example\\0")
    wanted = known and query[end - 4:end - 2] == b"\\0\\1"
    flags = 0x8180 if known else 0x8183
    answer = struct.pack(">HHHHHH", struct.unpack(">H", query[:2])[0], flags, 1, int(wanted), 0, 0) + query[12:end]
    if wanted:
        answer += b"\\xc0\\x0c" + struct.pack(">HHIH", 1, 1, 0, 4) + address
    server.sendto(answer, client)
"""


@contextlib.contextmanager
def nameserver(state, network):
    """DNS in a Network for every name below "example"; gives the command in which it is the resolver that programs use."""
    need("unshare", "mount")
    log, configuration = state.path("dns.log"), state.path("resolv.conf")
    configuration.write_text(f"nameserver {network.address}\n")
    with process([*network.inside, sys.executable, "-c", NAMESERVER, network.address], log) as child:
        wait_until(lambda: log.read_text(encoding="utf-8") == "ready\n", child, log, "a name server")
        # /etc/resolv.conf may be a link; what it leads to is covered, in a mount namespace of the program alone.
        cover = 'mount --bind "$0" "$(readlink -f /etc/resolv.conf)" && exec "$@"'
        yield [*network.inside, "unshare", "--mount", "sh", "-c", cover, configuration]


class FlakyProxy:
    """Stands before a registry: answers `busy` requests with 429, and cuts the first `cuts` big blobs short.

    With `redirect`, blobs are elsewhere: below that URL.
    """

    BIG = 1 << 20
    RETRY_AFTER = 1

    def __init__(self, upstream, busy=0, cuts=0, redirect=None):
        self.upstream, self.busy, self.cuts, self.redirect = upstream, busy, cuts, redirect
        self.requests = []  # (path, Range header or None, status, bytes sent)
        self.lock = threading.Lock()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer.answer(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.server.shutdown()
        self.server.server_close()

    def take(self, what):
        """Whether one more of `busy` or `cuts` is to be had."""
        with self.lock:
            left = getattr(self, what)
            setattr(self, what, max(0, left - 1))
            return left > 0

    def answer(self, request):
        ranged = request.headers.get("Range")
        if "/manifests/" in request.path and self.take("busy"):
            self.requests.append((request.path, ranged, 429, 0))
            request.send_response(429)
            request.send_header("Retry-After", str(self.RETRY_AFTER))
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        if self.redirect and "/blobs/" in request.path:
            self.requests.append((request.path, ranged, 307, 0))
            request.send_response(307)
            request.send_header("Location", self.redirect + request.path)
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        asked = {key: value for key, value in request.headers.items() if key in ("Range", "Accept")}
        try:
            upstream = urllib.request.urlopen(urllib.request.Request(f"http://{self.upstream}{request.path}", headers=asked), timeout=30)
        except urllib.error.HTTPError as error:
            upstream = error
        with upstream:
            body = upstream.read()
            sent = body
            if len(body) > self.BIG and self.take("cuts"):
                sent = body[:len(body) // 3]
            self.requests.append((request.path, ranged, upstream.status, len(sent)))
            request.send_response(upstream.status)
            for key in ("Content-Type", "Content-Range", "Docker-Content-Digest", "Docker-Distribution-Api-Version"):
                if key in upstream.headers:
                    request.send_header(key, upstream.headers[key])
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(sent)
            request.close_connection = len(sent) != len(body)


# --- engines ------------------------------------------------------------------------------------------------------


class Docker:
    """A dockerd of its own, and the client for it."""

    def __init__(self, host, data_root, driver):
        self.host, self.data_root, self.driver, self.tcp = host, data_root, driver, None

    def __call__(self, *arguments, **options):
        return run("docker", "-H", self.host, *arguments, **options)


@contextlib.contextmanager
def bridge(state):
    name = bridge_of(state.root)
    run("ip", "link", "add", name, "type", "bridge")
    try:
        run("ip", "addr", "add", "172.31.250.1/24", "dev", name)
        run("ip", "link", "set", name, "up")
        yield name
    finally:
        subprocess.run(["ip", "link", "del", name], capture_output=True, check=False)


def docker_answers(host):
    return subprocess.run(["docker", "-H", host, "version"], capture_output=True, check=False).returncode == 0


@contextlib.contextmanager
def dockerd(state, name="docker", driver="overlay2", certificates=None):
    """A Docker daemon with private roots, socket and bridge; with certificates, on a TCP port too (`tcp`)."""
    need("dockerd", "docker", "containerd", "ip")
    need_root()
    root = state.path(name)
    root.mkdir()
    host = f"unix://{root}/d.sock"
    (root / "daemon.json").write_text("{}")
    with bridge(state) as bridge_name:
        argv = ["dockerd", "--config-file", root / "daemon.json", "--data-root", root / "data", "--exec-root", root / "exec",
                "--pidfile", root / "pid", "--host", host, "--bridge", bridge_name, "--iptables=false", "--ip6tables=false",
                "--ip-masq=false", "--storage-driver", driver, "--log-level", "warn"]
        docker = Docker(host, root / "data", driver)
        if certificates:
            docker.tcp = f"tcp://127.0.0.1:{free_port()}"
            argv += ["--host", docker.tcp, "--tlsverify", "--tlscacert", certificates / "ca.pem", "--tlscert",
                     certificates / "server.pem", "--tlskey", certificates / "server-key.pem"]
        with process(argv, root / "log") as child:
            wait_until(lambda: docker_answers(host), child, root / "log", "dockerd")
            yield docker


TRIAL_LABEL = "label=oakum.trial"


def made_by_trials(docker):
    """What there is in an engine that carries the label of a trial, by kind."""
    lists = (["ps", "-a"], ["network", "ls"], ["volume", "ls"], ["image", "ls", "-a"])
    made = {" ".join(words): docker(*words, "-q", "--filter", TRIAL_LABEL).stdout.decode().split() for words in lists}
    return {kind: names for kind, names in made.items() if names}


class Podman:
    """podman with storage of its own, and its service's socket once serve() was entered."""

    def __init__(self, state, name, driver):
        self.root = state.path(name)
        self.graph_root = self.root / "s"
        self.socket = self.root / "p.sock"
        self.base = ["podman", "--root", self.graph_root, "--runroot", self.root / "r", "--storage-driver", driver,
                     "--runtime", "runc", "--cgroup-manager", "cgroupfs", "--events-backend", "file", "--tmpdir", self.root / "t"]

    def __call__(self, *arguments, **options):
        return run(*self.base, *arguments, **options)

    @contextlib.contextmanager
    def serve(self):
        log = self.root / "log"
        argv = [*self.base, "system", "service", "--time=0", f"unix://{self.socket}"]
        with process(argv, log) as child:
            wait_until(self.socket.exists, child, log, "podman system service")
            yield f"unix://{self.socket}"


@contextlib.contextmanager
def podman(state, name="podman", driver="overlay"):
    need("podman", "runc")
    need_root()
    state.path(name).mkdir()
    yield Podman(state, name, driver)
