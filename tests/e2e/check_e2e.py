"""oakum check and its companions as people and pipelines meet them."""
import json
import re
import shutil
import subprocess
import unittest

import images
import peers

CLEAN, FINDINGS, COULD_NOT = 0, 1, 2
NOW = 1790000000  # 2026-09-21
SECRETS = ("ghp_aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5", "hunter2-very-secret", "correct-horse-battery", "wJalrXUtnFEMIK7MDENGbPxRfiCYzEXAMPLEK",
           "s3cr3tpass", "t0psecretarg")

DOCKERFILE = f"""FROM python:latest
ENV API_TOKEN={SECRETS[0]}
RUN apt-get update && apt-get install -y curl
ADD . /app
\tRUN\tpip install\t-r requirements.txt && echo "größer" && wget http://example.com/x
CMD python main.py --token {SECRETS[5]}
"""
COMPOSE = f"""services:
  api:
    image: nginx:1.27
    privileged: true
    environment:
      DB_PASSWORD: {SECRETS[1]}
  db:
    image: postgres:17
    environment:
      - POSTGRES_PASSWORD={SECRETS[2]}
"""
MANIFEST = f"""apiVersion: v1
kind: Pod
metadata:
  name: api
spec:
  containers:
    - name: api
      image: registry.example.org/api:1.0
      securityContext:
        privileged: true
      env:
        - name: AWS_SECRET_ACCESS_KEY
          value: {SECRETS[3]}
"""
SCRIPT = f"#!/bin/sh\ndocker run --privileged -e PASSWORD={SECRETS[4]} nginx:1.27\n"
INSPECT = json.dumps([{"Id": "0" * 64, "Name": "/web", "Config": {"Image": "nginx:1.27", "Env": [], "Labels": {}},
                       "HostConfig": {"Privileged": True}, "State": {"Running": True}, "Mounts": [], "NetworkSettings": {}}])
PROJECT = {"api/Dockerfile": DOCKERFILE, "compose.yaml": COMPOSE, "deploy/pod.yaml": MANIFEST, "scripts/run.sh": SCRIPT}


class Check(unittest.TestCase):
    def setUp(self):
        self.state = peers.State().__enter__()
        self.addCleanup(self.state.__exit__)
        self.here = self.state.path("project")
        self.here.mkdir()

    def write(self, **files):
        images.write(self.here, {name.replace("__", "/"): text for name, text in files.items()})

    def project(self, files=None):
        images.write(self.here, files or PROJECT)

    def oakum(self, *arguments, **extra):
        return images.oakum(*arguments, cwd=self.here, SOURCE_DATE_EPOCH=NOW, **extra)

    def check(self, *options, **extra):
        return self.oakum("check", "--no-base-images", "--no-shellcheck", *options, **extra)

    def json(self, *options, **extra):
        done = self.check("--format", "json", *options, **extra)
        self.assertTrue(done.stdout, done.stderr.decode())
        return json.loads(done.stdout), done

    def rules(self, *options, suppressed=False, **extra):
        """The rules with findings that are (not) suppressed, over all targets."""
        report, _ = self.json(*options, **extra)
        return {finding["rule"] for target in report["targets"] for finding in target["findings"]
                if bool(finding["suppressed"]) == suppressed}

    def complaint(self, done, *words):
        lines = done.stderr.decode().splitlines()
        self.assertEqual(1, len(lines), lines)
        self.assertRegex(lines[0], r"^oakum: \S.*[^.\s]$")
        for word in words:
            self.assertIn(word, lines[0])


