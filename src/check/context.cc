#include "check/context.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "base/fd.h"
#include "read/dockerfile/dockerfile.h"

namespace oakum::check {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxIgnoreBytes = 1U << 20;
constexpr int kMaxNames = 10'000;

// Names that hold credentials or history, sorted; and endings of key files.
constexpr std::string_view kNames[] = {".aws",    ".azure",    ".docker",    ".env",   ".git",
                                       ".gnupg",  ".htpasswd", ".kube",      ".netrc", ".npmrc",
                                       ".pgpass", ".pypirc",   ".ssh",       ".svn",   "credentials.json",
                                       "id_dsa",  "id_ecdsa",  "id_ed25519", "id_rsa", "terraform.tfstate"};
static_assert(std::ranges::is_sorted(kNames));
constexpr std::string_view kEndings[] = {".jks", ".key", ".kdbx", ".p12", ".pem", ".pfx"};

bool is_sensitive(std::string_view name) {
  if (std::ranges::binary_search(kNames, name)) return true;
  if (name.starts_with(".env.") && !name.ends_with(".example") && !name.ends_with(".sample") &&
      !name.ends_with(".template"))
    return true;
  return std::ranges::any_of(kEndings, [name](std::string_view ending) { return name.ends_with(ending); });
}

void collect(const fs::path& directory, const std::string& prefix, int levels, int& budget,
             std::vector<std::string>& found) {
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end && budget > 0; at.increment(error)) {
    --budget;
    const std::string name = at->path().filename().string();
    if (is_sensitive(name)) {
      found.push_back(prefix + name);
      continue;
    }
    std::error_code ignored;
    const bool enter = levels > 1 && name != "node_modules" && !at->is_symlink(ignored) && at->is_directory(ignored);
    if (enter) collect(at->path(), prefix + name + "/", levels - 1, budget, found);
  }
}

// Only what takes the whole context can take a secret by accident; other contexts are not walked.
bool takes_all(const Dockerfile& file) {
  return std::ranges::any_of(file.instructions, [](const Instruction& instruction) {
    if (instruction.kind != InstructionKind::copy && instruction.kind != InstructionKind::add) return false;
    return instruction.flag("from") == nullptr &&
           std::ranges::any_of(instruction.arguments, [](const Argument& argument) {
             return argument.value == "." || argument.value == "./" || argument.value.find('*') != std::string::npos;
           });
  });
}

// Texts that are to be written are called without "./" in front, as in patches.
std::optional<std::string> ignore_text(const std::string& path, const Texts* texts) {
  if (texts != nullptr) {
    auto text = texts->find(path);
    if (text == texts->end() && path.starts_with("./")) text = texts->find(path.substr(2));
    if (text != texts->end()) return text->second;
  }
  auto text = read_file(path, kMaxIgnoreBytes);
  return text ? std::optional(std::move(*text)) : std::nullopt;
}

}  // namespace

ContextCache::Entry ContextCache::look(const std::string& directory, bool with_entries, const Texts* texts) {
  const std::lock_guard lock(mutex_);
  const auto [found, is_new] = known_.try_emplace(directory);
  Entry& entry = found->second;
  if (is_new) entry.is_directory = is_directory(directory);
  if (!entry.is_directory) return entry;
  if (is_new) entry.ignore = ignore_text(directory + "/.dockerignore", texts);
  if (with_entries && !entry.entries) {
    int budget = kMaxNames;
    collect(directory, "", 2, budget, entry.entries.emplace());
    std::ranges::sort(*entry.entries);
  }
  return entry;
}

std::optional<std::string> look_at_context(const std::string& directory, const std::string& dockerfile,
                                           ContextCache* cache, const Texts* texts, Dockerfile& file) {
  ContextCache own;
  ContextCache::Entry entry = (cache == nullptr ? own : *cache).look(directory, takes_all(file), texts);
  if (!entry.is_directory) return std::nullopt;
  file.context = directory;
  file.context_entries = entry.entries.value_or(std::vector<std::string>());
  std::string path = dockerfile + ".dockerignore";
  std::optional<std::string> text = ignore_text(path, texts);
  if (!text) {
    path = directory + "/.dockerignore";
    text = std::move(entry.ignore);
  }
  if (!text) return std::nullopt;
  file.ignore = dockerfile::read_ignore(*text);
  file.ignore_file = std::move(path);
  return text;
}

}  // namespace oakum::check
