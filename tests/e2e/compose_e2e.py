"""Compose projects against docker-compose: what both make of files, overrides, extends and variables is the same.

docker-compose 1.29 (Debian's) knows neither include nor !reset nor ${A:+b}; those are in the unit tests.
"""
import json
import os
import pathlib
import subprocess
import unittest

import peers

BASE = """
x-common: &common
  read_only: true
  environment: {FROM_ANCHOR: "1"}
services:
  web:
    <<: *common
    image: "nginx:${TAG:-1.27}"
    user: "${NOTHING-}${WHO}"
    command: echo $$HOME ${QUIET:-${WHO}}
    environment: {A: "1", B: "x ${WHO}", HOST_ONLY: , QUOTED: "${DOUBLE}|${SINGLE}|${PLAIN}", EMPTY: "${NO_VALUE-}"}
    ports: ["80:80", "127.0.0.1:5353:53/udp", "9000"]
    volumes: ["/srv/d:/d:ro", "data:/v"]
    cap_add: [NET_RAW, CHOWN]
    dns: 1.1.1.1
    networks: [front]
    labels: [l=1]
    tmpfs: /t
    security_opt: ["label:disable"]
    ulimits: {nofile: 5}
    logging: {driver: json-file, options: {max-size: 10m}}
    healthcheck: {test: curl x, interval: 5s}
    depends_on: [db]
    pid: host
    mem_limit: 512m
  db:
    image: pg
    extends: {service: base}
    environment: [P=2]
  base: {image: x, cap_drop: [ALL], user: root, environment: [P=1, Q=1]}
volumes: {data: }
networks: {front: }
"""
OVERRIDE = """
services:
  web:
    command: ["a", "b"]
    environment: [B=2, C=3]
    ports: ["80:80", "81:81"]
    volumes: ["/srv/e:/d", "more:/w"]
    cap_add: [CHOWN, SYS_TIME]
    dns: [8.8.8.8]
    networks: {back: {aliases: [q]}}
    labels: {l: "2", k: "3"}
    tmpfs: [/u]
    security_opt: [no-new-privileges]
    ulimits: {nofile: {soft: 1, hard: 2}, nproc: 7}
    logging: {options: {max-file: "2"}}
    healthcheck: {test: [CMD, y]}
    depends_on: [base]
    mem_limit: 1g
volumes: {more: }
networks: {back: {internal: true}}
"""
DOTENV = "WHO=someone\nDOUBLE=\"a b # c\"\nSINGLE='s d'\nPLAIN=p # note\nTAG=1.28\n"


def port_of(text):
    """docker-compose prints [HOST:[PUBLISHED]:]TARGET[/PROTOCOL], or a mapping, with TCP left out."""
    if isinstance(text, dict):
        return ("", int(text.get("published", 0)), int(text["target"]), text.get("protocol", "tcp"))
    address, _, protocol = str(text).partition("/")
    parts = address.split(":")
    return (":".join(parts[:-2]), int(parts[-2] or 0) if len(parts) > 1 else 0, int(parts[-1]), protocol or "tcp")


def mount_of(text):
    source, target, mode = text.split(":")
    return (source, target, mode == "ro")


