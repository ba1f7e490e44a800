"""Fixed Compose files as docker-compose reads them: still valid, hardened where that was asked for, the same elsewhere.

Each file is fixed with all unsafe fixes; every comment stays, line ends stay, a second run changes nothing.
"""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import peers

RULES = ("cap-drop-all,no-new-privileges,mem-limit,cpu-limit,pids-limit,read-only-rootfs,ports-all-interfaces,privileged,"
         "seccomp,host-pid,host-ipc,restart-policy,log-unbounded,cap-dangerous,tmpfs-exec")
# What these rules may change of a service.
HARDENED = {"cap_add", "cap_drop", "security_opt", "mem_limit", "cpus", "pids_limit", "read_only", "tmpfs", "ports", "privileged",
            "pid", "ipc", "restart", "logging", "deploy", "user"}

FILES = {
    "comments": """# The shop
version: "3.8"

services:
  # the front
  web:            # nginx
    image: "nginx:1.27"   # pinned
    ports:
      - "8080:80"
      # not for all
      - 8443:443   # tls
    security_opt:
      - seccomp:unconfined   # legacy
    command: |
      nginx
        -g "daemon off;"

  # the data
  db:
    image: postgres:16
    privileged: true
    deploy:
      resources:
        limits:
          cpus: '1'    # one
    # nothing more

volumes:
  data: {}
# the end
""",
    "anchors": """version: "3.8"
x-logging: &logging
  driver: json-file   # shared
x-base: &base
  restart: always
  logging: *logging
services:
  web:
    <<: *base
    image: nginx:1.27
    ports: ["80:80"]   # all
  worker:
    <<: *base
    image: python:3.12
    pid: host
""",
    "windows": "version: '3.8'\r\nservices:\r\n  web:\r\n    image: nginx:1.27   # x\r\n    ports:\r\n    - 80:80\r\n\r\n"
               "  db:\r\n    image: redis:7\r\n    cap_add:\r\n    - SYS_ADMIN\r\n    - CHOWN\r\n",
    "braces": "version: '3.8'\nservices: {web: {image: 'nginx:1.27', ports: ['80:80']}, db: {image: 'redis:7', ipc: host}}\n",
    "json": """{
  "version": "3.8",
  "services": {
    "web": {
      "image": "nginx:1.27",
      "ports": ["80:80"],
      "tmpfs": ["/run:exec"]
    }
  }
}
""",
    "four": "version: '3.8'\nservices:\n    web:\n        image: nginx:1.27\n        tmpfs: /run\n        ports:\n"
            "            - 80",
}

# A database that its user alone shall reach, in the manner of Windows and with four blanks.
TIERS = ("version: '3.8'\r\nservices:\r\n    web:\r\n        image: nginx:1.27   # front\r\n        ports: ['127.0.0.1:8080:80']\r\n"
         "    api:\r\n        image: api:1.0\r\n        environment:\r\n        - DATABASE_URL=mysql://app@database/app\r\n"
         "        networks:\r\n            default:   # of the project\r\n                aliases: [backend-for-front]\r\n"
         "    db:\r\n        image: mysql:8.4\r\n        networks:\r\n            default: {aliases: [database]}\r\n")


def comments(text):
    return re.findall(r"#.*", text)


class ComposeFix(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        peers.need("docker-compose")
        cls.yaml = __import__("yaml")  # docker-compose needs it: where that is, this is

    def config(self, path):
        done = subprocess.run(["docker-compose", "-f", path, "config"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return self.yaml.safe_load(done.stdout)

    def fix(self, path, rules=RULES):
        command = [os.environ["OAKUM"], "fix", "--unsafe", "--profile", "strict", "--rule", rules, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def check(self, name):
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory, "docker-compose.yml")
            path.write_bytes(FILES[name].encode())
            before = self.config(path)
            told = self.fix(path)
            fixed = path.read_bytes()
            after = self.config(path)
            again = self.fix(path)
            self.assertEqual(path.read_bytes(), fixed, again)
        self.assertEqual(before["services"].keys(), after["services"].keys())
        for service, was in before["services"].items():
            now = after["services"][service]
            same = {key: value for key, value in was.items() if key not in HARDENED}
            self.assertEqual({key: value for key, value in now.items() if key not in HARDENED}, same)
            self.assertEqual(now["cap_drop"], ["ALL"], told)
            self.assertTrue(now["read_only"], told)
            self.assertIn("no-new-privileges:true", now["security_opt"])
            self.assertNotIn("privileged", now)
            self.assertNotIn("pid", now)
            self.assertNotIn("ipc", now)
        for key in before.keys() - {"services"}:
            self.assertEqual(before[key], after[key])
        text = fixed.decode()
        gone = [comment for comment in comments(FILES[name]) if comment not in text]
        return text, after["services"], gone

    def test_comments_stay(self):
        text, services, gone = self.check("comments")
        self.assertEqual(gone, ["# legacy"])  # of the line that went
        self.assertIn('      - "127.0.0.1:8080:80"\n      # not for all\n', text)
        self.assertIn("    # nothing more\n\nvolumes:\n  data: {}\n# the end\n", text)
        self.assertEqual(services["web"]["security_opt"], ["no-new-privileges:true"])
        self.assertIn("memory", services["db"]["deploy"]["resources"]["limits"])

    def test_anchors(self):
        text, services, gone = self.check("anchors")
        self.assertEqual(gone, [])
        self.assertIn("x-base: &base\n", text)
        self.assertEqual(services["worker"]["logging"]["driver"], services["web"]["logging"]["driver"])

    def test_windows_line_ends(self):
        text, services, _ = self.check("windows")
        self.assertEqual(text.count("\n"), text.count("\r\n"))
        self.assertNotIn("SYS_ADMIN", services["db"].get("cap_add", []))
        self.assertIn("    cap_drop:\r\n    - ALL\r\n", text)

    def test_braces(self):
        text, _, _ = self.check("braces")
        self.assertEqual(text.count("\n"), 2)

    def test_json(self):
        text, services, _ = self.check("json")
        self.assertEqual(self.yaml.safe_load(text), json.loads(text))
        self.assertNotIn("/run:exec", services["web"]["tmpfs"])

    def test_four_blanks_and_no_last_line_end(self):
        text, services, _ = self.check("four")
        self.assertFalse(text.endswith("\n"))
        self.assertIn("        cap_drop:\n            - ALL\n", text)
        self.assertIn("            - 127.0.0.1::80\n", text)
        self.assertIn("/run", services["web"]["tmpfs"])

    def test_tiers(self):
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory, "docker-compose.yml")
            path.write_bytes(TIERS.encode())
            before = self.config(path)
            self.fix(path, "network-tiers")
            fixed = path.read_bytes().decode()
            after = self.config(path)
            self.fix(path, "network-tiers")
            self.assertEqual(path.read_bytes().decode(), fixed)
        self.assertEqual(fixed.count("\n"), fixed.count("\r\n"))
        self.assertEqual(comments(fixed), comments(TIERS))
        self.assertEqual(after["networks"], {"backend": {"internal": True}})
        self.assertEqual(after["services"]["web"], before["services"]["web"])
        api, db = after["services"]["api"]["networks"], after["services"]["db"]["networks"]
        self.assertEqual(set(api), {"default", "backend"})
        self.assertEqual(api["default"], {"aliases": ["backend-for-front"]})
        self.assertEqual(db, {"backend": {"aliases": ["database"]}})


if __name__ == "__main__":
    unittest.main()
