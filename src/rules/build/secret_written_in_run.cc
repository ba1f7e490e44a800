#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/build/options.h"
#include "rules/build/run.h"
#include "rules/build/secret_text.h"
#include "rules/kit/command_secrets.h"
#include "rules/kit/judge.h"
#include "rules/kit/secrets.h"

namespace oakum::rules {

namespace {

// Commands that keep a credential: a word that names it, and its value behind it or behind '='.
struct Setting {
  std::string_view programs;
  std::string_view words;  // parts of the naming word, separated by spaces
};
constexpr Setting kSettings[] = {
    {"npm yarn pnpm", ":_authToken :_password :_auth npmAuthToken"},
    {"composer", "github-oauth. gitlab-token. http-basic. bearer."},
    {"poetry", "http-basic. pypi-token."},
    {"aws", "aws_secret_access_key aws_session_token"},
};

bool names_credential(std::string_view program, std::string_view word) {
  return std::ranges::any_of(kSettings, [&](const Setting& row) {
    if (!is_listed(row.programs, program)) return false;
    std::string_view parts = row.words;
    while (!parts.empty()) {
      const std::size_t end = std::min(parts.find(' '), parts.size());
      if (word.find(parts.substr(0, end)) != std::string_view::npos) return true;
      parts.remove_prefix(std::min(end + 1, parts.size()));
    }
    return false;
  });
}

// npm reads ${NAME} in its file when it runs: such a line holds no secret.
bool is_for_npm_to_expand(const shell::Word& word) {
  return !word.expands && word.text.find("=${") != std::string::npos;
}

bool to_file(const shell::Command& command) {
  return std::ranges::any_of(command.redirections, [](const shell::Redirection& redirection) {
    return redirection.op.find('>') != std::string::npos && redirection.op.find('&') == std::string::npos &&
           !redirection.op.starts_with('2') && !redirection.target.text.starts_with("/dev/");
  });
}

// Something is written to a file: by the command itself, or by a tee right behind it.
bool writes(const shell::Command& command, const shell::Script& script) {
  if (to_file(command)) return true;
  const auto next = static_cast<std::size_t>(&command - script.commands.data()) + 1;
  if (next >= script.commands.size() || script.commands[next].pipeline != command.pipeline) return false;
  return program_of(script.commands[next]) == "tee" || to_file(script.commands[next]);
}

// What is wrong with a word that is printed into a file; "" nothing. Never the secret itself.
std::string written(const shell::Word& word) {
  const bool npm_line = word.text.find(":_authToken=") != std::string::npos;
  if (npm_line && !is_for_npm_to_expand(word)) return "writes npm's token into a file of the layer";
  if (const std::string_view name = secret_variable(word); !name.empty())
    return join({"writes the value of ", quoted(name), " into a file of the layer"});
  return {};
}

bool is_identifier(std::string_view text) {
  const auto belongs = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !text.empty() && std::ranges::all_of(text, belongs);
}

// Values that only fill a place: SECRET_KEY_BASE=dummy rake assets:precompile.
bool fills_a_place(std::string_view value) {
  const std::string lower = to_lower(value);
  return is_listed("changeit dummy example fake placeholder precompile test unused xxx", lower) ||
         lower.starts_with("dummy") || lower.ends_with("_dummy");
}

// --db-password VALUE, not --no-password, --with-token: the last word of the flag says what follows.
bool is_followed_by_secret(std::string_view flag) {
  for (const std::string_view start : {"no-", "with-", "without-", "skip-", "use-", "disable-", "require-", "allow-"}) {
    if (flag.starts_with(start)) return false;
  }
  for (const std::string_view end :
       {"password", "passwd", "passphrase", "token", "apikey", "api-key", "access-key", "secret-key", "requirepass"}) {
    if (flag.ends_with(end)) return true;
  }
  return false;
}

constexpr std::string_view kTokenInLine = "a token stands in the line, and so in the image's history";

class Command {
 public:
  Command(const shell::Command& command, const RunView& view, Judge& judge)
      : command_(command),
        view_(view),
        judge_(judge),
        program_(program_of(command)),
        makes_accounts_(is_listed("useradd usermod passwd chpasswd", program_)) {}

  // The first word that gives a secret away.
  void run() {
    for (const shell::Assignment& assignment : command_.assignments) {
      if (has_token(assignment.value.text)) return tell(assignment.value, std::string(kTokenInLine));
      if (is_secret(assignment.name, assignment.value)) return tell(assignment.value, of_name(assignment.name));
    }
    const auto words = arguments_of(command_);
    const bool configures = command_.has_word("set") || command_.has_word("config") || command_.has_word("configure");
    const bool prints = is_listed("echo printf", program_) && writes(command_, view_.script);
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::string message = of_any(words[i]);
      const bool has_value = i + 1 < words.size() || words[i].text.find('=') != std::string::npos;
      if (message.empty() && configures && has_value) message = of_setting(words[i]);
      if (message.empty() && prints) message = written(words[i]);
      if (message.empty() && program_ == "curl" && i + 1 < words.size()) message = of_login(words[i], words[i + 1]);
      if (message.empty()) message = of_named(words, i);
      if (!message.empty()) return tell(words[i], std::move(message));
    }
  }

 private:
  static std::string of_any(const shell::Word& word) {
    const std::string_view host = host_with_password(word);
    if (!host.empty()) return join({"the address holds a password for ", quoted(host)});
    return has_token(word.text) ? std::string(kTokenInLine) : std::string();
  }