class Compose(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        peers.need("docker-compose")
        cls.yaml = __import__("yaml")  # docker-compose needs it: where that is, this is
        cls.state = peers.State().__enter__()
        cls.addClassCleanup(cls.state.__exit__)
        directory = pathlib.Path(cls.state.path("project"))
        directory.mkdir()
        # 1.29 wants a version for the newer keys; oakum reads it and needs none.
        (directory / "compose.yaml").write_text('version: "2.4"\n' + BASE)
        (directory / "compose.override.yaml").write_text('version: "2.4"\n' + OVERRIDE)
        (directory / ".env").write_text(DOTENV)
        shown = peers.run("docker-compose", "-f", directory / "compose.yaml", "-f", directory / "compose.override.yaml",
                          "--env-file", directory / ".env", "config").stdout
        cls.theirs = cls.yaml.safe_load(shown)["services"]
        done = subprocess.run([os.environ["OAKUM"], "plumbing", "workload", str(directory)], capture_output=True, check=False)
        cls.document = json.loads(done.stdout)
        cls.ours = {workload["name"]: workload["fields"] for workload in cls.document["workloads"]}

    def value(self, service, field):
        return self.ours[service][field]["value"]

    def items(self, service, field):
        return [item["value"] for item in self.ours[service][field]["items"]]

    def test_both_read_it_without_errors(self):
        self.assertEqual(self.document["errors"], [])
        self.assertEqual(set(self.ours), set(self.theirs))

    def test_images_users_and_commands(self):
        for name, service in self.theirs.items():
            self.assertEqual(self.value(name, "image")["text"], service["image"])
        self.assertEqual(self.value("web", "user"), self.theirs["web"]["user"])
        self.assertEqual(self.value("db", "user"), self.theirs["db"]["user"])
        self.assertEqual(self.value("web", "command")["arguments"], self.theirs["web"]["command"])
        self.assertEqual(self.value("web", "read_only"), self.theirs["web"]["read_only"])
        self.assertEqual(self.value("web", "pid_mode"), self.theirs["web"]["pid"])

    def test_environment(self):
        for name in ("web", "db"):
            ours = {item["name"]: item["value"] for item in self.items(name, "environment")}
            self.assertEqual(ours, {key: value if value is None else str(value)
                                    for key, value in self.theirs[name]["environment"].items()})

    def test_ports_and_mounts(self):
        ours = sorted((item["host_ip"], item["host_first"], item["container_first"], item["protocol"])
                      for item in self.items("web", "ports"))
        self.assertEqual(ours, sorted(map(port_of, self.theirs["web"]["ports"])))
        mounts = self.items("web", "mounts")
        self.assertEqual(sorted((item["source"], item["target"], bool(item["read_only"])) for item in mounts if item["kind"] != "tmpfs"),
                         sorted(map(mount_of, self.theirs["web"]["volumes"])))
        self.assertEqual([item["target"] for item in mounts if item["kind"] == "tmpfs"], self.theirs["web"]["tmpfs"])

    def test_lists(self):
        for field in ("cap_add", "dns", "security_opt"):
            self.assertEqual(sorted(self.items("web", field)), sorted(self.theirs["web"][field]))
        self.assertEqual(self.items("db", "cap_drop"), self.theirs["db"]["cap_drop"])
        self.assertEqual(sorted(self.items("web", "depends_on")), sorted(self.theirs["web"]["depends_on"]))
        self.assertEqual({item["key"]: item["value"] for item in self.items("web", "labels")}, self.theirs["web"]["labels"])

    def test_networks_limits_logging_and_health(self):
        theirs = self.theirs["web"]
        self.assertEqual({item["name"]: item["aliases"] for item in self.items("web", "networks")},
                         {name: (options or {}).get("aliases", []) for name, options in theirs["networks"].items()})
        limits = {item["name"]: (item["soft"], item["hard"]) for item in self.items("web", "ulimits")}
        self.assertEqual(limits, {name: (limit["soft"], limit["hard"]) if isinstance(limit, dict) else (limit, limit)
                                  for name, limit in theirs["ulimits"].items()})
        logging = self.value("web", "logging")
        self.assertEqual(logging["options"], theirs["logging"]["options"])
        health = self.value("web", "healthcheck")
        self.assertEqual(["CMD"] + health["test"]["arguments"], theirs["healthcheck"]["test"])
        self.assertEqual(health["interval"], theirs["healthcheck"]["interval"])
        self.assertEqual(self.value("web", "memory"), 1 << 30)

    def test_what_is_overridden_stays_known(self):
        user = self.ours["db"]["user"]["origin"]
        text = pathlib.Path(user["path"]).read_bytes()
        self.assertEqual(text[user["start"]:user["end"]], b"root")
        self.assertEqual(text.splitlines()[user["line"] - 1].split(b":")[0], b"  base")
        memory = self.ours["web"]["memory"]
        self.assertEqual([one["value"] for one in memory["overrides"]], [512 << 20])
        self.assertTrue(memory["origin"]["path"].endswith("compose.override.yaml"))


if __name__ == "__main__":
    unittest.main()
