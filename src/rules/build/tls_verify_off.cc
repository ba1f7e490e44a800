#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "rules/build/options.h"
#include "rules/build/run.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// A variable that switches the check off for all that reads it.
struct Variable {
  std::string_view name;
  std::string_view values;  // separated by spaces; "" any
  std::string_view checkov;
};
constexpr std::string_view kNo = "0 false no off";
constexpr std::string_view kYes = "1 true yes on";
constexpr Variable kVariables[] = {
    {"GIT_SSL_NO_VERIFY", kYes, "CKV2_DOCKER_14"},
    {"GOINSECURE", "", ""},
    {"NODE_TLS_REJECT_UNAUTHORIZED", "0", "CKV2_DOCKER_6"},
    {"NPM_CONFIG_STRICT_SSL", kNo, "CKV2_DOCKER_12"},
    {"PIP_TRUSTED_HOST", "", "CKV2_DOCKER_16"},
    {"PYTHONHTTPSVERIFY", "0", "CKV2_DOCKER_5"},
    {"YARN_STRICT_SSL", kNo, ""},
};

const Variable* variable_of(std::string_view name, std::string_view value) {
  const auto* found = std::ranges::find_if(kVariables, [&](const Variable& row) {
    return equals_ignoring_case(row.name, name) &&
           (row.values.empty() ? !value.empty() : is_listed(row.values, to_lower(value)));
  });
  return found == std::end(kVariables) ? nullptr : found;
}

std::string message_of(std::string_view name, std::string_view value) {
  return join({quoted(join({name, "=", value})), " takes any certificate for the server's"});
}

void mark(Finding& finding, std::string_view alias) {
  only_aliases(finding, {});
  if (!alias.empty()) add_alias(finding, alias);
}

// An option of a command. `words`: as it is written, its value behind '=' where there is one.
struct Switch {
  std::string_view program;
  std::string_view words;
  std::string_view checkov;
};
constexpr std::string_view kStrictSsl = "--strict-ssl=false --no-strict-ssl";
constexpr std::string_view kTlsVerify = "--tls-verify=false";
constexpr std::string_view kSkipVerify = "--insecure-skip-tls-verify --insecure-skip-tls-verify=true";
constexpr Switch kSwitches[] = {
    {"buildah", kTlsVerify, ""},
    {"conda", "--insecure", ""},
    {"helm", kSkipVerify, ""},
    {"kubectl", kSkipVerify, ""},
    {"mamba", "--insecure", ""},
    {"micromamba", "--insecure", ""},
    {"npm", kStrictSsl, "CKV2_DOCKER_13"},
    {"pnpm", kStrictSsl, "CKV2_DOCKER_13"},
    {"podman", kTlsVerify, ""},
    {"skopeo", kTlsVerify, ""},
    {"wget", "--no-check-certificate", "CKV2_DOCKER_3"},
    {"yarn", kStrictSsl, "CKV2_DOCKER_13"},
};

// Settings inside a word: `--setopt=sslverify=false`, `git -c http.sslVerify=false`, a line for a file.
struct Setting {
  std::string_view text;  // lower case; holds '=' or '"'
  std::string_view checkov;
};
constexpr std::size_t kShortestSetting = 11;
constexpr Setting kSettings[] = {
    {"http.sslverify=false", ""},           {"http.sslverify=0", ""},  {"sslverify=false", "CKV2_DOCKER_15"},
    {"sslverify=0", "CKV2_DOCKER_15"},      {"verify-peer=false", ""}, {"verify-peer \"false\"", ""},
    {"strict-ssl=false", "CKV2_DOCKER_13"},
};

static_assert(std::ranges::all_of(kSettings, [](const Setting& row) { return row.text.size() >= kShortestSetting; }));

// Asked of every word there is: what most are not is seen first.
bool may_hold_setting(std::string_view word) {
  return word.size() >= kShortestSetting &&
         (word.find('=') != std::string_view::npos || word.find('"') != std::string_view::npos);
}

// `npm config set strict-ssl false`, `git config --global http.sslVerify false`: name and value are words of their own.
bool sets_off(const shell::Word& name, const shell::Word& value) {
  constexpr std::size_t kShortestName = 10;
  constexpr std::size_t kLongestNo = 5;
  if (name.text.size() < kShortestName || value.text.size() > kLongestNo) return false;
  return is_listed("strict-ssl http.sslverify ssl_verify", to_lower(name.text)) && is_listed(kNo, to_lower(value.text));
}

class Command {
 public:
  Command(const shell::Command& command, const RunView& view, Judge& judge)
      : command_(command),
        view_(view),
        judge_(judge),
        program_(program_of(command)),
        switch_(std::ranges::find(kSwitches, program_, &Switch::program)),
        takes_variables_(is_listed("export env", command.name())) {}

  void run() {
    for (const shell::Assignment& assignment : command_.assignments)
      variable(assignment.name, assignment.value.text, assignment.value.span);
    options();
    for (std::size_t i = 0; i < command_.words.size(); ++i) word(i);
  }

