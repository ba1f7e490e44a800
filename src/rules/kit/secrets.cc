#include "rules/kit/secrets.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "base/text.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kSecretWords[] = {
    "apikey", "credential", "credentials", "passphrase", "passwd", "password", "passwords",
    "pword",  "pwd",        "secret",      "secrets",    "token",  "tokens",   "pass",
};
// Said of much that is not secret: they count only before a value that looks random.
constexpr std::string_view kWeakWords[] = {"key", "auth"};
// Before "key" they say what it opens.
constexpr std::string_view kKeyKinds[] = {"access", "api", "encryption", "master", "private", "signing"};
constexpr std::string_view kLetOff[] = {
    "alias",    "algorithm", "allow",   "count",    "days",     "disable", "disabled", "duration", "enable",
    "enabled",  "endpoint",  "expires", "expiry",   "file",     "gpg",     "header",   "host",     "id",
    "interval", "issuer",    "length",  "lifespan", "lifetime", "max",     "method",   "min",      "minutes",
    "mode",     "name",      "path",    "policy",   "port",     "prefix",  "public",   "required", "seconds",
    "stdin",    "timeout",   "ttl",     "type",     "uri",      "url",     "user",     "username", "version",
};

template <std::size_t N>
bool among(const std::string_view (&words)[N], std::string_view word) {
  return std::ranges::find(words, word) != std::end(words);
}

// PGPASSWORD, WEBPASSWORD, CLIENTSECRET: the word is written together with the one before it.
bool ends_as_secret(std::string_view word) {
  constexpr std::string_view kEnds[] = {"password", "passwd", "passphrase", "secret", "token", "apikey"};
  return std::ranges::any_of(kEnds, [&](std::string_view end) { return word.ends_with(end); });
}

// In lower case, with '_' between the words.
std::string words_of(std::string_view name) {
  std::string words = to_lower(name);
  std::ranges::replace_if(words, [](char c) { return c == '-' || c == '.'; }, '_');
  return words;
}

bool has_let_off(std::string_view words) {
  while (!words.empty()) {
    if (among(kLetOff, next_field(words, '_'))) return true;
  }
  return false;
}

enum class Suspicion { none, weak, strong };

