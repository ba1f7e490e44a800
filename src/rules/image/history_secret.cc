#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/kit/judge.h"
#include "rules/kit/secrets.h"

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

class Search {
 public:
  Search(const ImageFacts& image, Judge& judge) : image_(image), judge_(judge) {}

  void step(std::size_t at) {
    const HistoryStep& step = image_.history[at];
    const BuiltBy built = built_by(step.created_by);
    const std::string_view name = built.run ? "RUN" : built.text.substr(0, built.text.find(' '));
    if (name == "ENV" || name == "LABEL") return;  // those are in the configuration and told from there
    if (!built.run || built.text.empty()) return text(built.text, name);
    // Build arguments stand before the script.
    const auto before = static_cast<std::size_t>(built.text.data() - step.created_by.data());
    text(std::string_view(step.created_by).substr(0, before), name);
    if (at >= image_.build.instructions.size() || !image_.build.instructions[at].script) return text(built.text, name);
    for (const shell::Command& command : image_.build.instructions[at].script->commands) look_at(command);
  }

 private:
  void text(std::string_view words, std::string_view step) {
    while (!words.empty()) {
      const std::string_view word = next_field(words, ' ');
      if (!is_new(word)) continue;
      if (is_url_with_password(word)) {
        judge_.found(image_, join({"a URL with a password stands in a ", step, " step"}));
        continue;
      }
      std::string_view value = word;
      const std::string_view name = next_field(value, '=');
      if (name.size() < word.size()) setting(name, value, step);
    }
  }

  // Passwords in addresses and tokens are secret-written-in-run's to tell.
  void look_at(const shell::Command& command) {
    for (const shell::Assignment& assignment : command.assignments) {
      const std::string& value = assignment.value.text;
      if (known_token(value).empty() && is_new(join({assignment.name, "=", value})))
        setting(assignment.name, value, "RUN");
    }
    for (const shell::Word& word : command.words) {
      std::string_view value = word.text;
      const std::string_view name = next_field(value, '=');
      if (name.size() < word.text.size() && known_token(value).empty() && is_new(word.text))
        setting(name, value, "RUN");
    }
  }

  void setting(std::string_view name, std::string_view value, std::string_view step) {
    while (name.starts_with('-')) name.remove_prefix(1);
    if (name.find(' ') != std::string_view::npos || !is_secret_name(name) || !is_literal(value)) return;
    judge_.found(image_, join({"the value of ", quoted(name), " stands in a ", step, " step"}));
  }

  // Each later RUN repeats the build arguments.
  bool is_new(std::string_view word) { return !word.empty() && seen_.insert(std::string(word)).second; }

  const ImageFacts& image_;
  Judge& judge_;
  std::set<std::string> seen_;
};

void check(const ImageFacts& image, Judge& judge) {
  Search search(image, judge);
  for (std::size_t i = 0; i < image.history.size(); ++i) search.step(i);
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
