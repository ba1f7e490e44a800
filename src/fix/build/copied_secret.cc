#include "fix/build/copied_secret.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fix/build/base.h"
#include "fix/build/chain.h"
#include "fix/build/edit.h"
#include "fix/build/mounts.h"

namespace oakum::fix::build {

namespace {

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// Programs that read a file of that name without being told of it; those in `then` when none of the first is run.
struct Readers {
  std::string_view file;  // the end of its path
  std::string_view programs;
  std::string_view then;
};
constexpr std::string_view kGit = "git ssh scp sftp rsync ssh-add";
constexpr std::string_view kInstallers = "bundle cargo composer go npm pip pip3 pnpm poetry yarn";
constexpr Readers kReaders[] = {
    {"id_rsa", kGit, kInstallers},
    {"id_dsa", kGit, kInstallers},
    {"id_ecdsa", kGit, kInstallers},
    {"id_ed25519", kGit, kInstallers},
    {".ssh", kGit, kInstallers},
    {".git-credentials", "git", kInstallers},
    {".netrc", "git curl wget", kInstallers},
    {".npmrc", "npm npx pnpm yarn", ""},
    {".pypirc", "pip pip3 poetry twine uv", ""},
    {".aws/credentials", "aws", ""},
    {".aws", "aws", ""},
    {".docker/config.json", "docker", ""},
    {".dockercfg", "docker", ""},
    {".kube/config", "helm kubectl", ""},
    {"kubeconfig", "helm kubectl", ""},
    {".gnupg", "gpg gpg2", ""},
};

bool is_directory_name(std::string_view name) {
  constexpr std::array<std::string_view, 5> kNames = {".ssh", ".aws", ".gnupg", "gcloud", ".config"};
  return std::ranges::find(kNames, name) != kNames.end();
}

struct Secret {
  std::string source;  // in the context
  std::string path;    // in the image, absolute
  bool directory = false;
};

std::string tidy(std::string_view path) {
  std::string result;
  while (!path.empty()) {
    const std::string_view part = next_field(path, '/');
    if (!part.empty() && part != ".") result += "/" + std::string(part);
  }
  return result;
}

std::expected<Secret, Refusal> secret_at(const Place& place, std::size_t index, const Context& context) {
  const auto& all = place.at->arguments;
  const std::string& target = all.back().value;
  if (!all.back().known || !all[index].known) return refuse("where it is copied to depends on a variable");
  std::string_view source = all[index].value;
  if (source.find_first_of("*?[ ,\"'") != std::string_view::npos)
    return refuse("\"" + printable(source, 60) + "\" may be several files: name those that are copied");
  const std::string whole = tidy(source);
  if (whole.empty()) return refuse("the whole context is copied: list the secret in .dockerignore");
  Secret secret{.source = whole.substr(1), .path = {}, .directory = is_directory_name(last_part(source))};
  const auto workdir = workdir_before(place, context);
  std::string path = target;
  if (!path.starts_with('/')) {
    if (!workdir) return refuse("the directory that it is copied to is not known: write WORKDIR with its whole path");
    path = *workdir + "/" + path;
  }
  const bool below = target.ends_with('/') || target == "." || target.ends_with("/.") || all.size() > 2 ||
                     is_directory_name(last_part(tidy(path))) || (workdir && tidy(path) == tidy(*workdir));
  secret.path = tidy(path);
  if (below && !secret.directory) secret.path += "/" + std::string(last_part(tidy(source)));
  return secret;
}

// Paths as a command may write it; root's home is what a build mostly has.
bool is_path(std::string_view word, const Secret& secret, const Instruction& run) {
  const std::string& path = secret.path;
  if (word == path) return true;
  for (const std::string_view home : {"~/", "$HOME/", "${HOME}/"}) {
    if (word.starts_with(home)) return "/root/" + std::string(word.substr(home.size())) == path;
  }
  return !word.starts_with('/') && run.before.workdir && tidy(*run.before.workdir + "/" + std::string(word)) == path;
}

// The file itself, or a directory that holds it.
bool covers(std::string_view word, const Secret& secret, const Instruction& run) {
  if (is_path(word, secret, run)) return true;
  Secret above = secret;
  while (above.path.rfind('/') > 0 && above.path.rfind('/') != std::string::npos) {
    above.path.resize(above.path.rfind('/'));
    if (is_path(word, above, run) || is_path(word, {{}, above.path + "/*", false}, run) ||
        is_path(word, {{}, above.path + "/", false}, run))
      return true;
  }
  return false;
}

bool names_it(const Place& place, const Instruction& run, const Secret& secret) {
  const std::string_view text = place.raw(run.span);
  if (text.find(secret.path) != std::string_view::npos) return true;
  // known_hosts beside the key: the directory is there while the key is.
  const std::string_view directory = std::string_view(secret.path).substr(0, secret.path.rfind('/'));
  if (is_directory_name(last_part(directory)) && text.find(last_part(directory)) != std::string_view::npos) return true;
  if (!run.script) return false;
  return std::ranges::any_of(run.script->commands, [&](const shell::Command& command) {
    return std::ranges::any_of(command.words, [&](const shell::Word& word) { return is_path(word.text, secret, run); });
  });
}

// What a mount makes needless or impossible: removing it, setting its mode.
struct Needless {
  std::vector<std::size_t> commands;
  std::string moved_by;  // a program that makes another file of it
};

Needless needless_in(const Instruction& run, const Secret& secret) {
  Needless found;
  if (!run.script) return found;
  const auto& all = run.script->commands;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string_view name = all[i].name();
    const bool removes = name == "rm" || name == "shred" || name == "unlink";
    const bool sets = name == "chmod" || name == "chown";
    std::size_t operands = 0;
    std::size_t its = 0;
    bool mode_is_due = sets;  // the first operand of chmod and chown
    for (std::size_t w = 1; w < all[i].words.size(); ++w) {
      const std::string& word = all[i].words[w].text;
      if (word.starts_with('-') || std::exchange(mode_is_due, false)) continue;
      const bool fits = removes ? covers(word, secret, run) : is_path(word, secret, run);
      fits ? ++its : ++operands;
    }
    if (its > 0 && (name == "cp" || name == "mv" || name == "install" || name == "tee")) found.moved_by = name;
    if (its > 0 && (removes || sets) && operands == 0) found.commands.push_back(i);
    if (its > 0 && (removes || sets) && operands > 0) found.moved_by = std::string(name) + " with other files";
  }
  return found;
}

struct Use {
  const Instruction* run = nullptr;
  bool reads = false;
  std::vector<std::size_t> needless;
};

bool is_read_by(const Instruction& run, const Secret& secret, bool then) {
  return std::ranges::any_of(kReaders, [&](const Readers& row) {
    const bool same = secret.path.ends_with(row.file) && (secret.path.size() == row.file.size() ||
                                                          secret.path[secret.path.size() - row.file.size() - 1] == '/');
    return same && !program_in(run, then ? row.then : row.programs).empty();
  });
}

// Does the RUN do anything besides what goes?
bool does_more(const Instruction& run, const Needless& needless) {
  return run.script && needless.commands.size() < run.script->commands.size();
}

std::expected<std::vector<Use>, Refusal> uses_of(const Place& place, const Secret& secret) {
  std::vector<Use> uses;
  const auto behind = instructions_behind(place);
  const bool first_choice = std::ranges::any_of(behind, [&](const Instruction* one) {
    return one->kind == InstructionKind::run && (is_read_by(*one, secret, false));
  });
  for (const Instruction* one : behind) {
    if (one->kind != InstructionKind::run) continue;
    Needless needless = needless_in(*one, secret);
    if (!needless.moved_by.empty())
      return refuse("the RUN in line " + std::to_string(one->span.line) + " has " + needless.moved_by +
                    " for it: let the programs read it from a secret mount, by hand");
    const bool more = does_more(*one, needless);
    const bool named = more && needless.commands.empty() && names_it(place, *one, secret);
    const bool reads = more && (named || is_read_by(*one, secret, !first_choice));
    const bool hidden = more && !needless.commands.empty() && !reads;  // what uses it is not seen
    if (reads || hidden || !needless.commands.empty())
      uses.push_back({one, reads || hidden, std::move(needless.commands)});
  }
  return uses;
}

std::string mount_of(const Secret& secret) {
  if (secret.directory) return "type=bind,source=" + secret.source + ",target=" + secret.path + ",rw";
  return "type=secret,id=" + secret_id(last_part(secret.source)) + ",target=" + secret.path;
}

std::expected<void, Refusal> change_run(const Place& place, const Use& use, const Secret& secret,
                                        const Context& context, std::vector<Edit>& edits) {
  const Place run = at_instruction(place, *use.run);
  if (!use.needless.empty()) {
    auto gone = without_commands(run, use.needless);
    if (!gone) return std::unexpected(std::move(gone.error()));
    for (Edit& edit : *gone) edits.push_back(std::move(edit));
  }
  if (use.reads && !has_secret(*use.run, secret_id(last_part(secret.source))))
    edits.push_back(with_mount(run, mount_of(secret), context));
  return {};
}

std::optional<std::size_t> source_at(const Instruction& copy, const Span& span) {
  const auto& all = copy.arguments;
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    if (all[i].span == span) return i;
  }
  return std::nullopt;
}

