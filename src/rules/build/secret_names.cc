#include "rules/build/secret_names.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "base/text.h"

namespace oakum::rules {

namespace {

template <class List>
bool holds(const List& list, std::string_view text) {
  return std::ranges::find(list, text) != std::end(list);
}

// Is one of the words between '_' in the list?
template <class List>
bool any_word(std::string_view lower, const List& list) {
  while (!lower.empty()) {
    if (holds(list, next_field(lower, '_'))) return true;
  }
  return false;
}

bool is_let_off(std::string_view lower) {
  constexpr std::string_view kHarmless[] = {"public", "file", "version"};
  return any_word(lower, kHarmless);
}

bool is_harmless_file(std::string_view name) {
  constexpr std::string_view kEnds[] = {".example", ".sample", ".template", ".dist", ".pub", ".tmpl", ".tpl"};
  const auto ends = [&](std::string_view end) { return name.ends_with(end); };
  return std::ranges::any_of(kEnds, ends) || name.find("public") != std::string_view::npos;
}

// Certificates are PEM files too, and no secret.
bool is_private_pem(std::string_view name) {
  constexpr std::string_view kCertificates[] = {"ca", "cert", "chain", "crt", "bundle", "root"};
  return name.ends_with(".pem") && std::ranges::none_of(kCertificates, [&](std::string_view word) {
           return name.find(word) != std::string_view::npos;
         });
}

}  // namespace

bool is_secret_for_buildkit(std::string_view variable) {
  constexpr std::string_view kWords[] = {"apikey",   "auth",  "credential", "credentials", "key",
                                         "password", "pword", "passwd",     "secret",      "token"};
  const std::string lower = to_lower(variable);
  return any_word(lower, kWords) && !is_let_off(lower);
}

bool is_secret_for_hadolint(std::string_view variable) {
  constexpr std::string_view kKnown[] = {"aws_access_key_id", "pgpass", "rediscli_auth", "netrc"};
  constexpr std::string_view kParts[] = {"password", "passwd",     "secret",      "token",     "apikey",
                                         "api_key",  "access_key", "private_key", "credential"};
  const std::string lower = to_lower(variable);
  const auto has_part = [&](std::string_view part) { return lower.find(part) != std::string::npos; };
  return (holds(kKnown, lower) || std::ranges::any_of(kParts, has_part)) && !is_let_off(lower);
}

bool is_secret_file(std::string_view path) {
  constexpr std::string_view kNames[] = {"id_rsa",
                                         "id_dsa",
                                         "id_ecdsa",
                                         "id_ed25519",
                                         ".env",
                                         ".npmrc",
                                         ".pypirc",
                                         ".netrc",
                                         ".git-credentials",
                                         ".pgpass",
                                         ".htpasswd",
                                         ".dockercfg",
                                         "credentials.json",
                                         "kubeconfig",
                                         "terraform.tfstate",
                                         "service-account.json",
                                         ".vault-token"};
  constexpr std::string_view kPaths[] = {
      ".aws/credentials", ".docker/config.json", ".kube/config", ".config/gcloud", ".ssh", ".gnupg", ".aws"};
  constexpr std::string_view kEnds[] = {".key", ".p12", ".pfx", ".jks", ".keystore", ".ppk", ".kdbx"};
  const std::string lower = to_lower(path);
  const std::string_view whole = lower;
  const auto slash = whole.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? whole : whole.substr(slash + 1);
  const auto is_below = [&](std::string_view end) {
    return whole.ends_with(end) && (whole.size() == end.size() || whole[whole.size() - end.size() - 1] == '/');
  };
  const auto ends = [&](std::string_view end) { return name.size() > end.size() && name.ends_with(end); };
  const bool is_secret = holds(kNames, name) || name.starts_with(".env.") || is_private_pem(name) ||
                         std::ranges::any_of(kPaths, is_below) || std::ranges::any_of(kEnds, ends);
  return is_secret && !is_harmless_file(name);
}

}  // namespace oakum::rules
