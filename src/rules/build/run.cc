#include "rules/build/run.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "rules/build/options.h"
#include "rules/build/structure.h"

namespace oakum::rules {

namespace {

constexpr OptionStyle kCurl{
    .letters = "AbcCdDeEFhHKmoPQrTtuUwxXyYz",
    .names =
        "output data data-binary data-raw data-urlencode form header request upload-file user user-agent "
        "cacert capath cert key max-time connect-timeout retry retry-delay retry-max-time proxy referer "
        "output-dir url write-out config cookie cookie-jar range resolve dump-header json"};
constexpr OptionStyle kWget{
    .letters = "aiBoOtTwQPUlADRIXe",
    .names =
        "output-document output-file append-output input-file tries timeout wait header user password "
        "directory-prefix user-agent post-data post-file body-data method ca-certificate accept reject execute "
        "level progress"};

// "/var/cache" holds "/var/cache/apt", and itself.
bool holds(std::string_view directory, std::string_view path) {
  while (directory.size() > 1 && directory.ends_with('/')) directory.remove_suffix(1);
  if (!path.starts_with(directory)) return false;
  return path.size() == directory.size() || path[directory.size()] == '/' || directory == "/";
}

const shell::Word* address_in(const Options& options) {
  const auto found = std::ranges::find_if(
      options.operands, [](const shell::Word* word) { return word->text.find("://") != std::string::npos; });
  if (found != options.operands.end()) return *found;
  return options.operands.empty() ? nullptr : options.operands.front();
}

bool writes_elsewhere(const shell::Command& command) {
  return std::ranges::any_of(command.redirections, [](const shell::Redirection& redirection) {
    const bool out = redirection.op == ">" || redirection.op == ">>" || redirection.op == "1>" ||
                     redirection.op == ">|" || redirection.op == "&>";
    return out && !redirection.target.text.starts_with("/dev/");
  });
}

bool is_standard_output(const Option& option) { return option.value == "-" || option.value.starts_with("/dev/"); }

}  // namespace

void each_run(const Dockerfile& dockerfile, const Stage& stage,
              const std::function<void(const Instruction&, const shell::Script&)>& look) {
  for (const Instruction& instruction : instructions_of(dockerfile, stage)) {
    if (instruction.kind == InstructionKind::run && instruction.script) look(instruction, *instruction.script);
  }
}

bool is_mounted_away(const Instruction& run, std::string_view path) {
  return std::ranges::any_of(run.flags, [&](const InstructionFlag& flag) {
    if (flag.name != "mount") return false;
    const std::string* type = flag.option("type");
    if (type == nullptr || (*type != "cache" && *type != "tmpfs")) return false;
    for (const std::string_view key : {"target", "dst", "destination"}) {
      const std::string* target = flag.option(key);
      if (target != nullptr && holds(*target, path)) return true;
    }
    return false;
  });
}

bool has_secret_mount(const Instruction& run) {
  return std::ranges::any_of(run.flags, [](const InstructionFlag& flag) {
    const std::string* type = flag.name == "mount" ? flag.option("type") : nullptr;
    return type != nullptr && *type == "secret";
  });
}

std::vector<const shell::Command*> feeding(const shell::Command& command, const shell::Script& script) {
  constexpr std::size_t kMost = 16;
  constexpr std::size_t kFar = 64;  // commands of substitutions stand between
  std::vector<const shell::Command*> result;
  if (command.joint != shell::Joint::pipe) return result;
  const auto at = static_cast<std::size_t>(&command - script.commands.data());
  for (std::size_t back = 1; back <= std::min(at, kFar) && result.size() < kMost; ++back) {
    const shell::Command& other = script.commands[at - back];
    if (other.pipeline == command.pipeline) result.push_back(&other);
  }
  return result;
}

bool removes_below(std::span<const shell::Command> commands, std::string_view directory) {
  return std::ranges::any_of(commands, [&](const shell::Command& command) {
    const std::string_view program = program_of(command);
    if (program != "rm" && !(program == "find" && command.has_word("-delete"))) return false;
    return std::ranges::any_of(arguments_of(command), [&](const shell::Word& word) {
      return holds(directory, word.text) || holds(word.text, directory);
    });
  });
}

bool is_posix_shell(const Instruction& run) {
  if (run.before.shell.empty()) return true;
  std::string_view name = run.before.shell.front();
  name.remove_prefix(std::min(name.size(), name.find_last_of("/\\") + 1));
  std::string program = to_lower(name);
  if (program.ends_with(".exe")) program.resize(program.size() - 4);
  return !is_listed("pwsh powershell cmd python python3 perl node ruby", program);
}

const OptionStyle& curl_options() { return kCurl; }
const OptionStyle& wget_options() { return kWget; }

bool is_downloader(std::string_view program) { return program == "curl" || program == "wget"; }

Download download_of(const shell::Command& command) {
  const bool curl = program_of(command) == "curl";
  const Options options = parse_options(arguments_of(command), curl ? kCurl : kWget);
  Download result;
  result.url = address_in(options);
  if (result.url == nullptr) {
    const Option* named = options.find({"url"});
    result.url = named != nullptr && named->value_word != nullptr ? named->value_word : program_word(command);
  }
  if (curl) {
    const Option* output = options.find({"o", "output"});
    result.to_file =
        options.has({"O", "remote-name", "remote-name-all"}) || (output != nullptr && !is_standard_output(*output));
    result.sends = options.has({"d", "data", "data-binary", "data-raw", "data-urlencode", "F", "form", "T",
                                "upload-file", "X", "request", "I", "head", "json"});
  } else {
    const Option* output = options.find({"O", "output-document"});
    result.to_file = output == nullptr || !is_standard_output(*output);
    result.sends = options.has({"post-data", "post-file", "body-data", "method", "spider"}) || options.operands.empty();
  }
  result.to_file = result.to_file || writes_elsewhere(command);
  return result;
}

}  // namespace oakum::rules
