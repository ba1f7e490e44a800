#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  for (const auto& variable : workload.environment) {
    if (variable.value.from != EnvironmentVariable::From::secret) continue;
    judge.found(workload, variable.origin,
                join({"the secret ", quoted(variable.value.reference), " becomes an environment variable"}));
  }
}

}  // namespace

extern constinit const Rule secret_as_env{
    .info = checked({
        .id = "secret-as-env",
        .title = "a secret is handed over as an environment variable",
        .severity = Severity::low,
        .practice = Practice::secret_delivery,
        .surfaces = "K",
        .aliases = "CKV_K8S_35 kube-linter:read-secret-from-env-var "
                   "kubesec:SecretsAsEnvironmentVariables",
        .grade = Grade::strict,
        .fix = FixSafety::unsafe,
        .fix_summary = "mount the secret as a file",
        .why = "The environment is inherited by every child, printed by crash reports and debug pages, and readable in "
               "/proc. A mounted file is read only by those who open it, and changes when the secret is rotated.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  containers:\n"
                "    - name: app\n"
                "      image: nginx:1.27\n"
                "      env:\n"
                "        - name: DB_PASSWORD\n"
                "          valueFrom:\n"
                "            secretKeyRef:\n"
                "              name: db\n"
                "              key: password\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Pod\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  volumes:\n"
                 "    - name: db\n"
                 "      secret:\n"
                 "        secretName: db\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"
                 "      volumeMounts:\n"
                 "        - name: db\n"
                 "          mountPath: /run/secrets/db\n"
                 "          readOnly: true\n"},
        .references = "https://kubernetes.io/docs/concepts/configuration/secret/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
