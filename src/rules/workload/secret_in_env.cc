#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/kit/command_secrets.h"
#include "rules/kit/judge.h"
#include "rules/kit/secrets.h"

namespace oakum::rules {

namespace {

void name_aliases(Finding& finding, const SecretHit& hit, Surface surface) {
  switch (surface) {
    case Surface::compose:
      if (hit.kind == SecretKind::connection) return only_aliases(finding, {"CIS-4.10", "CL-0021"});
      return only_aliases(finding, {"CIS-4.10", "CL-0020"});
    case Surface::kubernetes:
      return only_aliases(finding, {"C-0012", "kube-linter:env-var-secret", "polaris:sensitiveContainerEnvVar"});
    case Surface::image:
      return only_aliases(finding, {"CIS-4.10", "CIS-DI-0010"});
    case Surface::dockerfile:
    case Surface::run_command:
    case Surface::container:
    case Surface::kernel:
    case Surface::create_request:
    case Surface::oci_bundle:
      return only_aliases(finding, {"CIS-4.10"});
  }
}

std::string told(std::string_view name, const SecretHit& hit) {
  return join({"the variable ", quoted(name), " holds ", hit.what, " (value not shown)"});
}

void check(const Workload& workload, Judge& judge) {
  for (const Stated<EnvironmentVariable>& item : workload.environment) {
    const EnvironmentVariable& variable = item.value;
    const bool written =
        variable.from == EnvironmentVariable::From::literal || variable.from == EnvironmentVariable::From::file;
    if (!variable.value || !written) continue;
    const std::optional<SecretHit> hit = secret_in_variable(variable.name, *variable.value);
    // Of a value with a variable in it only what shows by itself: postgres://app:hunter2@${HOST}/app.
    if (!hit || (!item.known && hit->kind == SecretKind::named)) continue;
    Finding& finding = judge.found(workload, item.origin, told(variable.name, *hit));
    name_aliases(finding, *hit, workload.surface);
    const std::string_view own[] = {*variable.value};
    hide_secrets(finding, workload, own, judge);
  }
}

void check_image(const ImageFacts& image, Judge& judge) {
  for (const std::string& entry : image.image.config.env) {
    std::string_view value = entry;
    const std::string_view name = next_field(value, '=');
    if (const std::optional<SecretHit> hit = secret_in_variable(name, value))
      name_aliases(judge.found(image, told(name, *hit)), *hit, Surface::image);
  }
}

}  // namespace

extern constinit const Rule secret_in_env{
    .info = checked({
        .id = "secret-in-env",
        .title = "a secret stands in the environment",
        .severity = Severity::high,
        .practice = Practice::secret_delivery,
        .surfaces = "CKRLI",
        .aliases = "C-0012 CIS-4.10 CIS-DI-0010 CL-0020 CL-0021 kube-linter:env-var-secret "
                   "polaris:sensitiveContainerEnvVar",
        .fix = FixSafety::unsafe,
        .fix_summary = "give it as a file: `secrets:`, a Secret volume, and NAME_FILE where the program knows it",
        .why = "The environment is shown by inspect, passed on to every child process, printed by crash reports and "
               "kept in the file that sets it. A secret belongs in a file that only the program reads: secrets of "
               "Compose, a Secret volume, or a mounted file named by a variable that ends in _FILE.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    environment:\n"
                "      DB_PASSWORD: hunter2\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    environment:\n"
                 "      DB_PASSWORD_FILE: /run/secrets/db\n"},
        .references = "https://docs.docker.com/compose/how-tos/use-secrets/ "
                      "https://kubernetes.io/docs/concepts/configuration/secret/",
    }),
    .checks = {.workload = check, .image = check_image},
};

}  // namespace oakum::rules
