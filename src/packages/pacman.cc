// pacman's local database (Arch): var/lib/pacman/local/NAME-VERSION-REL/{desc,files}.
// Format: "%KEY%" lines, each followed by its values, one a line, up to an empty line (libalpm, be_local.c's format).
#include "base/text.h"
#include "packages/reading.h"

namespace oakum::packages {

namespace {

// Calls `take(key, value)` for every value; key without its percent signs.
template <class Take>
void for_each_value(std::string_view bytes, Take take) {
  std::string_view key;
  while (const auto line = next_line(bytes)) {
    if (line->empty()) {
      key = {};
    } else if (key.empty()) {
      const bool is_key = line->size() > 2 && line->front() == '%' && line->back() == '%';
      if (is_key) key = line->substr(1, line->size() - 2);
    } else if (line->size() <= kMaxLine) {
      take(key, *line);
    }
  }
}

void append_license(std::string& licenses, std::string_view license) {
  if (!licenses.empty()) licenses += ", ";
  if (licenses.size() < kMaxLine) licenses += clean(license);
}

}  // namespace

void read_pacman_desc(std::string_view bytes, Finding& finding) {
  Package package;
  for_each_value(bytes, [&](std::string_view key, std::string_view value) {
    if (key == "NAME") package.name = value;
    if (key == "VERSION") package.version = value;
    if (key == "BASE") package.source.name = value;
    if (key == "ARCH") package.arch = value;
    if (key == "PACKAGER") package.vendor = clean(value);
    if (key == "LICENSE") append_license(package.license, value);
  });
  if (!is_token(package.name) || !is_token(package.version)) {
    note(finding, ErrorCode::invalid,
         "'" + printable(package.name, 200) + "' '" + printable(package.version, 200) +
             "' are not a package's name and version");
    return;
  }
  if (!is_token(package.source.name)) package.source.name = package.name;
  if (!is_token(package.arch)) package.arch.clear();
  package.source.version = package.version;
  package.epoch = epoch_of(package.version);
  package.ecosystem = "alpm";
  package.path = finding.path;
  finding.packages.push_back(std::move(package));
}

void read_pacman_files(std::string_view bytes, Finding& finding) {
  finding.files_of = base_name(directory_of(finding.path));
  for_each_value(bytes, [&](std::string_view key, std::string_view value) {
    if (key != "FILES" || value.ends_with('/') || !room_for_file(finding, finding.files.size())) return;
    finding.files.push_back("/" + std::string(value));
  });
}

}  // namespace oakum::packages
