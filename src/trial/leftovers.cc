#include "trial/leftovers.h"

#include <array>
#include <filesystem>

#include "base/text.h"
#include "trial/identity.h"

namespace oakum::trial {

namespace {

using net::Json;

// Images that others are made of go when those have gone.
constexpr int kRounds = 8;

struct Kind {
  const char* name;
  const char* list;    // path
  const char* member;  // of the answer that holds the list; "" the answer itself
  const char* id;      // member that names one
  const char* path;    // its own
  Client::Query remove;
};

std::vector<Kind> kinds() {
  return {{"container", "/containers/json", "", "Id", "/containers/", {{"force", "1"}, {"v", "1"}}},
          {"network", "/networks", "", "Id", "/networks/", {}},
          {"volume", "/volumes", "Volumes", "Name", "/volumes/", {{"force", "1"}}},
          {"image", "/images/json", "", "Id", "/images/", {{"force", "1"}}}};
}

// Names of the kind's things that are meant.
std::vector<std::string> listed(const Client& client, const Kind& kind,
                                const std::function<bool(std::string_view)>& is_meant) {
  std::vector<std::string> names;
  const auto answer = client.get(kind.list, {{"all", "1"}, {"filters", Json{{"label", {kLabel}}}.dump()}});
  if (!answer) return names;
  const Json& list = kind.member[0] == '\0' ? *answer : net::member(*answer, kind.member);
  if (!list.is_array()) return names;
  for (const Json& item : list) {
    if (is_meant(net::string_member(net::member(item, "Labels"), kLabel)))
      names.push_back(net::string_member(item, kind.id));
  }
  return names;
}

void remove_kind(const Client& client, const Kind& kind, const std::function<bool(std::string_view)>& is_meant,
                 Removed& removed) {
  std::vector<std::string> failed;
  for (int round = 0; round < kRounds; ++round) {
    failed.clear();
    const std::vector<std::string> names = listed(client, kind, is_meant);
    if (names.empty()) return;
    for (const std::string& name : names) {
      const std::string told = std::string(kind.name) + " " + name.substr(0, 72);
      if (auto status = client.remove(kind.path + percent_encoded(name, ":"), kind.remove); !status)
        failed.push_back(told + ": " + status.error().why);
      else
        removed.gone.push_back(told);
    }
    if (failed.size() == names.size()) break;
  }
  removed.left.insert(removed.left.end(), failed.begin(), failed.end());
}

}  // namespace

Removed remove_labelled(const Client& client, const std::function<bool(std::string_view id)>& is_meant) {
  Removed removed;
  for (const Kind& kind : kinds()) remove_kind(client, kind, is_meant, removed);
  return removed;
}

void remove_abandoned_directories(Removed& removed) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(trial_directory_root(), error)) {
    const std::string own = entry.path().filename().string();
    std::string_view name = own;
    if (!name.starts_with(kDirectoryPrefix)) continue;
    name.remove_prefix(std::string_view(kDirectoryPrefix).size());
    if (!is_abandoned(name.substr(0, name.find('.')))) continue;
    std::filesystem::remove_all(entry.path(), error);
    (error ? removed.left : removed.gone).push_back("directory " + entry.path().string());
  }
}

}  // namespace oakum::trial