class Targets(Check):
    def kinds(self, *options, **extra):
        return {(target["kind"], target["name"]) for target in self.json(*options, **extra)[0]["targets"]}

    def test_a_directory_holds_every_kind(self):
        self.project(PROJECT | {"notes.txt": "docker run --privileged x", "config.yaml": "a: b\n", "package.json": "{}"})
        self.assertEqual({("dockerfile", "api/Dockerfile"), ("compose", "compose.yaml"), ("kubernetes", "deploy/pod.yaml"),
                          ("run-command", "scripts/run.sh")}, self.kinds())
        self.assertEqual(self.kinds(), self.kinds("."))

    def test_content_tells_what_a_named_file_is(self):
        for name, text, kind in (("build.txt", DOCKERFILE, "dockerfile"), ("stack.yml", COMPOSE, "compose"), ("x.yaml", MANIFEST, "kubernetes"),
                                 ("start", SCRIPT, "run-command"), ("inspect.json", INSPECT, "container")):
            with self.subTest(name=name):
                (self.here / name).write_text(text)
                self.assertEqual({(kind, name)}, self.kinds(name))

    def test_what_git_ignores_is_left_out(self):
        self.project(PROJECT | {".gitignore": "deploy/\n", "vendor/node_modules/x/Dockerfile": "FROM a\n"})
        subprocess.run(["git", "init", "-q", "."], cwd=self.here, check=True)
        self.assertNotIn(("kubernetes", "deploy/pod.yaml"), self.kinds())
        self.assertIn(("kubernetes", "deploy/pod.yaml"), self.kinds("deploy/pod.yaml"))

    def test_changed_since(self):
        self.project()
        for words in (["init", "-q", "."], ["add", "-A"], ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "x"]):
            subprocess.run(["git", *words], cwd=self.here, check=True)
        self.assertEqual(set(), self.kinds("--changed-since", "HEAD"))
        (self.here / "compose.yaml").write_text(COMPOSE + "# more\n")
        images.write(self.here, {"new/Dockerfile": "FROM a\n"})
        self.assertEqual({("compose", "compose.yaml"), ("dockerfile", "new/Dockerfile")}, self.kinds("--changed-since", "HEAD"))
        done = self.check("--changed-since", "no-such-revision")
        self.assertEqual(COULD_NOT, done.returncode)
        self.complaint(done, "no-such-revision")
        self.assertEqual(COULD_NOT, self.check("--changed-since", "--output=/tmp/x").returncode)

    def test_an_override_file_is_merged(self):
        self.write(**{"compose.yaml": "services:\n  web:\n    image: nginx:1.27\n", "compose.override.yaml": "services:\n  web:\n    privileged: true\n"})
        report, _ = self.json()
        self.assertEqual(["compose.yaml"], [target["name"] for target in report["targets"]])
        places = [finding["location"] for finding in report["targets"][0]["findings"] if finding["rule"] == "privileged"]
        self.assertEqual([("compose.override.yaml", 3)], [(place["path"], place["line"]) for place in places])

    @unittest.skipUnless(shutil.which("kustomize") or shutil.which("kubectl"), "neither kustomize nor kubectl is installed")
    def test_a_kustomization_is_judged_by_what_it_renders_and_told_where_it_is_mended(self):
        self.write(**{"base__pod.yaml": MANIFEST, "base__kustomization.yaml": "resources: [pod.yaml]\n",
                      "prod__kustomization.yaml": "resources: [../base]\nnamePrefix: prod-\nimages:\n"
                                                  "  - {name: registry.example.org/api, newTag: latest}\npatches: [{path: patch.yaml}]\n",
                      "prod__patch.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: api}\nspec:\n  containers:\n    - name: api\n"
                                          "      securityContext: {readOnlyRootFilesystem: true}\n"})
        alone = self.rules("base/pod.yaml")
        self.assertTrue({"read-only-rootfs", "mem-limit"} <= alone)
        report, _ = self.json()
        found = {target["name"]: [(finding["rule"], finding["location"].get("line")) for finding in target["findings"]]
                 for target in report["targets"]}
        self.assertEqual({"base/pod.yaml", "base/kustomization.yaml", "prod/kustomization.yaml", "prod/patch.yaml"}, set(found))
        self.assertEqual(alone - {"read-only-rootfs"}, {rule for rule, _ in found["base/pod.yaml"]})
        self.assertTrue(all(line for _, line in found["base/pod.yaml"]))
        self.assertEqual([("image-latest", None)], found["prod/kustomization.yaml"])
        self.assertEqual([[], []], [found["base/kustomization.yaml"], found["prod/patch.yaml"]])

    def test_scripts_of_npm(self):
        package = {"name": "shop", "description": "docker run -v /:/x shows the way",
                   "scripts": {"db": "docker run --rm -e A=\"x y\" --privileged postgres:16", "test": "jest"}}
        self.write(**{"web__package.json": json.dumps(package, indent=2)})
        report, _ = self.json("--rule", "privileged,host-path")
        places = [(finding["rule"], finding["location"]["line"], finding["location"]["column"])
                  for target in report["targets"] for finding in target["findings"]]
        self.assertEqual([("privileged", 5, 41)], places)
        self.oakum("fix", "--unsafe", "web")
        fixed = json.loads((self.here / "web/package.json").read_text())
        self.assertNotIn("--privileged", fixed["scripts"]["db"])
        self.assertEqual(package["description"], fixed["description"])
        self.write(**{"web__package.json": json.dumps({"name": "shop", "scripts": {"test": "jest"}})})
        self.assertEqual(set(), self.kinds())

    def test_several_compose_files_in_their_order(self):
        self.write(**{"a.yaml": "services:\n  web:\n    image: nginx:1.27\n    privileged: true\n",
                      "b.yaml": "services:\n  web:\n    privileged: false\n"})
        self.assertNotIn("privileged", self.rules("--compose-file", "a.yaml", "--compose-file", "b.yaml"))
        self.assertIn("privileged", self.rules("--compose-file", "b.yaml", "--compose-file", "a.yaml"))

    def test_standard_input(self):
        for text, name, kind in ((DOCKERFILE, "Dockerfile", "dockerfile"), (COMPOSE, "compose.yaml", "compose"), (DOCKERFILE, "", "dockerfile"),
                                 (MANIFEST, "", "kubernetes"), (SCRIPT, "", "run-command")):
            with self.subTest(kind=kind, name=name):
                options = ("--stdin-name", name) if name else ()
                self.assertEqual({(kind, name or "<stdin>")}, self.kinds(*options, "-", stdin=text.encode()))
        done = self.check("-", stdin=b"what is this\n")
        self.assertEqual(COULD_NOT, done.returncode)
        self.complaint(done, "<stdin>", "--stdin-name")

    def test_run_lines(self):
        self.assertIn("privileged", self.rules("--", "docker", "run", "--privileged", "nginx:1.27"))
        self.assertIn("privileged", self.rules("--", "sudo", "podman", "run", "--privileged", "nginx:1.27"))
        self.assertIn("privileged", self.rules("docker run --privileged nginx:1.27"))
        self.assertNotIn("privileged", self.rules("--", "docker", "run", "nginx:1.27", "--privileged"))
        done = self.check("--", "docker", "ps")
        self.assertEqual(COULD_NOT, done.returncode)
        self.complaint(done, "docker run")

    def test_a_missing_file_is_2_and_the_others_are_judged(self):
        self.project()
        report, done = self.json("./absent.yaml", "compose.yaml")
        self.assertEqual(COULD_NOT, done.returncode)
        self.complaint(done, "absent.yaml")
        self.assertIn("privileged", {finding["rule"] for finding in report["targets"][0]["findings"]})

    def test_nothing_here_is_clean_and_said(self):
        done = self.check()
        self.assertEqual(CLEAN, done.returncode)
        self.complaint(done, "no file")

    def test_build_arguments_and_target(self):
        self.write(Dockerfile="ARG TAG=1.0\nFROM nginx:$TAG AS one\nUSER 1000\nFROM nginx:1.27 AS two\nUSER 0\n")
        # Root in a stage that is not shipped is no more than a note.
        self.assertEqual(FINDINGS, self.check("--rule", "user-root", "Dockerfile").returncode)
        self.assertEqual(CLEAN, self.check("--rule", "user-root", "--target", "one", "Dockerfile").returncode)
        self.assertNotIn("image-latest", self.rules("Dockerfile"))
        self.assertIn("image-latest", self.rules("--build-arg", "TAG=latest", "Dockerfile"))
        self.assertEqual(COULD_NOT, self.check("--build-arg", "TAG", "Dockerfile").returncode)


