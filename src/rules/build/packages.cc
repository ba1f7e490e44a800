#include "rules/build/packages.h"

#include <algorithm>
#include <iterator>

namespace oakum::rules {

namespace {

// Options that take their value from the next word, by the managers' manuals.
constexpr OptionStyle kApk{.letters = "pXt",
                           .names =
                               "root repository virtual arch keys-dir cache-dir cache-max-age repositories-file "
                               "wait progress-fd timeout"};
constexpr OptionStyle kApt{.letters = "tcoaP",
                           .names =
                               "target-release default-release config-file option host-architecture "
                               "build-profiles"};
constexpr OptionStyle kCargo{.letters = "FjZ",
                             .names =
                                 "version vers git branch tag rev path registry index root features jobs target "
                                 "profile bin example config target-dir"};
constexpr OptionStyle kComposer{.letters = "d", .names = "working-dir"};
constexpr OptionStyle kConda{.letters = "cnp", .names = "channel name prefix file repodata-fn"};
constexpr OptionStyle kDnf{.letters = "cxdeR",
                           .names =
                               "config installroot releasever enablerepo disablerepo repo repoid setopt exclude "
                               "disableplugin enableplugin advisory cve forcearch repofrompath"};
constexpr OptionStyle kGem{.letters = "vinPrspB",
                           .names = "version install-dir bindir source trust-policy platform http-proxy"};
constexpr OptionStyle kGo{
    .names =
        "C p asmflags buildmode compiler gccgoflags gcflags installsuffix ldflags mod modfile overlay pgo "
        "pkgdir tags toolexec exec",
    .single_dash_names = true};
constexpr OptionStyle kNpm{.letters = "Cw",
                           .names =
                               "loglevel prefix registry workspace cache tag userconfig fetch-retries "
                               "fetch-timeout omit include"};
constexpr OptionStyle kPip{.letters = "rcetifC",
                           .names =
                               "requirement constraint build-constraint editable target index-url extra-index-url "
                               "find-links platform "
                               "python-version implementation abi prefix root src trusted-host proxy retries "
                               "timeout exists-action cert client-cert cache-dir log no-binary only-binary "
                               "progress-bar upgrade-strategy config-settings global-option install-option "
                               "python report root-user-action use-feature use-deprecated keyring-provider group"};
constexpr OptionStyle kYarn{.names = "cwd registry cache-folder network-timeout modules-folder mutex"};
constexpr OptionStyle kZypper{.letters = "RDCcpPrt",
                              .names =
                                  "root reposd-dir cache-dir config plus-repo plus-content repo from type "
                                  "installroot userdata pkg-cache-dir releasever"};
constexpr OptionStyle kNone{};

struct Tool {
  std::string_view name;
  Manager manager;
  const OptionStyle& style;
  std::string_view scopes;    // words before the subcommand
  std::string_view installs;  // subcommands that install what their operands name
};
constexpr std::string_view kRpmInstalls = "install groupinstall localinstall reinstall";
constexpr Tool kTools[] = {
    {"apk", Manager::apk, kApk, "", "add"},
    {"apt", Manager::apt, kApt, "", "install"},
    {"apt-get", Manager::apt, kApt, "", "install"},
    {"aptitude", Manager::apt, kApt, "", "install"},
    {"cargo", Manager::cargo, kCargo, "", "install"},
    {"composer", Manager::composer, kComposer, "global", "require"},
    {"conda", Manager::conda, kConda, "", "install create"},
    {"dnf", Manager::dnf, kDnf, "module group", kRpmInstalls},
    {"dnf5", Manager::dnf, kDnf, "module group", kRpmInstalls},
    {"gem", Manager::gem, kGem, "", "install i"},
    {"go", Manager::go, kGo, "", "install get run"},
    {"install-php-extensions", Manager::php_extensions, kNone, "", ""},
    {"mamba", Manager::conda, kConda, "", "install create"},
    {"microdnf", Manager::dnf, kDnf, "module", kRpmInstalls},
    {"micromamba", Manager::conda, kConda, "", "install create"},
    {"npm", Manager::npm, kNpm, "", "install i add"},
    {"pip", Manager::pip, kPip, "", "install"},
    {"pnpm", Manager::npm, kNpm, "", "add"},
    {"tdnf", Manager::dnf, kDnf, "", kRpmInstalls},
    {"yarn", Manager::yarn, kYarn, "global", "add"},
    {"yum", Manager::yum, kDnf, "module group", kRpmInstalls},
    {"zypper", Manager::zypper, kZypper, "", "install in"},
};
static_assert(std::ranges::is_sorted(kTools, {}, &Tool::name));

const Tool* find_tool(std::string_view name) {
  if (name.empty()) return nullptr;
  const auto* found = std::ranges::find_if(
      kTools, [&](const Tool& tool) { return tool.name.front() == name.front() && tool.name == name; });
  return found == std::end(kTools) ? nullptr : found;
}

// "pip3.11" for "pip": the name and a version.
bool is_versioned(std::string_view text, std::string_view name) {
  if (!text.starts_with(name)) return false;
  return text.find_first_not_of("0123456789.", name.size()) == std::string_view::npos;
}

// In `python -m pip …` the words behind "pip"; else none.
std::optional<std::span<const shell::Word>> module_pip(std::span<const shell::Word> words) {
  for (std::size_t i = 0; i < words.size() && words[i].text.starts_with('-'); ++i) {
    if (words[i].text == "-m" && i + 1 < words.size() && words[i + 1].text == "pip") return words.subspan(i + 1);
  }
  return std::nullopt;
}

// The operands in front of the packages: scope and subcommand.
void take_subcommand(PackageCommand& result, const Tool& tool) {
  result.subcommand_word = result.tool_word;
  if (tool.manager == Manager::php_extensions) return;
  auto& operands = result.arguments.operands;
  std::size_t taken = 0;
  if (taken < operands.size() && is_listed(tool.scopes, operands[taken]->text)) result.scope = operands[taken++]->text;
  if (taken < operands.size()) {
    result.subcommand_word = operands[taken];
    result.subcommand = operands[taken++]->text;
  }
  operands.erase(operands.begin(), operands.begin() + static_cast<std::ptrdiff_t>(taken));
}

}  // namespace

bool PackageCommand::installs() const {
  if (manager == Manager::php_extensions) return true;
  const Tool* found = find_tool(tool);
  return found != nullptr && !subcommand.empty() && is_listed(found->installs, subcommand);
}

std::optional<PackageCommand> package_command(const shell::Command& command) {
  // Asked by many rules of each command: most call no package manager, and that is seen first.
  const shell::Word* tool_word = program_word(command);
  if (tool_word == nullptr) return std::nullopt;
  const std::string_view path = tool_word->text;
  const std::string_view program = path.substr(path.rfind('/') + 1);
  std::span<const shell::Word> words = arguments_of(command);
  const Tool* tool = find_tool(program);
  if (tool == nullptr && is_versioned(program, "pip")) tool = find_tool("pip");
  if (tool == nullptr && is_versioned(program, "python")) {
    const auto behind = module_pip(words);
    if (!behind) return std::nullopt;
    tool = find_tool("pip");
    tool_word = &behind->front();
    words = behind->subspan(1);
  }
  if (tool == nullptr) return std::nullopt;
  PackageCommand result;
  result.tool_word = tool_word;
  result.manager = tool->manager;
  result.tool = tool->name;
  result.arguments = parse_options(words, tool->style);
  // What follows "--" are operands for all but gem, which hands them to the build of extensions.
  if (tool->manager != Manager::gem) {
    for (const shell::Word& word : result.arguments.rest) result.arguments.operands.push_back(&word);
  }
  take_subcommand(result, *tool);
  return result;
}

std::vector<std::optional<PackageCommand>> package_commands(const shell::Script& script) {
  std::vector<std::optional<PackageCommand>> calls;
  calls.reserve(script.commands.size());
  for (const shell::Command& command : script.commands) calls.push_back(package_command(command));
  return calls;
}

}  // namespace oakum::rules
