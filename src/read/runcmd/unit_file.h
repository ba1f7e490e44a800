// Inside read/runcmd: systemd's unit files, systemd.syntax(7): sections, KEY=VALUE, continued lines, comments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/origin.h"
#include "read/shell/shell.h"

namespace oakum::runcmd {

struct UnitEntry {
  std::string section;             // "Service"
  std::string key;                 // "ExecStart"
  std::string value;               // continuations joined with a blank
  std::vector<shell::Anchor> map;  // of the value to the file
  std::size_t key_begin = 0;       // in the file
  std::size_t end = 0;             // behind the value's last byte
};

std::vector<UnitEntry> read_unit_file(std::string_view text);

}  // namespace oakum::runcmd