class Selection(Check):
    def setUp(self):
        super().setUp()
        self.project()

    def test_rule_and_skip_by_id_and_alias(self):
        self.assertEqual({"privileged"}, self.rules("--rule", "privileged"))
        self.assertEqual({"add-instead-of-copy"}, self.rules("--rule", "DL3020"))
        self.assertEqual({"add-instead-of-copy", "privileged"}, self.rules("--rule", "dl3020,privileged"))
        self.assertEqual({"privileged"}, self.rules("--rule", "DL3020", "--rule", "privileged", "--skip", "DL3020"))
        self.assertNotIn("add-instead-of-copy", self.rules("--skip", "CKV_DOCKER_4"))

    def test_unknown_names_are_told_with_the_nearest(self):
        for option in ("--rule", "--skip"):
            done = self.check(option, "privleged")
            self.assertEqual((COULD_NOT, b""), (done.returncode, done.stdout))
            self.complaint(done, "privleged", 'did you mean "privileged"?')
        self.complaint(self.check("--profile", "stric"), 'did you mean "strict"?')
        self.complaint(self.check("--severity", "hihg"), "hihg")
        self.complaint(self.check("--fail-on", "hihg"), "hihg")
        self.complaint(self.check("--format", "jsn"), "jsn")

    def test_profiles(self):
        recommended = self.rules()
        self.assertEqual(recommended, self.rules("--profile", "recommended"))
        self.assertGreater(self.rules("--profile", "strict"), recommended)
        self.assertLessEqual(self.rules("--profile", "pss-baseline"), self.rules("--profile", "pss-restricted"))
        report, _ = self.json("--profile", "hadolint")
        for target in report["targets"]:
            for finding in target["findings"]:
                self.assertTrue(any(re.match(r"(DL|SC)\d", alias) for alias in finding["aliases"]), finding)
        self.assertIn("privileged", self.rules("--profile", "pss-baseline"))

    def test_severities_and_exit_statuses(self):
        report, _ = self.json("--severity", "critical")
        self.assertEqual({"critical"}, {finding["severity"] for target in report["targets"] for finding in target["findings"]})
        for options, status in (([], FINDINGS), (["--fail-on", "none"], CLEAN), (["--fail-on", "critical"], FINDINGS),
                                (["--fail-on", "critical", "--rule", "DL3020"], CLEAN), (["--fail-on", "medium", "--rule", "DL3020"], FINDINGS),
                                (["--exit-code", "9"], 9), (["--exit-code", "0"], CLEAN), (["--exit-code", "9", "--fail-on", "none"], CLEAN)):
            with self.subTest(options=options):
                self.assertEqual(status, self.check(*options).returncode)
        self.assertEqual(COULD_NOT, self.check("--exit-code", "9", "./absent", "compose.yaml").returncode)


