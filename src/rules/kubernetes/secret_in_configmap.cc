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

// Lines that are a word and its value. "requirepass" is one wherever it stands; a line "password x" only in
// configuration, for it may be prose elsewhere.
constexpr std::string_view kDirectives[] = {"masterauth", "requirepass"};
constexpr std::string_view kInConfiguration[] = {"passwd", "password", "secret"};

std::optional<Secret> of_directive(std::string_view key, std::string_view line) {
  const std::string_view word = line.substr(0, line.find_first_of(" \t"));
  const std::string_view value = trim(line.substr(word.size()));
  if (value.find_first_of(" \t") != std::string_view::npos || !is_plain_value(value)) return std::nullopt;
  const bool known =
      std::ranges::find(kDirectives, word) != std::end(kDirectives) ||
      (key.ends_with(".conf") && std::ranges::find(kInConfiguration, word) != std::end(kInConfiguration));
  return known ? named(word, value) : std::nullopt;
}

std::optional<Secret> of_line(std::string_view key, std::string_view line) {
  line = trim(line);
  if (is_comment(line)) return std::nullopt;
  const auto setting = setting_of(line);
  if (setting && is_secret_name(setting->first) && is_plain_value(setting->second))
    return named(setting->first, setting->second);
  if (setting && has_connection_password(setting->second)) return of_shape(setting->first, setting->second);
  if (auto shaped = of_shape(key, line)) return shaped;
  return of_directive(key, line);
}

// Docker's configuration: {"auths": {"REGISTRY": {"auth": "USER:PASSWORD in base64"}}}
std::optional<Secret> of_registry(std::string_view key, std::string_view text) {
  constexpr std::string_view kAuth = "\"auth\"";
  constexpr std::size_t kShortest = 8;
  std::size_t at = text.find("\"auths\"");
  if (at != std::string_view::npos) at = text.find(kAuth, at);
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t begin = text.find_first_not_of(": \t\n", at + kAuth.size());
  if (begin == std::string_view::npos || text[begin] != '"') return std::nullopt;
  const std::string_view value = text.substr(begin + 1, text.find('"', begin + 1) - (begin + 1));
  if (value.size() < kShortest || !is_plain_value(value)) return std::nullopt;
  return Secret{join({quoted(key), " holds the password of a registry, and a config map hides nothing"}), value};
}

// Keys are names of variables, or of files whose lines set them.
std::optional<Secret> secret_of(const KeyValue& item) {
  const auto& [key, value] = item;
  if (auto registry = of_registry(key, value)) return registry;
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

// At the secret itself, where the file holds it as it is. One line may be a variable's while the next is a secret.
void look_at(const KubernetesObject& object, const Stated<KeyValue>& item, Judge& judge) {
  const auto secret = secret_of(item.value);
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
        .fix = FixSafety::advice,
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
