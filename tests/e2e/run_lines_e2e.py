"""Run lines inside pipelines, cloud-init and documents, with the files that they name: findings at their true places."""
import json
import unittest

import images
import peers

CLEAN, FINDINGS, COULD_NOT = 0, 1, 2
JENKINSFILE = """pipeline {
  environment { IMAGE = 'nginx:1.27' }
  stages {
    stage("it's run") {
      steps {
        sh '''
          docker run --privileged $IMAGE
        '''
        sh(script: "docker run --pid=host ${env.IMAGE} > log", returnStatus: true)
      }
    }
  }
}
"""
CLOUD_CONFIG = """#cloud-config
runcmd:
  - [docker, run, --privileged, "nginx:1.27"]
  - docker run --pid=host nginx:1.27
"""
README = """# How to

```sh
docker run -d --name <a name> -v <path>:/data --privileged <image>
```
"""
DEPLOY = """#!/bin/sh
ssh deploy@example.org <<'EOF'
docker run --privileged --env-file app.env nginx:1.27
EOF
ssh deploy@example.org "docker run --pid=host --env-file gone.env nginx:1.27"
"""


class RunLines(unittest.TestCase):
    def setUp(self):
        self.state = peers.State().__enter__()
        self.addCleanup(self.state.__exit__)
        self.here = self.state.path("project")
        self.here.mkdir()

    def check(self, files, *targets):
        for name, text in files.items():
            (self.here / name).write_text(text)
        done = images.oakum("check", "--no-config", "--no-base-images", "-f", "json", *targets, cwd=self.here)
        self.assertIn(done.returncode, (CLEAN, FINDINGS), done.stderr.decode())
        report = json.loads(done.stdout)
        found = {(finding["rule"], f"{finding['location']['path']}:{finding['location']['line']}:{finding['location']['column']}")
                 for target in report["targets"] for finding in target["findings"]}
        return found, report

    def test_a_jenkinsfile(self):
        found, _ = self.check({"Jenkinsfile": JENKINSFILE}, "Jenkinsfile")
        self.assertIn(("privileged", "Jenkinsfile:7:22"), found)
        self.assertIn(("host-pid", "Jenkinsfile:9:32"), found)
        self.assertFalse([place for rule, place in found if rule == "image-untagged"])

    def test_cloud_init(self):
        for name in ("user-data", "cloud.yaml"):
            found, _ = self.check({name: CLOUD_CONFIG}, name)
            self.assertIn(("privileged", f"{name}:3:19"), found)
            self.assertIn(("host-pid", f"{name}:4:16"), found)

    def test_placeholders_of_a_document(self):
        found, _ = self.check({"README.md": README}, "README.md")
        self.assertIn(("privileged", "README.md:4:47"), found)

    def test_remote_scripts_and_their_files(self):
        found, report = self.check({"deploy.sh": DEPLOY, "app.env": "# settings\nDB_PASSWORD=hunter2-very-secret\n"}, "deploy.sh")
        self.assertIn(("privileged", "deploy.sh:3:12"), found)
        self.assertIn(("host-pid", "deploy.sh:5:36"), found)
        self.assertIn(("secret-in-env", "app.env:2:1"), found)
        self.assertIn('--env-file "gone.env" is not here to read', json.dumps(report).replace('\\"', '"'))
        self.assertNotIn("hunter2", json.dumps(report))

    def test_files_of_a_line_on_the_command_line(self):
        found, _ = self.check({"app.env": "DB_PASSWORD=hunter2-very-secret\n"}, "--", "docker", "run", "--env-file", "app.env", "nginx:1.27")
        self.assertIn(("secret-in-env", "app.env:1:1"), found)

    def test_follow_says_when_there_is_nothing_to_follow(self):
        (self.here / "Dockerfile").write_text("FROM example.org/base:1\nUSER 1000\n")
        done = images.oakum("follow", "user", "Dockerfile", cwd=self.here)
        self.assertEqual(CLEAN, done.returncode, done.stderr.decode())
        self.assertIn("won at Dockerfile:2:1: runs as 1000", done.stdout.decode())
        done = images.oakum("follow", "memory", "Dockerfile", cwd=self.here)
        self.assertEqual(COULD_NOT, done.returncode)
        self.assertIn("nothing here states it or is run", done.stderr.decode())

    def test_plumbing_asks_no_registry_for_a_bare_name(self):
        done = images.oakum("plumbing", "workload", "no-such-image-here:1", cwd=self.here)
        self.assertEqual(COULD_NOT, done.returncode)
        message = json.loads(done.stdout)["errors"][0]["message"]
        self.assertIn("no engine or store on this machine has an image of that name", message)
        self.assertIn("registry:NAME", message)


if __name__ == "__main__":
    unittest.main()
