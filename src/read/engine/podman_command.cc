// What Podman's own answer leaves out (up to 4.9 it says "shareable" of the host's ipc namespace, and nothing of
// sysctls, unmasked paths and the user namespace) but the command that it keeps tells: Config.CreateCommand.
#include "base/text.h"
#include "read/engine/inspect.h"

namespace oakum::engine {

namespace {

constexpr std::size_t kMaxWords = 10'000;

// Values of a flag, written "--flag value" or "--flag=value", in order. Words after the image may be the program's own
// flags: they are taken too, so only values that the engine could have left out are stated.
std::vector<std::string> values_of(const std::vector<std::string>& words, std::string_view flag) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < words.size() && i < kMaxWords; ++i) {
    const std::string_view word = words[i];
    if (!word.starts_with(flag)) continue;
    if (word.size() == flag.size() && i + 1 < words.size()) values.push_back(words[i + 1]);
    if (word.size() > flag.size() && word[flag.size()] == '=') values.emplace_back(word.substr(flag.size() + 1));
  }
  return values;
}

// The flags of the engine: what stands before the image's name.
std::vector<std::string> engine_words(const Inspection& from) {
  std::vector<std::string> words = net::strings_member(from.config(), "CreateCommand");
  const std::string image = net::string_member(from.config(), "Image");
  for (std::size_t i = 1; i < words.size(); ++i) {
    const bool named = !words[i].empty() && (words[i] == image || image.ends_with("/" + words[i]));
    if (named && !words[i - 1].starts_with("--")) {
      words.resize(i);
      break;
    }
  }
  return words;
}

void state_host(const Inspection& from, const std::vector<std::string>& words, std::string_view flag,
                Field<std::string>& to) {
  const std::vector<std::string> values = values_of(words, flag);
  if (!to && !values.empty() && values.back() == "host") to.state("host", from.at("Config.CreateCommand"));
}

}  // namespace

void read_podman_command(const Inspection& from, Workload& to) {
  if (!from.podman()) return;
  const std::vector<std::string> words = engine_words(from);
  state_host(from, words, "--ipc", to.ipc_mode);
  state_host(from, words, "--userns", to.userns_mode);
  if (!to.sysctls.stated) {
    for (const std::string& value : values_of(words, "--sysctl")) {
      std::string_view rest = value;
      const std::string_view key = next_field(rest, '=');
      to.sysctls.add({std::string(key), std::string(rest)}, from.at("Config.CreateCommand"));
    }
  }
  for (const std::string& value : values_of(words, "--security-opt")) {
    if (!to.unmasked_paths && to_lower(value) == "unmask=all")
      to.unmasked_paths.state(true, from.at("Config.CreateCommand"));
  }
}

}  // namespace oakum::engine
