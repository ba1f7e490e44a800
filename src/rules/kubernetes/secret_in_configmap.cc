#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"
#include "rules/kubernetes/secret_words.h"

namespace oakum::rules {

namespace {

void report(const KubernetesObject& object, const Stated<KeyValue>& item, std::string_view name, Judge& judge) {
  // The value itself is not shown: reports are kept and mailed.
  judge.found(object, item.origin, join({quoted(name), " looks like a secret, and a config map hides nothing"}));
}

// Keys are names of variables, or of files whose lines set them.
void look_at(const KubernetesObject& object, const Stated<KeyValue>& item, Judge& judge) {
  if (!item.known) return;
  const auto& [key, value] = item.value;
  if (is_secret_value(value) || (is_secret_name(key) && is_plain_value(value))) return report(object, item, key, judge);
  if (value.find('\n') == std::string::npos) return;
  std::string_view rest = value;
  while (const auto line = next_line(rest)) {
    const auto setting = setting_of(*line);
    if (setting && is_secret_name(setting->first) && is_plain_value(setting->second))
      return report(object, item, setting->first, judge);
  }
}

void check(const KubernetesObject& object, Judge& judge) {
  if (!is_kind(object, "", "ConfigMap")) return;
  for (const auto& item : object.data) look_at(object, item, judge);
}

}  // namespace

extern constinit const Rule secret_in_configmap{
    .info = checked({
        .id = "secret-in-configmap",
        .title = "a secret lies in a config map",
        .severity = Severity::high,
        .practice = Practice::scan_secrets,
        .surfaces = "K",
        .aliases = "C-0012 KSV-01010 KSV-0109 polaris:sensitiveConfigmapContent",
        .fix = FixSafety::unsafe,
        .fix_summary = "move it to a Secret, and change it",
        .why = "Config maps can be read by far more accounts than secrets, are not encrypted at rest and are printed "
               "by every tool. What is in one must be considered known to others.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: ConfigMap\n"
                "metadata:\n"
                "  name: settings\n"
                "data:\n"
                "  DB_PASSWORD: hunter2hunter2\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: ConfigMap\n"
                 "metadata:\n"
                 "  name: settings\n"
                 "data:\n"
                 "  LOG_LEVEL: info\n"},
        .references = "https://kubernetes.io/docs/concepts/configuration/secret/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
