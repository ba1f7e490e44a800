#include "convert/run_writer.h"

#include "convert/values.h"

namespace oakum::convert {

namespace {

// "$$" of a Compose file is a dollar sign; the text of an unknown value is as it was written.
bool is_for_shell(const Item& item, std::string_view value, bool known) {
  return !known && value.find('$') != std::string_view::npos &&
         (item.is(Surface::compose) || item.is(Surface::run_command)) && value.find("$$") == std::string_view::npos;
}

}  // namespace

std::string RunWriter::word(std::string_view value, bool known) const {
  return shell_quoted(value, is_for_shell(item, value, known));
}

void RunWriter::flag(std::string_view name, std::string_view value, bool known) const {
  words.push_back(std::string(name) + " " + word(value, known));
}

void RunWriter::text(std::string_view name, const Field<std::string>& field) const {
  if (field) flag(name, *field, field.known());
}

void RunWriter::toggle(std::string_view name, const Field<bool>& field) const {
  if (field.known()) words.push_back(*field ? std::string(name) : std::string(name) + "=false");
}

void RunWriter::integer(std::string_view name, const Field<std::int64_t>& field) const {
  if (field.known()) flag(name, std::to_string(*field));
}

void RunWriter::size(std::string_view name, const Field<std::int64_t>& field) const {
  if (field.known()) flag(name, size_text(*field));
}

void RunWriter::texts(std::string_view name, const List<std::string>& list) const {
  for (const Stated<std::string>& stated : list) flag(name, stated.value, stated.known);
}

void RunWriter::pairs(std::string_view name, const List<KeyValue>& list) const {
  for (const Stated<KeyValue>& stated : list) flag(name, stated.value.key + "=" + stated.value.value, stated.known);
}

}  // namespace oakum::convert
