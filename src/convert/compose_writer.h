// One service of a Compose file in the making, and the sections that its parts are declared in.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "convert/item.h"
#include "fix/kit/yaml_edit_value.h"

namespace oakum::convert {

using fix::YamlValue;
using Members = std::vector<std::pair<std::string, YamlValue>>;

// Members by key in the order in which they were first named; the last value wins.
class KeyedMembers {
 public:
  void set(const std::string& key, YamlValue value) {
    const auto [place, fresh] = places_.emplace(key, members_.size());
    if (fresh) {
      members_.emplace_back(key, std::move(value));
    } else {
      members_[place->second].second = std::move(value);
    }
  }
  bool empty() const { return members_.empty(); }
  Members take() { return std::move(members_); }

 private:
  Members members_;
  std::map<std::string, std::size_t> places_;
};

// The top-level sections that services refer to; each name is declared once, by the first that names it.
struct ComposeSections {
  Members networks, volumes, secrets, configs;
  static void declare(Members& section, const std::string& name, Members declaration);
};

struct ComposeWriter {
  const Item& item;
  Members& out;
  ComposeSections& sections;
  Notes& notes;
  // Of a container of a pod that others share: what is said once for the pod stays out of the others.
  std::string network_of;           // "service:FIRST"; "" for the first or only one
  std::vector<std::string> shared;  // names of the pod's empty directories that several of its containers mount

  const Workload& workload() const { return *item.workload; }
  void add(std::string key, YamlValue value) const { out.emplace_back(std::move(key), std::move(value)); }

  // With "$$" for a dollar sign, unless the text holds a variable that Compose can fill in as well.
  std::string text(std::string_view words, bool known, const Origin& origin) const;
  template <class T>
  YamlValue text(const Stated<T>& stated) const {
    return text(stated.value, stated.known, stated.origin);
  }
  void add_text(std::string key, const Field<std::string>& field) const;
  void add_bool(std::string key, const Field<bool>& field) const;
  void add_integer(std::string key, const Field<std::int64_t>& field) const;
  void add_size(std::string key, const Field<std::int64_t>& field) const;
  void add_texts(std::string key, const List<std::string>& list) const;
  void add_pairs(std::string key, const List<KeyValue>& list) const;
};

std::string escaped_dollars(std::string_view text);  // "$" as "$$"

// In the order in which the keys are written.
void write_identity(const ComposeWriter& writer);  // image … user
void write_environment(const ComposeWriter& writer);
void write_network(const ComposeWriter& writer);
void write_mounts(const ComposeWriter& writer);
void write_privilege(const ComposeWriter& writer);
void write_limits(const ComposeWriter& writer);
void write_life(const ComposeWriter& writer);
void write_rest(const ComposeWriter& writer);  // what the model does not know, where Compose has a word for it

}  // namespace oakum::convert