class Suppression(Check):
    """Every convention as it stands, seen end to end."""

    def suppressions(self, rule, name, text):
        """What suppresses each finding of `rule` in a file of this text."""
        self.project({name: text})
        report, _ = self.json("--show-suppressed", "--profile", "strict", name)
        found = [finding for target in report["targets"] for finding in target["findings"] if finding["rule"] == rule]
        self.assertTrue(found, (rule, text))
        return [finding["suppressed"] for finding in found]

    def test_pragmas(self):
        copy = "FROM alpine:3.20\n{}ADD . /app\nUSER 1000\n"
        compose = "{}services:\n  web:\n    image: nginx:1.27\n    privileged: true{}\n"
        pod = MANIFEST
        for name, rule, text, line in (
                ("Dockerfile", "add-instead-of-copy", copy.format("# oakum ignore=add-instead-of-copy -- because\n"), 2),
                ("Dockerfile", "add-instead-of-copy", copy.format("# oakum ignore=DL3020 until=2026-09-21\n"), 2),
                ("Dockerfile", "add-instead-of-copy", copy.format("# oakum ignore-file=CKV_DOCKER_4\n"), 2),
                ("Dockerfile", "add-instead-of-copy", copy.format("# hadolint ignore=DL3020\n"), 2),
                ("Dockerfile", "add-instead-of-copy", "# hadolint stage ignore=DL3020\n" + copy.format(""), 1),
                ("Dockerfile", "add-instead-of-copy", "# hadolint global ignore=DL3020\n" + copy.format(""), 1),
                ("Dockerfile", "add-instead-of-copy", "#checkov:skip=CKV_DOCKER_4:because\n" + copy.format(""), 1),
                ("Dockerfile", "add-instead-of-copy", copy.format("# trivy:ignore:AVD-DS-0005\n"), 2),
                ("Dockerfile", "add-instead-of-copy", "# kics-scan ignore\n" + copy.format(""), 1),
                ("Dockerfile", "shell-form", "# check=skip=JSONArgsRecommended\nFROM alpine:3.20\nUSER 1000\nCMD run it\n", 1),
                ("compose.yaml", "privileged", compose.format("", " # oakum ignore=privileged -- because"), 4),
                ("compose.yaml", "privileged", "# kics-scan ignore\n" + compose.format("", ""), 1),
                ("pod.yaml", "privileged", pod.replace("  name: api\nspec", '  name: api\n  annotations:\n'
                                                        '    ignore-check.kube-linter.io/privileged-container: why\nspec'), 6),
                ("pod.yaml", "privileged", pod.replace("  name: api\nspec", "  name: api\n  annotations:\n    checkov.io/skip1: CKV_K8S_16=why\nspec"), 6),
                ("pod.yaml", "privileged", pod.replace("  name: api\nspec", '  name: api\n  annotations:\n'
                                                        '    polaris.fairwinds.com/runAsPrivileged-exempt: "true"\nspec'), 6)):
            with self.subTest(text=text):
                suppressed = self.suppressions(rule, name, text)
                self.assertEqual([f"{name}:{line}"], [entry and entry["by"] for entry in suppressed])
                self.assertNotIn(rule, self.rules("--profile", "strict", name))
                shown = self.check("--show-suppressed", "--profile", "strict", name).stdout.decode()
                self.assertIn(f"suppressed by {name}:{line}", shown)
                self.assertNotIn(f"suppressed by {name}", self.check("--profile", "strict", name).stdout.decode())

    def test_a_pragma_of_one_tool_does_not_cover_the_next_instruction(self):
        self.write(Dockerfile="FROM alpine:3.20\n# hadolint ignore=DL3020\nADD a /a\nADD b /b\nUSER 1000\n")
        report, _ = self.json("--rule", "DL3020")
        self.assertEqual([3, 4], [finding["location"]["line"] for finding in report["targets"][0]["findings"]])
        self.assertEqual([True, False], [bool(finding["suppressed"]) for finding in report["targets"][0]["findings"]])

    def test_expired_and_unknown_pragmas_are_told(self):
        self.write(Dockerfile="FROM alpine:3.20\n# oakum ignore=DL3020 until=2026-09-20\nADD a /a\n# oakum ignore=no-such-rule\nUSER 1000\n")
        done = self.check("--rule", "DL3020")
        self.assertEqual(FINDINGS, done.returncode)
        notes = done.stderr.decode()
        self.assertIn("Dockerfile:2", notes)
        self.assertIn("2026-09-20", notes)
        self.assertRegex(notes, r'Dockerfile:4: "no-such-rule" is no rule')
        self.assertEqual(b"", self.check("--rule", "DL3020", "--quiet").stderr)

    def test_configuration_files(self):
        dockerfile = {"Dockerfile": "FROM alpine:3.20\nADD . /app\nUSER 1000\n"}
        compose = {"compose.yaml": "services:\n  web:\n    image: nginx:1.27\n    privileged: true\n"}
        pod = {"pod.yaml": MANIFEST}
        for files, rule, name, text in (
                (dockerfile, "add-instead-of-copy", ".oakum.yaml", "ignore:\n  - rule: DL3020\n    paths: [Dockerfile]\n    reason: why\n"),
                (dockerfile, "add-instead-of-copy", ".hadolint.yaml", "ignored:\n  - DL3020\n"),
                (dockerfile, "add-instead-of-copy", ".hadolint.yml", "ignored: [DL3020]\n"),
                (dockerfile, "add-instead-of-copy", ".trivyignore", "# so\nAVD-DS-0005 exp:2026-12-31\n"),
                (dockerfile, "add-instead-of-copy", ".checkov.yaml", "skip-check: [CKV_DOCKER_4]\n"),
                (compose, "privileged", ".oakum.yaml", "ignore:\n  - rule: privileged\n    subjects: [web]\n"),
                (compose, "privileged", ".compose-lint.yml", "rules:\n  CL-0002:\n    enabled: false\n    reason: why\n"),
                (pod, "privileged", ".kube-linter.yaml", "checks:\n  exclude: [privileged-container]\n")):
            with self.subTest(name=name, text=text):
                (target,) = files
                self.project(files | {name: text})
                self.assertIn(rule, self.rules("--no-config", "--rule", rule, target))
                self.assertNotIn(rule, self.rules("--rule", rule, target))
                report, _ = self.json("--rule", rule, target)
                self.assertTrue(report["targets"][0]["findings"][0]["suppressed"]["by"].startswith(name))
                self.assertEqual(CLEAN, self.check("--rule", rule, target).returncode)
                (self.here / name).unlink()

    def test_dclint(self):
        self.project({"compose.yaml": "services:\n  web:\n    image: nginx\n    ports: ['80:80']\n"})
        rule = "ports-all-interfaces"
        self.assertIn(rule, self.rules("--rule", rule))
        (self.here / ".dclintrc").write_text('{"rules": {"no-unbound-port-interfaces": 0}}')
        self.assertNotIn(rule, self.rules("--rule", rule))

    def test_oakum_yaml_says_profile_severity_and_threshold(self):
        self.write(**{"Dockerfile": "FROM alpine:3.20\nADD . /app\nUSER 1000\n",
                      ".oakum.yaml": "profile: strict\nfail-on: critical\nseverity: {DL3020: critical}\nskip: [DL3059]\n"})
        report, done = self.json()
        severities = {finding["rule"]: finding["severity"] for finding in report["targets"][0]["findings"]}
        self.assertEqual("critical", severities["add-instead-of-copy"])
        self.assertEqual(FINDINGS, done.returncode)
        self.assertEqual(CLEAN, self.check("--skip", "DL3020").returncode)

    def test_a_bad_configuration_is_told_with_its_place(self):
        for text, words in (("profil: strict\n", (".oakum.yaml:1", 'did you mean "profile"?')), ("profile: stric\n", (".oakum.yaml:1", "stric")),
                            ("skip: [privleged]\n", (".oakum.yaml:1", "privleged")), ("a: [\n", (".oakum.yaml",))):
            with self.subTest(text=text):
                self.write(**{"Dockerfile": "FROM alpine:3.20\nUSER 1000\n", ".oakum.yaml": text})
                done = self.check("--quiet")
                self.assertEqual(COULD_NOT, done.returncode)
                self.complaint(done, *words)
        self.complaint(self.check("--config", "absent.yaml"), "absent.yaml")

    def test_baseline(self):
        self.project()
        self.assertEqual(CLEAN, self.check("--write-baseline", "base.json").returncode)
        done = self.check("--baseline", "base.json")
        self.assertEqual(CLEAN, done.returncode, done.stdout.decode()[-500:])
        (self.here / "compose.yaml").write_text("# a line more\n" + COMPOSE + "    privileged: true\n")
        self.assertEqual({"privileged"}, self.rules("--baseline", "base.json", "--rule", "privileged"))
        for secret in SECRETS:
            self.assertNotIn(secret, (self.here / "base.json").read_text())
        (self.here / "bad.json").write_text("[]")
        done = self.check("--baseline", "bad.json")
        self.assertEqual(COULD_NOT, done.returncode)
        self.complaint(done, "bad.json")