// What the name alone says. Most names say nothing: words that let off are looked for in the others only.
Suspicion suspicion_of(std::string_view name) {
  const std::string words = words_of(name);
  auto result = Suspicion::none;
  std::string_view before;
  for (std::string_view rest = words; !rest.empty();) {
    const std::string_view word = next_field(rest, '_');
    if (among(kSecretWords, word) || ends_as_secret(word) || (word == "key" && among(kKeyKinds, before))) {
      result = Suspicion::strong;
      break;
    }
    if (among(kWeakWords, word)) result = Suspicion::weak;
    before = word;
  }
  return result == Suspicion::none || has_let_off(words) ? Suspicion::none : result;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_token_char(char c) { return is_digit(c) || is_letter(c) || c == '_' || c == '-'; }

struct TokenShape {
  std::string_view prefix;
  std::size_t following;  // characters of a token that must follow
  std::string_view what;
};

constexpr TokenShape kTokens[] = {
    {"AKIA", 16, "an AWS access key"},       {"ASIA", 16, "an AWS access key"},
    {"ghp_", 36, "a GitHub token"},          {"gho_", 36, "a GitHub token"},
    {"ghu_", 36, "a GitHub token"},          {"ghs_", 36, "a GitHub token"},
    {"ghr_", 36, "a GitHub token"},          {"github_pat_", 22, "a GitHub token"},
    {"glpat-", 20, "a GitLab token"},        {"xoxb-", 20, "a Slack token"},
    {"xoxp-", 20, "a Slack token"},          {"xoxa-", 20, "a Slack token"},
    {"sk_live_", 16, "a Stripe key"},        {"rk_live_", 16, "a Stripe key"},
    {"AIza", 35, "a Google API key"},        {"npm_", 36, "an npm token"},
    {"pypi-AgEI", 20, "a PyPI token"},       {"hf_", 34, "a Hugging Face token"},
    {"sk-ant-", 20, "an Anthropic key"},     {"dckr_pat_", 20, "a Docker Hub token"},
    {"dop_v1_", 64, "a DigitalOcean token"}, {"SG.", 22, "a SendGrid key"},
};

// Asked of every word of every file: most are too short for any.
constexpr std::size_t kShortestToken = 20;
static_assert(std::ranges::all_of(kTokens, [](const TokenShape& shape) {
  return shape.prefix.size() + shape.following >= kShortestToken;
}));

bool has_token(std::string_view value, const TokenShape& shape) {
  for (auto at = value.find(shape.prefix); at != std::string_view::npos; at = value.find(shape.prefix, at + 1)) {
    if (at > 0 && is_token_char(value[at - 1])) continue;
    const std::string_view rest = value.substr(at + shape.prefix.size(), shape.following);
    // Tokens that end their prefix in '_' have none behind it: npm_config_… is a variable's name.
    const bool plain = shape.prefix.ends_with('_');
    const auto fits = [plain](char c) { return plain ? is_digit(c) || is_letter(c) : is_token_char(c); };
    if (rest.size() == shape.following && std::ranges::all_of(rest, fits)) return true;
  }
  return false;
}

// Letters and digits mixed, long, of one piece: no word, no path, no address.
bool looks_random(std::string_view value) {
  constexpr std::size_t kLongEnough = 16;
  constexpr std::string_view kAllowed = "_-+/=.";
  if (value.size() < kLongEnough) return false;
  const bool one_piece = std::ranges::all_of(
      value, [&](char c) { return is_digit(c) || is_letter(c) || kAllowed.find(c) != std::string_view::npos; });
  return one_piece && std::ranges::any_of(value, is_digit) && std::ranges::any_of(value, is_letter);
}

bool is_variable(std::string_view text) {
  return text.starts_with('$') || text.starts_with("{{") || text.starts_with("%(");
}

// scheme://user:password@host
bool has_url_password(std::string_view value) {
  for (auto at = value.find("://"); at != std::string_view::npos; at = value.find("://", at + 3)) {
    const std::string_view authority = value.substr(at + 3, value.find_first_of("/?# \t\"'", at + 3) - (at + 3));
    const auto end = authority.rfind('@');
    if (end == std::string_view::npos) continue;
    const std::string_view user_info = authority.substr(0, end);
    const auto colon = user_info.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view password = user_info.substr(colon + 1);
    if (!password.empty() && !is_variable(password) && !password.starts_with('<')) return true;
  }
  return false;
}

// "Server=db;Password=x;", "jdbc:…?password=x"
bool has_keyword_password(std::string_view value) {
  constexpr std::string_view kKeys[] = {"password=", "pwd="};
  if (value.find('=') == std::string_view::npos) return false;
  const std::string text = to_lower(value);
  const bool connection = text.find("server=") != std::string::npos || text.find("host=") != std::string::npos ||
                          text.find("data source=") != std::string::npos || text.starts_with("jdbc:");
  if (!connection) return false;
  return std::ranges::any_of(kKeys, [&](std::string_view key) {
    const auto at = text.find(key);
    if (at == std::string::npos) return false;
    const std::string_view rest = std::string_view(text).substr(at + key.size());
    return !rest.empty() && rest.front() != ';' && rest.front() != '&' && !is_variable(rest);
  });
}

std::string with_stars(std::string_view line, std::string_view value) {
  std::string result;
  for (auto at = line.find(value); at != std::string_view::npos; at = line.find(value)) {
    result.append(line.substr(0, at)).append(value.size(), '*');
    line.remove_prefix(at + value.size());
  }
  return result.append(line);
}

}  // namespace

bool names_a_secret(std::string_view name) { return suspicion_of(name) == Suspicion::strong; }

bool says_no_secret(std::string_view name) { return has_let_off(words_of(name)); }

