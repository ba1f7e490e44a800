#include "fix/build/owner.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "fix/build/accounts.h"
#include "fix/build/base.h"
#include "fix/build/chain.h"
#include "fix/kit/image_needs.h"
#include "model/image_facts.h"
#include "model/platform_defaults.h"

namespace oakum::fix::build {

namespace {

// A number that no distribution gives to anybody, and that distroless images use for the same.
constexpr std::string_view kOwnNumber = "65532";

// Official images that start as root and also run as this user of theirs, once these commands were run.
struct Prepared {
  std::string_view image;
  std::string_view user;
  std::string_view alpine_user;
  std::string_view commands;
};
constexpr Prepared kPrepared[] = {
    {"docker.io/library/httpd", "33:33", "82:82", "chown $OWNER /usr/local/apache2/logs"},
    {"docker.io/library/nginx", "101:101", "101:101",
     "chown -R $OWNER /var/cache/nginx\n&& touch /run/nginx.pid\n&& chown $OWNER /run/nginx.pid"},
    {"docker.io/library/php", "33:33", "82:82", ""},
    {"docker.io/library/wordpress", "33:33", "82:82", ""},
};

constexpr std::array<std::string_view, 15> kRootPrograms = {
    "/sbin/init", "anacron", "chronyd", "cron",       "crond",       "dnsmasq", "dockerd", "init",
    "keepalived", "ntpd",    "openvpn", "containerd", "supervisord", "tcpdump", "sshd"};
// Servers that distributions install with directories of root's to write to, and that step down by themselves.
constexpr std::array<std::string_view, 17> kServers = {
    "apache2", "apache2ctl", "apachectl", "httpd",    "lighttpd", "mariadbd", "mysqld",    "mysqld_safe", "named",
    "nginx",   "php-fpm",    "postfix",   "rsyslogd", "service",  "slapd",    "systemctl", "vsftpd"};
constexpr std::array<std::string_view, 5> kSteppingDown = {"gosu", "su-exec", "setpriv", "runuser", "setuidgid"};

bool has(const auto& list, std::string_view word) { return std::ranges::find(list, word) != std::end(list); }

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// The program that an exec form or a script starts with.
std::string_view program_of(const Instruction& start) {
  if (start.json_form) return start.arguments.empty() ? std::string_view() : base_name(start.arguments.front().value);
  if (!start.script || start.script->commands.empty()) return {};
  const shell::Command& command = start.script->commands.front();
  const std::size_t at = shell::unwrapped(command);
  return at < command.words.size() ? base_name(command.words[at].text) : std::string_view();
}

std::string image_name(const Place& place) {
  const Stage* root = root_of(*place.file, *place.stage);
  return root->image_known && !root->image.variable ? root->image.canonical_name() : std::string();
}

// The official image of that server knows how to start it as another user.
bool is_prepared(const Place& place) {
  const std::string name = image_name(place);
  const ImageNeeds* needs = needs_of_image(root_of(*place.file, *place.stage)->image);
  return std::ranges::find(kPrepared, std::string_view(name), &Prepared::image) != std::end(kPrepared) ||
         (needs != nullptr && !needs->runs_commands);
}

// Why the image's program has to start as root, as far as its Dockerfile shows.
std::optional<Refusal> needs_root(const Place& place, const Stage& stage) {
  for (const Instruction* step : steps_of(*place.file, stage)) {
    for (const std::string_view tool : kSteppingDown) {
      if (step->kind != InstructionKind::label && step->text.find(tool) != std::string::npos)
        return Refusal{"it seems to start as root and to step down by itself with " + std::string(tool) +
                       ": start it as its user instead, with directories that belong to it, and write USER"};
    }
    if (step->kind != InstructionKind::cmd && step->kind != InstructionKind::entrypoint) continue;
    const std::string_view program = program_of(*step);
    if (has(kServers, program) && !is_prepared(place))
      return Refusal{"\"" + std::string(program) +
                     "\" as distributions install it writes to directories of root's: build on its official image, or "
                     "give these to a user by hand"};
    if (has(kRootPrograms, program))
      return Refusal{"\"" + std::string(program) +
                     "\" has to start as root: let the engine start the programs it runs, each in a container"};
  }
  return std::nullopt;
}

std::string replace_owner(std::string_view commands, std::string_view owner) {
  constexpr std::string_view kName = "$OWNER";
  std::string result(commands);
  for (std::size_t at = result.find(kName); at != std::string::npos; at = result.find(kName))
    result.replace(at, kName.size(), owner);
  return result;
}

std::optional<Owner> prepared_owner(const Place& place, const Context& context) {
  const std::string name = image_name(place);
  const auto* row = std::ranges::find(kPrepared, std::string_view(name), &Prepared::image);
  if (row == std::end(kPrepared)) return std::nullopt;
  const std::string user(family_of(place, context) == Family::alpine ? row->alpine_user : row->user);
  Owner owner{.user = user, .files = user, .commands = {}, .edits = {}, .note = {}};
  if (!row->commands.empty()) owner.commands.push_back(replace_owner(row->commands, user));
  owner.note =
      "it listens on port 80: Docker lets every user do so, elsewhere a port above 1024 or NET_BIND_SERVICE is needed";
  return owner;
}

Owner number_only(std::string user, std::string note = {}) {
  std::string files = with_group(user);
  return {.user = std::move(user), .files = std::move(files), .commands = {}, .edits = {}, .note = std::move(note)};
}

std::optional<Owner> owner_in_file(const Place& place, const Context& context) {
  const auto account = made_account(place, *place.stage);
  if (!account) return std::nullopt;
  const std::string uid = account->uid.empty() ? std::string(kOwnNumber) : account->uid;
  if (is_root_user(uid)) return std::nullopt;
  const auto group = account->group.empty() ? std::nullopt : group_number(place, *place.stage, account->group);
  Owner owner = number_only(group ? uid + ":" + *group : uid);
  if (account->uid.empty()) owner.edits.push_back(with_uid(*account, uid, family_of(place, context), place));
  return owner;
}

// The one account of the base that is for programs of its user.
std::optional<Owner> owner_in_base(const Place& place, const Context& context) {
  const ImageFacts* facts = base_facts(place, context);
  if (facts == nullptr || !facts->files_known) return std::nullopt;
  const PasswdEntry* only = nullptr;
  for (const PasswdEntry& entry : facts->passwd) {
    if (entry.uid < 1000 || entry.uid >= 65534) continue;
    if (only != nullptr) return std::nullopt;
    only = &entry;
  }
  if (only == nullptr) return std::nullopt;
  return number_only(std::to_string(only->uid) + ":" + std::to_string(only->gid));
}

std::optional<Owner> owner_of_image(const Place& place, const Context& context) {
  if (auto owner = prepared_owner(place, context)) return owner;
  const ImageNeeds* needs = needs_of_image(root_of(*place.file, *place.stage)->image);
  if (needs == nullptr) return std::nullopt;
  const std::string_view user = needs->user_of(root_of(*place.file, *place.stage)->image);
  if (user.empty() || user.starts_with("65534")) return std::nullopt;
  return number_only(std::string(user));
}

// Not in images without the programs that make accounts (or whose BusyBox takes no number as high), and in those that
// have an account "app" of their own.
bool can_make_accounts(const Place& place, const Context& context) {
  const std::string name = image_name(place);
  return has_shell(place, context) && !name.starts_with("mcr.microsoft.com/dotnet/") &&
         name != "docker.io/library/busybox" && name != "docker.io/library/amazonlinux";
}

Owner new_owner(const Place& place, const Context& context) {
  const std::string user = std::string(kOwnNumber) + ":" + std::string(kOwnNumber);
  Owner owner = number_only(user);
  if (!can_make_accounts(place, context)) return owner;
  if (std::string made = making_account(family_of(place, context), kOwnNumber); !made.empty())
    owner.commands.push_back(std::move(made));
  return owner;
}

// What trial runs found, for the stage itself or the workload that is built from this file.
const Needs* found_needs(const Place& place, const Finding& finding, const Context& context) {
  const auto& all = context.options.needs;
  if (const auto own = all.find(finding.subject); own != all.end()) return &own->second;
  for (const Workload& workload : context.subjects.workloads) {
    const bool built = workload.build && workload.build->read &&
                       *workload.build->read < context.subjects.dockerfiles.size() &&
                       &context.subjects.dockerfiles[*workload.build->read] == place.file;
    if (!built) continue;
    if (const auto found = all.find(workload.subject); found != all.end()) return &found->second;
  }
  return nullptr;
}

}  // namespace

std::size_t passed_over(const Finding& finding, const Context& context) {
  const auto found = context.options.passed_over.find({finding.rule, finding.subject});
  return found == context.options.passed_over.end() ? 0 : found->second;
}

std::expected<Owner, Refusal> choose_owner(const Place& stage, const Finding& finding, const Context& context) {
  const Needs* found = found_needs(stage, finding, context);
  if (found != nullptr && found->root) return refuse("it was seen not to run as another user than root");
  if (passed_over(finding, context) > 1)
    return refuse(
        "what oakum knows to do did not let it run: find what it writes, let that belong to a user, write USER");
  if (auto refusal = needs_root(stage, *stage.stage)) return std::unexpected(std::move(*refusal));
  if (found != nullptr && !found->user.empty()) return number_only(found->user);
  if (auto owner = owner_in_file(stage, context)) return *owner;
  if (auto owner = owner_of_image(stage, context)) return *owner;
  const ImageNeeds* needs = needs_of_image(root_of(*stage.file, *stage.stage)->image);
  if (needs != nullptr && needs->root && !needs->capabilities.empty())
    return refuse(
        "this image's program starts as root and steps down by itself: keep it so with cap_drop ALL and "
        "what it needs, or build on an image that starts as its own user");
  if (auto owner = owner_in_base(stage, context)) return *owner;
  if (can_make_accounts(stage, context) && may_make(stage, *stage.stage, "app"))
    return refuse("an account or a group is made, and its number is not known before: write USER with it by hand");
  return new_owner(stage, context);
}

}  // namespace oakum::fix::build