class Output(Check):
    def setUp(self):
        super().setUp()
        self.project()

    def test_several_outputs_at_once(self):
        done = self.check("-f", "terminal", "-o", "json=a.json", "-o", "sarif=b.sarif")
        self.assertEqual(FINDINGS, done.returncode)
        self.assertEqual(json.loads((self.here / "a.json").read_text())["schema"], "oakum.report/1")
        self.assertEqual(json.loads((self.here / "b.sarif").read_text())["version"], "2.1.0")
        done = self.check("-o", "json=missing/dir/a.json")
        self.assertEqual(COULD_NOT, done.returncode)
        self.complaint(done, "missing/dir")

    def test_output_does_not_depend_on_threads_or_runs(self):
        for kind in ("json", "terminal", "sarif"):
            outputs = {self.check("-f", kind, "--profile", "strict", "--threads", threads).stdout for threads in (1, 2, 2, 1)}
            self.assertEqual(1, len(outputs))

    def test_no_format_prints_a_secret(self):
        help_text = self.check("-f", "no-such").stderr.decode()
        formats = [name.strip() for name in help_text.partition("; use ")[2].split(",")]
        self.assertIn("sarif", formats)
        for kind in formats:
            done = self.check("-f", kind, "--profile", "strict", "--verbose", "--show-suppressed")
            self.assertIn(done.returncode, (FINDINGS, COULD_NOT), done.stderr)
            for secret in SECRETS:
                with self.subTest(format=kind, secret=secret):
                    self.assertNotIn(secret, (done.stdout + done.stderr).decode())
        for command in (["checklist"], ["checklist", "-f", "json"], ["follow", "user"]):
            text = self.oakum(*command).stdout.decode()
            self.assertFalse([secret for secret in SECRETS if secret in text])

    def test_a_secret_is_hidden_whichever_rule_shows_its_line(self):
        for rule in ("secret-in-build-arg", "shell-form", "secret-in-env", "privileged"):
            text = self.check("--rule", rule).stdout.decode()
            self.assertIn(rule, text)
            self.assertFalse([secret for secret in SECRETS if secret in text], text)

    def test_json_has_its_schema(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("python3-jsonschema is not installed")
        schema = json.loads((images.PROJECT / "docs/report.schema.json").read_text())
        validator = jsonschema.Draft202012Validator(schema)
        (self.here / "broken.yaml").write_text("services: {a: {image: x}\n b: [\n")
        for options in ([], ["--profile", "strict"], ["broken.yaml", "compose.yaml"], ["--", "docker", "run", "nginx"]):
            report, _ = self.json(*options)
            self.assertEqual([], [f"{list(error.path)}: {error.message[:200]}" for error in validator.iter_errors(report)])

    def test_summary_counts_what_is_listed(self):
        report, _ = self.json("--profile", "strict")
        for severity in ("critical", "high", "medium", "low", "info"):
            listed = sum(finding["severity"] == severity for target in report["targets"] for finding in target["findings"] if not finding["suppressed"])
            self.assertEqual(listed, report["summary"][severity])

    def test_places_hold_what_they_say(self):
        """A finding's place cuts its text out of the file; here by the value each rule tells of."""
        report, _ = self.json()
        expected = {"privileged": "true", "image-latest": "python:latest", "add-instead-of-copy": "ADD", "secret-in-build-arg": "API_TOKEN"}
        seen = set()
        for target in report["targets"]:
            for finding in target["findings"]:
                place = finding["location"]
                if finding["rule"] not in expected or place["path"].endswith(".sh"):
                    continue
                line = (self.here / place["path"]).read_bytes().split(b"\n")[place["line"] - 1]
                self.assertEqual(expected[finding["rule"]], line[place["column"] - 1:place["end_column"] - 1].decode())
                seen.add(finding["rule"])
        self.assertEqual(set(expected), seen)

    def test_sarif(self):
        (run,) = json.loads(self.check("-f", "sarif").stdout)["runs"]
        rules = run["tool"]["driver"]["rules"]
        self.assertEqual(len(rules), len({rule["id"] for rule in rules}))
        report, _ = self.json()
        self.assertEqual(sum(len(target["findings"]) for target in report["targets"]), len(run["results"]))
        for result in run["results"]:
            self.assertEqual(result["ruleId"], rules[result["ruleIndex"]]["id"])
            self.assertIn(result["level"], ("error", "warning", "note"))
            (location,) = result["locations"]
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            self.assertTrue((self.here / uri).is_file(), uri)
            self.assertGreaterEqual(location["physicalLocation"]["region"]["startLine"], 1)
            self.assertTrue(result["partialFingerprints"])
        for rule in rules:
            self.assertTrue(rule["shortDescription"]["text"] and rule["fullDescription"]["text"] and rule["help"]["text"])
            self.assertRegex(rule["properties"]["security-severity"], r"^\d+\.\d$")


class Terminal(Check):
    LONG = "RUN " + "echo some words && " * 60 + "sudo id && " + "echo more words && " * 60 + "true\n"

    def test_no_line_is_wider_than_the_terminal(self):
        self.project(PROJECT | {"long/Dockerfile": "FROM alpine:3.20\n" + self.LONG + "USER 1000\n"})
        for columns in (80, 140):
            done = self.check("--profile", "strict", COLUMNS=columns)
            wide = [line for line in done.stdout.decode().splitlines() if len(line) > columns]
            self.assertEqual([], wide)

    def marked(self, name, text, rule, columns=80):
        """What the carets under the finding's line stand below."""
        (self.here / name).write_text(text)
        lines = self.check("--rule", rule, name, COLUMNS=columns).stdout.decode().splitlines()
        at = next(i for i, line in enumerate(lines) if re.fullmatch(r"\s+\|\s*\^+", line))
        first, last = lines[at].index("^"), lines[at].rindex("^")
        return lines[at - 1][first:last + 1]

    def test_carets_stand_under_the_text(self):
        self.assertEqual("sudo", self.marked("Dockerfile", 'FROM alpine:3.20\n\tRUN\techo "größer — ünïcode" && sudo id\n', "sudo"))
        self.assertEqual("sudo", self.marked("Dockerfile", "FROM alpine:3.20\n" + self.LONG, "sudo"))
        self.assertEqual("sudo", self.marked("Dockerfile", "FROM alpine:3.20\n" + self.LONG, "sudo", columns=140))
        self.assertEqual("true", self.marked("compose.yaml", "services:\n  wéb:\n    image: ä\n    privileged: true\n", "privileged"))
        self.assertEqual("true", self.marked("compose.yaml", 'services: {"ÄÖÜ": {image: "ß:1", privileged: true}}\n', "privileged"))

    def test_colour_only_when_wanted(self):
        self.project()
        self.assertNotIn(b"\x1b", self.check().stdout)
        self.assertIn(b"\x1b[", self.check("--color", "always").stdout)
        self.assertNotIn(b"\x1b", self.check("--color", "auto", NO_COLOR=1).stdout)
        self.assertEqual(self.check().stdout, re.sub(rb"\x1b\[[0-9;]*m", b"", self.check("--color", "always").stdout))

    def test_escape_sequences_of_files_are_not_passed_on(self):
        self.write(Dockerfile="FROM alpine:latest\x1b[31m\nUSER \x1b]0;title\x07\n")
        self.assertNotIn(b"\x1b", self.check("Dockerfile").stdout)

    def test_a_place_is_shown_once_for_all_that_is_said_of_it(self):
        self.write(**{"compose.yaml": "services:\n  web:\n    image: nginx:1.27\n"})
        text = self.check().stdout.decode()
        self.assertGreater(text.count("compose.yaml:2:3: "), 2)
        self.assertEqual(1, text.count("2 |   web:"))

    def test_what_to_do_first(self):
        self.project()
        text = self.check().stdout.decode()
        first = text[text.index("do first"):].splitlines()[1]
        self.assertRegex(first, r"^  1  [a-z0-9-]+: ")
        self.assertRegex(text.splitlines()[-1] + text.splitlines()[-2], r"worst grade F")


class Companions(Check):
    def test_explain(self):
        by_id, by_alias = self.oakum("explain", "privileged"), self.oakum("explain", "DL3020")
        self.assertEqual((CLEAN, CLEAN), (by_id.returncode, by_alias.returncode))
        self.assertRegex(by_id.stdout.decode(), r"^privileged: ")
        self.assertRegex(by_alias.stdout.decode(), r"(?s)^add-instead-of-copy: .*DL3020")
        self.assertEqual(CLEAN, self.oakum("explain", "dl3020").returncode)
        self.assertRegex(self.oakum("explain", "-f", "markdown", "privileged").stdout.decode(), r"^#+ ")
        done = self.oakum("explain", "privleged")
        self.assertEqual((COULD_NOT, b""), (done.returncode, done.stdout))
        self.complaint(done, 'did you mean "privileged"?')

    def listed(self, *options):
        done = self.oakum("rules", "--format", "json", *options)
        self.assertEqual(CLEAN, done.returncode, done.stderr)
        return json.loads(done.stdout)["rules"]

    def test_rules(self):
        every = self.listed()
        self.assertGreater(len(every), 100)
        self.assertEqual(sorted(rule["id"] for rule in every), [rule["id"] for rule in every])
        for rule in every:
            self.assertLessEqual({"id", "title", "severity", "practice", "surfaces", "aliases", "fix", "since"}, rule.keys())
            self.assertTrue(rule["surfaces"], rule)
        self.assertEqual(["add-instead-of-copy"], [rule["id"] for rule in self.listed("--alias", "DL3020")])
        for options, holds in ((("--surface", "compose"), lambda rule: "compose" in rule["surfaces"]),
                               (("--practice", "capabilities"), lambda rule: rule["practice"] == "capabilities"),
                               (("--profile", "recommended"), lambda rule: rule["grade"] == "recommended"),
                               (("--alias", "kube-linter:"), lambda rule: any(alias.startswith("kube-linter:") for alias in rule["aliases"]))):
            with self.subTest(options=options):
                self.assertEqual([rule["id"] for rule in every if holds(rule)], [rule["id"] for rule in self.listed(*options)])
                self.assertTrue(self.listed(*options))
        for options in (("--surface", "nowhere"), ("--practice", "capabilites"), ("--profile", "stric")):
            self.assertEqual(COULD_NOT, self.oakum("rules", *options).returncode, options)

    def test_every_rule_has_its_page(self):
        for rule in self.listed()[::25]:
            text = self.oakum("explain", rule["id"]).stdout.decode()
            self.assertIn(rule["id"], text)
            self.assertIn("why" if "why\n" in text else "fix", text)

    def test_checklist(self):
        self.project()
        done = self.oakum("checklist", "--format", "json")
        lines = {line["name"]: line for line in json.loads(done.stdout)["practices"]}
        self.assertEqual("not held", lines["not-privileged"]["standing"])
        self.assertGreater(lines["not-privileged"]["findings"], 0)
        self.assertLessEqual({line["standing"] for line in lines.values()}, {"held", "not held", "not applicable", "not known"})
        text = self.oakum("checklist", COLUMNS=80).stdout.decode()
        self.assertRegex(text, r"not held +not-privileged +\S+:\d+:\d+")
        self.assertEqual([], [line for line in text.splitlines() if len(line) > 80])

    def test_follow_a_user_through_dockerfile_and_compose(self):
        self.project({"app/Dockerfile": "FROM alpine:3.20\nUSER 1000\n", "compose.yaml": "services:\n  one:\n    build: ./app\n"
                      "  two:\n    build: ./app\n    user: root\n"})
        trails = {trail["subject"]: trail for trail in json.loads(self.oakum("follow", "user", "-f", "json").stdout)["trails"]}
        one, two = trails['service "one"'], trails['service "two"']
        self.assertTrue(one["held"], one)
        self.assertFalse(two["held"], two)
        self.assertTrue(any(step["where"].startswith("app/Dockerfile:2") and step["decides"] for step in one["steps"]), one)
        self.assertTrue(any(step["where"].startswith("compose.yaml:6") and step["decides"] for step in two["steps"]), two)
        self.assertEqual(COULD_NOT, self.oakum("follow", "usr").returncode)

    def test_plumbing(self):
        self.project()
        workload = json.loads(self.oakum("plumbing", "workload", "compose.yaml").stdout)
        self.assertIn("privileged", json.dumps(workload))
        dockerfile = json.loads(self.oakum("plumbing", "dockerfile", "api/Dockerfile").stdout)
        self.assertIn("python:latest", json.dumps(dockerfile))
        done = self.oakum("plumbing", "dockerfile", "absent")
        self.assertEqual(COULD_NOT, done.returncode)
        self.complaint(done, "absent")
        done = self.oakum("plumbing", "workload", "./absent")
        self.assertEqual(COULD_NOT, done.returncode)
        self.assertIn("absent", json.loads(done.stdout)["errors"][0]["message"])


if __name__ == "__main__":
    unittest.main()
