// One run line in the making.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "convert/item.h"

namespace oakum::convert {

struct RunWriter {
  const Item& item;
  std::vector<std::string>& words;  // each a line of its own: a flag with its value, quoted
  Notes& notes;
  std::string network_of = {};           // "service:FIRST": of a pod's other containers; "" has one of its own
  std::vector<std::string> shared = {};  // empty directories that others of its pod mount, too

  const Workload& workload() const { return *item.workload; }
  // A value as a word of the shell: variables of a Compose file or run line are left to the shell.
  std::string word(std::string_view value, bool known) const;
  void flag(std::string_view name, std::string_view value, bool known = true) const;
  template <class T>
  void flag(std::string_view name, const Field<T>& field, std::string_view text) const {
    if (field) flag(name, text, field.known());
  }
  void text(std::string_view name, const Field<std::string>& field) const;
  void toggle(std::string_view name, const Field<bool>& field) const;
  void integer(std::string_view name, const Field<std::int64_t>& field) const;
  void size(std::string_view name, const Field<std::int64_t>& field) const;
  void texts(std::string_view name, const List<std::string>& list) const;
  void pairs(std::string_view name, const List<KeyValue>& list) const;
};

void run_identity(const RunWriter& writer);
void run_environment(const RunWriter& writer);
void run_network(const RunWriter& writer);
void run_mounts(const RunWriter& writer);
void run_privilege(const RunWriter& writer);
void run_limits(const RunWriter& writer);
void run_life(const RunWriter& writer);

}  // namespace oakum::convert