 private:
  void found(const Span& where, std::string_view what, std::string_view alias) {
    mark(judge_.found(view_.dockerfile, view_.instruction, where,
                      join({quoted(what), " takes any certificate for the server's"})),
         alias);
  }

  void variable(std::string_view name, std::string_view value, const Span& where) {
    if (const Variable* row = variable_of(name, value)) found(where, join({name, "=", value}), row->checkov);
  }

  void options() {
    if (program_ == "curl") {
      const Options options = parse_options(arguments_of(command_), curl_options());
      if (const Option* off = options.find({"k", "insecure", "proxy-insecure"}))
        found(off->word->span, off->word->text, "CKV2_DOCKER_2");
    }
    const bool pip = program_.starts_with("pip") || (program_.starts_with("python") && command_.has_word("pip"));
    if (!pip) return;
    const auto words = arguments_of(command_);
    const auto trusted =
        std::ranges::find_if(words, [](const shell::Word& word) { return word.text.starts_with("--trusted-host"); });
    if (trusted != words.end()) found(trusted->span, trusted->text, "CKV2_DOCKER_4");
  }

  void word(std::size_t at) {
    const shell::Word& word = command_.words[at];
    if (switch_ != std::end(kSwitches) && is_listed(switch_->words, word.text))
      return found(word.span, word.text, switch_->checkov);
    if (may_hold_setting(word.text) && setting(word)) return;
    if (at + 1 < command_.words.size() && sets_off(word, command_.words[at + 1])) {
      const bool npm = to_lower(word.text) == "strict-ssl";
      return found(word.span, join({word.text, " ", command_.words[at + 1].text}), npm ? "CKV2_DOCKER_13" : "");
    }
    if (!takes_variables_) return;
    std::string_view value = word.text;  // export NAME=value, env NAME=value
    const std::string_view name = next_field(value, '=');
    variable(name, value, word.span);
  }

  bool setting(const shell::Word& word) {
    const std::string lower = to_lower(word.text);
    for (const Setting& row : kSettings) {
      const std::size_t begin = lower.find(row.text);
      if (begin == std::string::npos) continue;
      found(word.span, std::string_view(word.text).substr(begin, row.text.size()), row.checkov);
      return true;
    }
    return false;
  }

  const shell::Command& command_;
  const RunView& view_;
  Judge& judge_;
  std::string_view program_;
  const Switch* switch_;  // of that program
  bool takes_variables_;
};

void check_command(const shell::Command& command, const RunView& view, Judge& judge) {
  Command(command, view, judge).run();
}

void check_instruction(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  for (const Assignment& assignment : instruction.assignments) {
    const Variable* row = variable_of(assignment.key.value, assignment.value.value);
    if (row == nullptr || !assignment.has_value) continue;
    mark(
        judge.found(dockerfile, instruction, assignment.span, message_of(assignment.key.value, assignment.value.value)),
        row->checkov);
  }
}

void check_workload(const Workload& workload, Judge& judge) {
  for (const auto& [variable, origin, known] : workload.environment) {
    if (!known || !variable.value) continue;
    const Variable* row = variable_of(variable.name, *variable.value);
    if (row != nullptr) mark(judge.found(workload, origin, message_of(variable.name, *variable.value)), row->checkov);
  }
}

void check_image(const ImageFacts& image, Judge& judge) {
  for (const std::string_view entry : image.image.config.env) {
    std::string_view value = entry;
    const std::string_view name = next_field(value, '=');
    const Variable* row = variable_of(name, value);
    if (row != nullptr) mark(judge.found(image, message_of(name, value)), row->checkov);
  }
}

}  // namespace

extern constinit const Rule tls_verify_off{
    .info = checked({
        .id = "tls-verify-off",
        .title = "certificates of servers are not checked",
        .severity = Severity::high,
        .practice = Practice::pinned_trusted_base,
        .surfaces = "DICKRL",
        .aliases = "CKV2_DOCKER_12 CKV2_DOCKER_13 CKV2_DOCKER_14 CKV2_DOCKER_15 CKV2_DOCKER_16 CKV2_DOCKER_2 "
                   "CKV2_DOCKER_3 CKV2_DOCKER_4 CKV2_DOCKER_5 CKV2_DOCKER_6",
        .fix = FixSafety::unsafe,
        .fix_summary = "drop it, and give the certificate authority that is missing (ca-certificates)",
        .why =
            "Without the check anybody between you and the server can answer in its place: read what is sent, and put "
            "in other code. As a variable in the image or the container it holds for every connection of the program.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN curl -fsSLk https://example.org/key.asc -o /key.asc\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nRUN curl -fsSL https://example.org/key.asc -o /key.asc\n"},
        .references = "https://www.checkov.io/5.Policy%20Index/dockerfile.html https://curl.se/docs/sslcerts.html",
    }),
    .checks = {.workload = check_workload,
               .instruction = check_instruction,
               .instructions = {InstructionKind::arg, InstructionKind::env},
               .command = check_command,
               .image = check_image,
               .history = true},
};

}  // namespace oakum::rules