std::string_view known_token(std::string_view value) {
  if (value.size() < kShortestToken) return {};
  if (value.find("-----BEGIN ") != std::string_view::npos && value.find("PRIVATE KEY") != std::string_view::npos)
    return "a private key";
  const TokenShape* found =
      std::ranges::find_if(kTokens, [&](const TokenShape& shape) { return has_token(value, shape); });
  return found == std::end(kTokens) ? std::string_view() : found->what;
}

bool has_connection_password(std::string_view value) { return has_url_password(value) || has_keyword_password(value); }

bool is_harmless_value(std::string_view value) {
  constexpr std::string_view kPlain[] = {"",     "true", "false", "yes",      "no",      "on",       "off",     "null",
                                         "none", "0",    "1",     "disabled", "enabled", "required", "optional"};
  const std::string text = to_lower(trim(value));
  if (among(kPlain, std::string_view(text)) || is_variable(text)) return true;
  return text.starts_with('/') || text.starts_with("./") || text.find("://") != std::string::npos ||
         (text.starts_with('<') && text.ends_with('>'));
}

std::optional<SecretHit> secret_in_variable(std::string_view name, std::string_view value) {
  if (const std::string_view token = known_token(value); !token.empty())
    return SecretHit{SecretKind::token, std::string(token)};
  if (has_connection_password(value)) return SecretHit{SecretKind::connection, "a connection string with its password"};
  const Suspicion suspicion = suspicion_of(name);
  if (suspicion == Suspicion::none || (suspicion == Suspicion::weak && !looks_random(value))) return std::nullopt;
  if (is_harmless_value(value)) return std::nullopt;
  return SecretHit{SecretKind::named, "what looks like a secret"};
}

std::optional<Span> place_of_value(std::string_view text, const Span& within, std::string_view value) {
  if (within.end > text.size() || within.begin >= within.end || value.empty()) return std::nullopt;
  if (value.find('\n') != std::string_view::npos) return std::nullopt;
  const std::string_view part = text.substr(within.begin, within.end - within.begin);
  const std::size_t at = part.find(value);
  if (at == std::string_view::npos || part.find(value, at + 1) != std::string_view::npos) return std::nullopt;
  const std::string_view before = part.substr(0, at);
  const std::size_t line_end = before.rfind('\n');
  Span span;
  span.begin = within.begin + static_cast<std::uint32_t>(at);
  span.end = span.begin + static_cast<std::uint32_t>(value.size());
  span.line = span.end_line = within.line + static_cast<std::uint32_t>(std::ranges::count(before, '\n'));
  span.column = static_cast<std::uint32_t>(line_end == std::string_view::npos ? within.column + at : at - line_end);
  span.end_column = span.column + static_cast<std::uint32_t>(value.size());
  return span;
}

std::string line_without(std::string_view text, const Span& place, std::span<const std::string_view> own,
                         std::span<const std::string_view> others) {
  constexpr std::size_t kLongest = 1000;
  const std::size_t at = std::min<std::size_t>(place.begin, text.size());
  const auto before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::string_view line = text.substr(begin, text.find_first_of("\r\n", begin) - begin);
  std::string shown(line);
  for (const std::string_view value : own) {
    if (!value.empty() && shown.find(value) != std::string::npos) {
      shown = with_stars(shown, value);
    } else {
      const auto name_end = line.find_first_of("=: ", std::min(at - begin, line.size()));
      // Only a name stands here; its value is on another line.
      const std::string_view word = line.substr(std::min(at - begin, line.size()));
      if (name_end == std::string_view::npos && names_a_secret(word) && known_token(word).empty()) continue;
      return std::string(line.substr(0, name_end == std::string_view::npos ? at - begin : name_end + 1)) + "***";
    }
  }
  for (const std::string_view value : others) {
    constexpr std::size_t kTellsNothing = 3;  // hiding every "x" would leave no line
    if (value.size() > kTellsNothing) shown = with_stars(shown, value);
  }
  return shown.substr(0, kLongest);
}

}  // namespace oakum::rules