  std::string of_setting(const shell::Word& word) const {
    if (!names_credential(program_, word.text) || is_for_npm_to_expand(word)) return {};
    return join({quoted(program_), " keeps the credential in its configuration file"});
  }

  static std::string of_name(std::string_view name) {
    return join({"the value of ", quoted(name), " stands in the line, and so in the image's history"});
  }

  // A name for secrets with a value that is written out.
  static bool is_secret(std::string_view name, const shell::Word& value) {
    return !value.expands && is_secret(name, std::string_view(value.text));
  }
  static bool is_secret(std::string_view name, std::string_view value) {
    return names_a_secret(name) && !is_harmless_value(value) && !fills_a_place(value);
  }

  // --token=VALUE, --token VALUE, NAME=VALUE. What useradd and its like are given is told by chpasswd.
  std::string of_named(std::span<const shell::Word> words, std::size_t at) const {
    if (makes_accounts_ || words[at].expands) return {};
    std::string_view value = words[at].text;
    const std::string_view name = next_field(value, '=');
    const bool has_value = name.size() < words[at].text.size();
    const std::string_view flag = name.substr(std::min(name.find_first_not_of('-'), name.size()));
    if (has_value)
      return (name != flag || is_identifier(name)) && is_secret(flag, value) ? of_name(name) : std::string();
    if (!name.starts_with("--") || at + 1 >= words.size() || !is_followed_by_secret(flag)) return {};
    const shell::Word& next = words[at + 1];
    if (has_token(next.text)) return {};  // told by itself
    return !next.text.starts_with('-') && is_secret(flag, next) ? of_name(name) : std::string();
  }

  // curl -u user:password
  static std::string of_login(const shell::Word& flag, const shell::Word& value) {
    if (flag.text != "-u" && flag.text != "--user") return {};
    const std::size_t colon = value.text.find(':');
    const bool literal = colon != std::string::npos && colon + 1 < value.text.size() && value.text[colon + 1] != '$';
    return literal ? std::string("a password stands in the line, and so in the image's history") : std::string();
  }

  void tell(const shell::Word& word, std::string message) {
    Finding& finding = judge_.found(view_.dockerfile, view_.instruction, word.span, std::move(message));
    if (view_.dockerfile.image.empty()) only_aliases(finding, {});
  }

  const shell::Command& command_;
  const RunView& view_;
  Judge& judge_;
  std::string_view program_;
  bool makes_accounts_;
};

void check_command(const shell::Command& command, const RunView& view, Judge& judge) {
  if (!has_secret_mount(view.instruction)) Command(command, view, judge).run();
}

bool is_in_script(const Heredoc& heredoc, const Instruction& instruction) {
  return instruction.script && std::ranges::any_of(instruction.script->commands, [&](const shell::Command& command) {
           return command.span.begin >= heredoc.body.begin && command.span.begin < heredoc.body.end;
         });
}

// CMD ["redis-server", "--requirepass", "…"]: the configuration of the image holds it.
void check_default(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  CommandLine line{.arguments = {}, .shell_form = !instruction.json_form};
  for (const Argument& argument : instruction.arguments) line.arguments.push_back(argument.value);
  const std::vector<CommandSecret> secrets = secrets_in(line);
  if (secrets.empty()) return;
  Finding& finding = judge.found(dockerfile, instruction, instruction.text_span,
                                 join({instruction.name, " holds ", secrets.front().what, " (value not shown)"}));
  only_aliases(finding, {});
  std::vector<std::string_view> values;
  for (const CommandSecret& secret : secrets) values.push_back(secret.value);
  const Source* source = judge.subjects().source(finding.origin.source);
  if (source != nullptr) finding.excerpt = line_without(source->text, finding.origin.span, values);
}

// Files written out in the Dockerfile: COPY <<EOF, RUN cat <<EOF. The first with a token is told.
void check_instruction(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  if (instruction.kind == InstructionKind::cmd || instruction.kind == InstructionKind::entrypoint)
    return check_default(instruction, dockerfile, judge);
  const auto heredoc =
      std::ranges::find_if(instruction.heredocs, [](const Heredoc& text) { return has_token(text.content); });
  if (heredoc != instruction.heredocs.end() && !is_in_script(*heredoc, instruction))
    only_aliases(judge.found(dockerfile, instruction, heredoc->marker, "the text holds a token or a private key"), {});
}

}  // namespace

extern constinit const Rule secret_written_in_run{
    .info = checked({
        .id = "secret-written-in-run",
        .title = "a build step writes a secret into the image",
        .severity = Severity::high,
        .practice = Practice::scan_secrets,
        .surfaces = "DI",
        .aliases = "CIS-4.10 CIS-DI-0010",
        .fix = FixSafety::advice,
        .fix_summary =
            "RUN --mount=type=secret,id=NAME and use it in that step only; then replace the secret, it is out",
        .why =
            "A clone keeps the address with its password in .git/config, npm and others keep tokens in files below the "
            "home directory, and the line itself stands in the image's history. Everybody who can pull the image "
            "has them.",
        .bad = {Surface::dockerfile,
                "FROM node:22\nARG NPM_TOKEN\n"
                "RUN npm config set //registry.npmjs.org/:_authToken $NPM_TOKEN && npm ci\n"},
        .good = {Surface::dockerfile, "FROM node:22\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n"},
        .references = "https://docs.docker.com/build/building/secrets/",
    }),
    .checks = {.instruction = check_instruction, .command = check_command, .history = true},
};

}  // namespace oakum::rules
