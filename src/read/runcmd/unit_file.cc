#include "read/runcmd/unit_file.h"

#include <utility>

#include "base/text.h"
#include "read/runcmd/script.h"
#include "read/shell/anchors.h"

namespace oakum::runcmd {

namespace {

bool is_comment(std::string_view line) {
  line = trim(line);
  return line.starts_with('#') || line.starts_with(';');
}

std::size_t leading_blanks(std::string_view text) {
  const std::size_t found = text.find_first_not_of(" \t");
  return found == std::string_view::npos ? text.size() : found;
}

// Adds a line's text; true when the next line continues it.
bool add_line(UnitEntry& entry, std::string_view text, std::size_t begin) {
  const bool continued = text.ends_with('\\');
  if (continued) text.remove_suffix(1);
  shell::append_piece(entry.value, entry.map, text, begin);
  entry.end = begin + text.size();
  if (continued) entry.value += ' ';
  return continued;
}

}  // namespace

std::vector<UnitEntry> read_unit_file(std::string_view text) {
  std::vector<UnitEntry> entries;
  std::string section;
  bool continued = false;
  for (const Line& line : lines_of(text)) {
    if (is_comment(line.text)) continue;  // also inside a continued value
    const std::size_t indent = leading_blanks(line.text);
    const std::string_view bare = line.text.substr(indent);
    if (continued) {
      continued = add_line(entries.back(), bare, line.begin + indent);
      continue;
    }
    if (bare.starts_with('[')) {
      section = bare.substr(1, bare.find(']') - 1);
      continue;
    }
    const std::size_t equals = bare.find('=');
    if (equals == std::string_view::npos) continue;
    UnitEntry entry;
    entry.section = section;
    entry.key = trim(bare.substr(0, equals));
    entry.key_begin = line.begin + indent;
    const std::string_view value = bare.substr(equals + 1);
    const std::size_t skipped = leading_blanks(value);
    const std::size_t begin = entry.key_begin + equals + 1 + skipped;
    continued = add_line(entry, value.substr(skipped), begin);
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace oakum::runcmd
