// Inside read/runcmd: the run lines of a piece of shell, wherever it stands.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/subjects.h"
#include "read/runcmd/variables.h"
#include "read/shell/shell.h"

namespace oakum::runcmd {

// A file being read for run lines. Borrows the text, which outlives it.
struct Carried {
  std::string_view text;
  std::uint32_t source;
  Subjects& subjects;
  LineIndex lines;
  Variables variables;
  bool placeholders = false;  // of a document: <image> stands for a word

  Carried(std::string_view whole, std::uint32_t number, Subjects& into)
      : text(whole), source(number), subjects(into), lines(whole), variables(whole, lines) {}
  Carried(const Carried&) = delete;
  Carried& operator=(const Carried&) = delete;
};

// Reads `script`, whose bytes `map` leads back to the file (empty: it is the file).
// `tell`: a script that breaks off is an error.
void read_script(Carried& carried, std::string_view script, const std::vector<shell::Anchor>& map, bool tell);

// The same of a unit of systemd inside another text.
void read_unit(Carried& carried, std::string_view unit, const std::vector<shell::Anchor>& map);

// One for each kind of file.
void read_shell_file(Carried& carried);
void read_systemd(Carried& carried);
void read_quadlet(Carried& carried);
void read_yaml(Carried& carried);
void read_makefile(Carried& carried);
void read_markdown(Carried& carried);
void read_jenkinsfile(Carried& carried);

// A line of a file without its end, and where it begins.
struct Line {
  std::string_view text;
  std::size_t begin = 0;
};
std::vector<Line> lines_of(std::string_view text);

}  // namespace oakum::runcmd
