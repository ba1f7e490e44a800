#!/usr/bin/env python3
"""Checks of many files, and the start-up of one, against reading and hashing the same files in the same minute.

Usage: bench/check_bench.py OAKUM [--files N] [--runs N]

The floor is `sha256sum` of the same files, which no reader can be faster than by much. Runs alternate; figures are medians.
Files are made from a fixed seed in a temporary directory: about 1.2 KB each, of the shapes that people write, half of
them with findings.

Measured is what `oakum check` prints for people, of each kind of file and of all together; the last row is the JSON
report of all, for which every finding's edits are worked out too.

Exits 1 when a target is missed: 10,000 files a second of all kinds together, memory below 100 MB, start-up below 5 ms of
CPU.
"""
import argparse
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

FILES_A_SECOND, START_CPU, MEMORY = 10_000, 0.005, 100e6


def dockerfile(rnd, number):
    user = rnd.choice(["USER 1000:1000\n", "", "USER app\n"])
    pin = rnd.choice(["=1.2.3-1", ""])
    return (f"# syntax=docker/dockerfile:1\nARG VERSION={rnd.randrange(12, 22)}\nFROM golang:1.{rnd.randrange(18, 24)} AS build\n"
            f"WORKDIR /src\nCOPY go.mod go.sum ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\n"
            f"COPY . .\nRUN CGO_ENABLED=0 go build -trimpath -o /out/app{number} ./cmd/app\n\n"
            f"FROM debian:bookworm-slim\nLABEL org.opencontainers.image.title=\"app {number}\" \\\n"
            f"      org.opencontainers.image.version=\"{number}.0.1\"\nENV APP_ENV=production \\\n    APP_PORT={8000 + number % 99}\n"
            f"RUN apt-get update \\\n && apt-get install -y --no-install-recommends ca-certificates{pin} tzdata{pin} curl{pin} \\\n"
            f" && rm -rf /var/lib/apt/lists/*\nRUN useradd --system --uid 1000 app \\\n && mkdir -p /data \\\n"
            f" && chown app /data\nCOPY --from=build --chown=1000:1000 /out/app{number} /usr/local/bin/app\n{user}"
            f"EXPOSE {8000 + number % 99}\nHEALTHCHECK --interval=30s CMD [\"/usr/local/bin/app\", \"health\"]\n"
            f"ENTRYPOINT [\"/usr/local/bin/app\"]\nCMD [\"serve\", \"--config\", \"/etc/app/config.yaml\"]\n")


def compose(rnd, number):
    hardened = ("    read_only: true\n    cap_drop: [ALL]\n    security_opt: [no-new-privileges:true]\n    pids_limit: 200\n"
                if rnd.random() < 0.5 else "")
    return (f"name: shop{number}\nservices:\n  web:\n    image: registry.example.org/shop/web:{number}.1\n    restart: on-failure:5\n"
            f"{hardened}    ports:\n      - \"127.0.0.1:{8000 + number % 999}:8080\"\n    environment:\n      APP_ENV: production\n"
            f"      DATABASE_HOST: db\n      LOG_LEVEL: ${{LOG_LEVEL:-info}}\n    depends_on:\n      db:\n        condition: service_healthy\n"
            f"    networks: [front, back]\n    deploy:\n      resources:\n        limits: {{cpus: \"0.5\", memory: 256M}}\n"
            f"  db:\n    image: postgres:16.{rnd.randrange(9)}\n    user: \"999\"\n    volumes:\n      - data:/var/lib/postgresql/data\n"
            f"    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/db\n    secrets: [db]\n    healthcheck:\n"
            f"      test: [\"CMD-SHELL\", \"pg_isready -U postgres\"]\n      interval: 10s\n      retries: 5\n    networks: [back]\n"
            f"    mem_limit: 512m\n    cpus: 1\nnetworks:\n  front: {{}}\n  back:\n    internal: true\nvolumes:\n  data: {{}}\n"
            f"secrets:\n  db:\n    file: ./db-{number}.txt\n")


