#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/image/history.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// Between underscores, as names are made of words.
constexpr std::string_view kWords[] = {"APIKEY",   "CREDENTIAL", "CREDENTIALS", "PASS", "PASSWD",
                                       "PASSWORD", "PWD",        "SECRET",      "TOKEN"};
constexpr std::string_view kHarmless[] = {"FILE", "PATH", "PUBLIC", "VERSION", "URL"};

template <std::size_t N>
bool has_word(std::string_view upper, const std::string_view (&words)[N]) {
  while (!upper.empty()) {
    if (std::ranges::find(words, next_field(upper, '_')) != std::end(words)) return true;
  }
  return false;
}

bool is_secret_name(std::string_view name) {
  std::string upper;
  for (const char c : name) upper += c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (upper == "PWD" || upper == "OLDPWD") return false;
  const bool key =
      upper.ends_with("_KEY") && (upper.find("API") != std::string::npos || upper.find("ACCESS") != std::string::npos ||
                                  upper.find("PRIVATE") != std::string::npos);
  return (key || has_word(std::string_view(upper), kWords)) && !has_word(std::string_view(upper), kHarmless);
}

// "$TOKEN", "$(cat /run/secrets/x)" and empty values give nothing away.
bool is_literal(std::string_view value) {
  while (!value.empty() && (value.front() == '"' || value.front() == '\'')) value.remove_prefix(1);
  return !value.empty() && value.front() != '$' && value.front() != '"' && value.front() != '\'' &&
         value.front() != '`' && value.front() != '/';
}

// "https://user:word@host"
bool is_url_with_password(std::string_view word) {
  const auto scheme = word.find("://");
  if (scheme == std::string_view::npos) return false;
  std::string_view authority = word.substr(scheme + 3);
  authority = authority.substr(0, authority.find('/'));
  const auto at = authority.rfind('@');
  const auto colon = authority.find(':');
  return at != std::string_view::npos && colon != std::string_view::npos && colon + 1 < at &&
         authority[colon + 1] != '$';
}

void look_at_word(const ImageFacts& image, std::string_view word, std::string_view step, Judge& judge) {
  if (is_url_with_password(word)) {
    judge.found(image, join({"a URL with a password stands in a ", step, " step"}));
    return;
  }
  std::string_view value = word;
  std::string_view name = next_field(value, '=');
  while (name.starts_with('-')) name.remove_prefix(1);
  if (name.size() == word.size() || !is_secret_name(name) || !is_literal(value)) return;
  judge.found(image, join({"the value of ", quoted(name), " stands in a ", step, " step"}));
}

void check(const ImageFacts& image, Judge& judge) {
  std::set<std::string_view> seen;
  for (const HistoryStep& step : image.history) {
    std::string_view text = step.created_by;
    const std::string_view instruction = std::string_view(step.instruction).substr(0, step.instruction.find(' '));
    if (instruction == "ENV" || instruction == "LABEL") continue;  // those are in the configuration and told from there
    while (!text.empty()) {
      const std::string_view word = next_field(text, ' ');
      // Each later RUN repeats the build arguments.
      if (!word.empty() && seen.insert(word).second) look_at_word(image, word, instruction, judge);
    }
  }
}

}  // namespace

extern constinit const Rule history_secret{
    .info = checked({
        .id = "history-secret",
        .title = "the history of the image holds a credential",
        .severity = Severity::high,
        .practice = Practice::scan_secrets,
        .surfaces = "I",
        .aliases = "CIS-4.10 CIS-DI-0010",
        .fix = FixSafety::advice,
        .fix_summary = "give it by a secret mount (RUN --mount=type=secret), rebuild, and change the credential",
        .why = "Build arguments and the text of every step are stored in the image and printed by docker history. A "
               "password "
               "passed that way is known to everybody who may pull.",
        .bad = {Surface::image,
                R"({"config": {"history": [{"created_by": "|1 API_TOKEN=abc123 /bin/sh -c ./fetch"}]}})"},
        .good = {Surface::image, R"({"config": {"history": [{"created_by": "|1 VERSION=1.27 /bin/sh -c ./fetch"}]}})"},
        .references = "https://docs.docker.com/build/building/secrets/ https://www.cisecurity.org/benchmark/docker",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
