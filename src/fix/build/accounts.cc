#include "fix/build/accounts.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

#include "base/text.h"
#include "fix/build/chain.h"
#include "model/image_facts.h"
#include "model/image_reference.h"
#include "model/shell.h"

namespace oakum::fix::build {

namespace {

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// Options with a value of their own, of useradd, Debian's adduser and BusyBox' together.
constexpr std::string_view kLetters = "bcdefgGhkKpRPsuZ";
constexpr std::array<std::string_view, 20> kLong = {
    "base-dir", "comment", "expiredate", "firstgid", "firstuid", "gecos",    "gid",    "groups", "home",  "home-dir",
    "inactive", "ingroup", "key",        "lastgid",  "lastuid",  "password", "prefix", "root",   "shell", "uid"};

struct Option {
  std::string_view name;
  std::string_view value;
};

// `words` behind the program's name, as options with their values, and operands (with an empty name).
std::vector<Option> options_in(const shell::Command& command, std::size_t program, std::string_view letters) {
  std::vector<Option> options;
  const auto& words = command.words;
  for (std::size_t i = program + 1; i < words.size(); ++i) {
    std::string_view word = words[i].text;
    if (!word.starts_with('-')) {
      options.push_back({{}, word});
      continue;
    }
    const bool is_long = word.starts_with("--");
    word.remove_prefix(is_long ? 2 : 1);
    const std::size_t equals = word.find('=');
    if (is_long && equals != std::string_view::npos) {
      options.push_back({word.substr(0, equals), word.substr(equals + 1)});
      continue;
    }
    const std::size_t letter = is_long ? std::string_view::npos : word.find_first_of(letters);
    if (letter != std::string_view::npos && letter + 1 < word.size()) {
      options.push_back({word.substr(letter, 1), word.substr(letter + 1)});
      continue;
    }
    const bool valued = is_long ? std::ranges::find(kLong, word) != kLong.end() : letter != std::string_view::npos;
    const std::string_view name = is_long || !valued ? word : word.substr(letter, 1);
    const bool has_next = valued && i + 1 < words.size();
    options.push_back({name.empty() ? "-" : name, has_next ? std::string_view(words[++i].text) : std::string_view()});
  }
  return options;
}

std::string_view value_of(const std::vector<Option>& options, std::initializer_list<std::string_view> names) {
  for (const Option& option : options) {
    if (std::ranges::find(names, option.name) != names.end()) return option.value;
  }
  return {};
}

std::string_view operand_of(const std::vector<Option>& options) {
  const auto found = std::ranges::find(options, std::string_view(), &Option::name);
  return found == options.end() ? std::string_view() : found->value;
}

template <class Visit>
void each_command(const Place& place, const Stage& stage, const Visit& visit) {
  for (const Instruction* step : steps_of(*place.file, stage)) {
    if (step->kind != InstructionKind::run || !step->script) continue;
    for (const shell::Command& command : step->script->commands) {
      const std::size_t at = shell::unwrapped(command);
      if (at < command.words.size()) visit(*step, command, at, base_name(command.words[at].text));
    }
  }
}

// Numbers that images give their users, by part of the image's name ("" any of the family).
struct Known {
  std::string_view name;
  std::string_view image;
  std::string_view user;
  std::string_view alpine_user;
};
constexpr Known kKnown[] = {
    {"nobody", "", "65534:65534", "65534:65534"},
    {"www-data", "", "33:33", "82:82"},
    {"nonroot", "gcr.io/distroless/", "65532:65532", "65532:65532"},
    {"node", "docker.io/library/node", "1000:1000", "1000:1000"},
    {"nginx", "docker.io/library/nginx", "101:101", "101:101"},
    {"postgres", "docker.io/library/postgres", "999:999", "70:70"},
    {"redis", "docker.io/library/redis", "999:999", "999:1000"},
    {"mysql", "docker.io/library/mysql", "999:999", "999:999"},
    {"mongodb", "docker.io/library/mongo", "999:999", "999:999"},
    {"rabbitmq", "docker.io/library/rabbitmq", "999:999", "100:101"},
    {"daemon", "", "1:1", "2:2"},
    {"bin", "", "2:2", "1:1"},
};

}  // namespace

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<MadeAccount> made_account(const Place& place, const Stage& stage, std::string_view name) {
  std::optional<MadeAccount> last;
  each_command(place, stage,
               [&](const Instruction& run, const shell::Command& command, std::size_t at, std::string_view program) {
                 if (program != "useradd" && program != "adduser") return;
                 const auto options = options_in(command, at, kLetters);
                 const std::string_view made = operand_of(options);
                 // Debian's `adduser USER GROUP` makes nobody: it puts the user into the group.
                 if (std::ranges::count(options, std::string_view(), &Option::name) > 1) return;
                 if (made.empty() || made.find('$') != std::string_view::npos || (!name.empty() && made != name))
                   return;
                 const std::string_view uid = value_of(options, {"u", "uid"});
                 // -g is a remark for BusyBox' adduser, and -G further groups for useradd.
                 const std::string_view group = program == "useradd" ? value_of(options, {"g", "gid"})
                                                                     : value_of(options, {"G", "gid", "ingroup"});
                 const bool among_others = last && (last->among_others || last->name != made);
                 last = MadeAccount{.run = &run,
                                    .command = &command,
                                    .program = at,
                                    .name = std::string(made),
                                    .uid = is_number(uid) ? std::string(uid) : std::string(),
                                    .group = std::string(group),
                                    .among_others = among_others};
                 if (!uid.empty() && last->uid.empty()) last->uid = "?";
               });
  if (last && last->uid == "?") return std::nullopt;
  return last;
}

bool may_make(const Place& place, const Stage& stage, std::string_view name) {
  constexpr std::array<std::string_view, 4> kPrograms = {"addgroup", "adduser", "groupadd", "useradd"};
  bool found = false;
  each_command(place, stage,
               [&](const Instruction&, const shell::Command& command, std::size_t at, std::string_view program) {
                 if (std::ranges::find(kPrograms, program) == kPrograms.end()) return;
                 for (const Option& option : options_in(command, at, kLetters)) {
                   const bool is_name = option.name.empty() || option.name == "G" || option.name == "g";
                   found = found || (is_name && (option.value == name || option.value.starts_with('$')));
                 }
               });
  return found;
}

std::optional<std::string> group_number(const Place& place, const Stage& stage, std::string_view group) {
  if (is_number(group)) return std::string(group);
  std::optional<std::string> number;
  each_command(place, stage,
               [&](const Instruction&, const shell::Command& command, std::size_t at, std::string_view program) {
                 if (program != "groupadd" && program != "addgroup") return;
                 const auto options = options_in(command, at, "gKpRPA");
                 const std::string_view gid = value_of(options, {"g", "gid"});
                 if (operand_of(options) == group && is_number(gid)) number = std::string(gid);
               });
  return number;
}

std::optional<std::string> known_account(const Place& place, const Stage& stage, std::string_view name,
                                         const Context& context) {
  const Stage* root = root_of(*place.file, stage);
  const Place base = at_instruction(place, place.file->instructions[root->first]);
  const ImageFacts* facts = base_facts(base, context);
  if (facts != nullptr && facts->files_known) {
    const auto found = std::ranges::find(facts->passwd, name, &PasswdEntry::name);
    if (found == facts->passwd.end()) return std::nullopt;
    return std::to_string(found->uid) + ":" + std::to_string(found->gid);
  }
  if (!root->image_known || root->image.variable || root->image.text == "scratch") return std::nullopt;
  const Family family = family_of(base, context);
  const std::string image = root->image.canonical_name();
  const auto fits = [&](const Known& row) {
    return row.name == name &&
           (row.image.empty() ? family == Family::alpine || family == Family::debian : image.starts_with(row.image));
  };
  const auto* found = std::ranges::find_if(kKnown, fits);
  if (found == std::end(kKnown)) return std::nullopt;
  return std::string(family == Family::alpine ? found->alpine_user : found->user);
}

Edit with_uid(const MadeAccount& account, std::string_view uid, Family family, const Place& place) {
  const bool debian_adduser =
      family == Family::debian && base_name(account.command->words[account.program].text) == "adduser";
  const std::string option = std::string(debian_adduser ? "--uid " : "-u ") + std::string(uid);
  return word_after(at_instruction(place, *account.run), account.command->words[account.program], option);
}

std::string making_account(Family family, std::string_view uid) {
  const std::string number(uid);
  switch (family) {
    case Family::alpine:
      return "addgroup -S -g " + number + " app\n&& adduser -S -D -H -u " + number + " -G app -s /sbin/nologin app";
    case Family::debian:
    case Family::red_hat:
      return "groupadd --system --gid " + number + " app\n&& useradd --system --no-log-init --uid " + number +
             " --gid app --no-create-home --shell /usr/sbin/nologin app";
    case Family::unknown:
      return {};
  }
  return {};
}

std::string with_group(std::string_view user) {
  std::string whole(user);
  return whole.find(':') == std::string::npos ? whole + ":" + whole : whole;
}

}  // namespace oakum::fix::build
