#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/kit/judge.h"
#include "rules/kit/secrets.h"
#include "rules/kubernetes/objects.h"
#include "rules/kubernetes/secret_words.h"

namespace oakum::rules {

namespace {

struct Secret {
  std::string message;
  std::string_view value;  // a part of the item's
};

std::optional<Secret> named(std::string_view name, std::string_view value) {
  // The value itself is not shown: reports are kept and mailed.
  return Secret{join({quoted(name), " looks like a secret, and a config map hides nothing"}), trim(value)};
}

std::optional<Secret> of_shape(std::string_view name, std::string_view value) {
  if (const std::string_view token = known_token(value); !token.empty())
    return Secret{join({quoted(name), " holds ", token, ", and a config map hides nothing"}), trim(value)};
  if (has_connection_password(value))
    return Secret{join({quoted(name), " holds an address with its password, and a config map hides nothing"}),
                  trim(value)};
  return std::nullopt;
}

// Files whose lines are a word and its value: redis.conf, sentinel.conf.
constexpr std::string_view kDirectives[] = {"masterauth", "requirepass"};

std::optional<Secret> of_line(std::string_view key, std::string_view line) {
  if (auto setting = setting_of(line)) {
    if (is_secret_name(setting->first) && is_plain_value(setting->second))
      return named(setting->first, setting->second);
  }
  std::string_view rest = trim(line);
  if (is_comment(rest)) return std::nullopt;
  if (auto shaped = of_shape(key, line)) return shaped;
  const std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
  const std::string_view value = trim(rest.substr(word.size()));
  if (std::ranges::find(kDirectives, word) != std::end(kDirectives) && is_plain_value(value)) return named(word, value);
  return std::nullopt;
}

// Keys are names of variables, or of files whose lines set them.
std::optional<Secret> secret_of(const KeyValue& item) {
  const auto& [key, value] = item;
  if (value.find('\n') == std::string::npos) {
    if (auto shaped = of_shape(key, value)) return shaped;
    if (is_secret_name(key) && is_plain_value(value)) return named(key, value);
    return std::nullopt;
  }
  if (known_token(value) == "a private key") return of_shape(key, value);
  std::string_view rest = value;
  while (const auto line = next_line(rest)) {
    if (auto secret = of_line(key, *line)) return secret;
  }
  return std::nullopt;
}

// At the secret itself, where the file holds it as it is.
void look_at(const KubernetesObject& object, const Stated<KeyValue>& item, Judge& judge) {
  const auto secret = item.known ? secret_of(item.value) : std::nullopt;
  if (!secret) return;
  Origin where = item.origin;
  const Source* source = judge.subjects().source(where.source);
  const auto place = source == nullptr ? std::nullopt : place_of_value(source->text, where.span, secret->value);
  if (place) where.span = *place;
  Finding& finding = judge.found(object, where, secret->message);
  if (place) finding.excerpt = line_without(source->text, *place, std::array{secret->value});
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