std::expected<Edit, Refusal> without_source(const Place& place, std::size_t index) {
  if (place.at->arguments.size() == 2) return without_itself(place);
  return without_argument(place, *place.at, index);
}

std::string note_for(const Secret& secret, bool mounted) {
  const std::string id = secret_id(last_part(secret.source));
  std::string note;
  if (mounted && !secret.directory) note = how_to_build(id, "src=" + secret.source) + "; ";
  return note + "images that were built with it hold it: replace it";
}

}  // namespace

Planned mount_copied_secret(const Place& place, const Finding& finding, const Context& context) {
  if (place.at != place.outer || place.stage == nullptr)
    return refuse("what ONBUILD says is for images built on this: take it out by hand");
  const auto index = source_at(*place.at, finding.origin.span);
  if (!index || !place.at->heredocs.empty())
    return refuse("its text stands in this file: put it into a file outside, and give that by a secret mount");
  if (place.at->arguments[*index].text.find('$') != std::string::npos)
    return refuse("its name is a variable's: give it to the RUN that needs it by a secret mount");
  if (place.at->flag("from") != nullptr)
    return refuse("it comes from another stage: give it to the RUN that needs it by a secret mount");
  const auto secret = secret_at(place, *index, context);
  if (!secret) return std::unexpected(secret.error());
  const auto uses = uses_of(place, *secret);
  if (!uses) return std::unexpected(uses.error());
  if (uses->empty())
    return refuse("no RUN behind it is seen to need it: what the program reads of it, mount when it starts (-v ./" +
                  secret->source + ":" + secret->path + ":ro, or secrets), and take it out of " + place.at->name);
  auto gone = without_source(place, *index);
  if (!gone) return std::unexpected(std::move(gone.error()));
  std::vector<Edit> edits = {std::move(*gone)};
  for (const Use& use : *uses) {
    if (auto done = change_run(place, use, *secret, context, edits); !done)
      return std::unexpected(std::move(done.error()));
  }
  const bool mounted = std::ranges::any_of(*uses, &Use::reads);
  return answer(std::move(edits), note_for(*secret, mounted));
}

}  // namespace oakum::fix::build