def manifest(rnd, number):
    context = ("        securityContext:\n          allowPrivilegeEscalation: false\n          readOnlyRootFilesystem: true\n"
               "          capabilities: {drop: [ALL]}\n" if rnd.random() < 0.5 else "")
    return (f"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app{number}\n  namespace: shop\n  labels: {{app: app{number}}}\n"
            f"spec:\n  replicas: 3\n  selector:\n    matchLabels: {{app: app{number}}}\n  template:\n    metadata:\n"
            f"      labels: {{app: app{number}}}\n    spec:\n      automountServiceAccountToken: false\n      securityContext:\n"
            f"        runAsNonRoot: true\n        runAsUser: 10001\n        seccompProfile: {{type: RuntimeDefault}}\n      containers:\n"
            f"      - name: app\n        image: registry.example.org/shop/app:{number}.2\n{context}        ports:\n"
            f"        - containerPort: 8080\n        env:\n        - name: APP_ENV\n          value: production\n        resources:\n"
            f"          requests: {{cpu: 100m, memory: 128Mi}}\n          limits: {{cpu: 500m, memory: 256Mi}}\n        livenessProbe:\n"
            f"          httpGet: {{path: /healthz, port: 8080}}\n        readinessProbe:\n          httpGet: {{path: /ready, port: 8080}}\n"
            f"        volumeMounts:\n        - {{name: tmp, mountPath: /tmp}}\n      volumes:\n      - name: tmp\n        emptyDir: {{}}\n"
            f"---\napiVersion: v1\nkind: Service\nmetadata:\n  name: app{number}\n  namespace: shop\nspec:\n"
            f"  selector: {{app: app{number}}}\n  ports:\n  - port: 80\n    targetPort: 8080\n")


KINDS = {"Dockerfiles": (dockerfile, "d{}.Dockerfile"), "Compose files": (compose, "c{}/compose.yaml"),
         "Kubernetes files": (manifest, "k{}.yaml")}


def make(directory, kind, count):
    rnd = random.Random(20260721)
    write, name = KINDS[kind]
    for number in range(count):
        path = directory / name.format(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write(rnd, number), encoding="utf-8")
    return sorted(str(path) for path in directory.rglob("*") if path.is_file())


def run(argv, statuses):
    """(seconds, CPU seconds, peak bytes) of one run."""
    start = time.monotonic()
    process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in statuses:
        sys.exit(f"{argv[0]} {argv[1]}: exit status {process.returncode}: {errors.decode(errors='replace')[-500:]}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def medians(rows):
    return [statistics.median(column) for column in zip(*rows)]


def measure(oakum, directory, files, runs, form="terminal"):
    check = [oakum, "check", "--no-config", "--no-base-images", "--no-shellcheck", "-f", form, str(directory)]
    ours, floor = [], []
    for _ in range(runs):
        floor.append(run(["sha256sum", *files], (0,)))
        ours.append(run(check, (0, 1)))
    return medians(ours), medians(floor)


def row(title, files, ours, floor):
    (seconds, cpu, peak), floor_seconds = ours, floor[0]
    print(f"| {title} | {len(files)} | {floor_seconds * 1e3:.1f} | {seconds * 1e3:.1f} | {seconds / floor_seconds:.2f} "
          f"| {len(files) / seconds:,.0f} | {cpu * 1e3:.1f} | {peak / 1e6:.0f} |", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("oakum")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    print(f"| files | n | floor ms | ms | ratio | files a second | CPU ms | peak MB |\n| --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory(prefix="oakum-bench-") as root:
        everything, all_files = pathlib.Path(root) / "all", []
        for kind in KINDS:
            directory = everything / kind.split()[0]
            files = make(directory, kind, arguments.files)
            all_files += files
            row(kind, files, *measure(arguments.oakum, directory, files, arguments.runs))
        ours, floor = measure(arguments.oakum, everything, all_files, arguments.runs)
        row("all together", all_files, ours, floor)
        missed = len(all_files) / ours[0] < FILES_A_SECOND or ours[2] > MEMORY
        row("all together, JSON with edits", all_files,
            *measure(arguments.oakum, everything, all_files, max(1, arguments.runs // 3), "json"))
        small = pathlib.Path(root) / "one.Dockerfile"
        small.write_text(dockerfile(random.Random(1), 1), encoding="utf-8")
        check = [arguments.oakum, "check", "--no-shellcheck", str(small)]
        ours, floor = [], []
        for _ in range(arguments.runs * 3):
            floor.append(run(["sha256sum", str(small)], (0,)))
            ours.append(run(check, (0, 1)))
        (seconds, cpu, peak), (floor_seconds, floor_cpu, _) = medians(ours), medians(floor)
        missed = missed or cpu > START_CPU
        print(f"| one Dockerfile, start-up | 1 | {floor_seconds * 1e3:.1f} | {seconds * 1e3:.1f} | {seconds / floor_seconds:.2f} "
              f"| – | {cpu * 1e3:.1f} (sha256sum {floor_cpu * 1e3:.1f}) | {peak / 1e6:.0f} |")
    print(f"targets: {FILES_A_SECOND:,} files a second, {START_CPU * 1e3:.0f} ms of CPU at start-up, {MEMORY / 1e6:.0f} MB")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
