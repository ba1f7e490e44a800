#include "cli/outputs.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/console.h"

namespace oakum::cli {

namespace {

Result<const report::Reporter*> reporter_named(const std::string& name) {
  if (const report::Reporter* found = report::find_reporter(name)) return found;
  std::vector<std::string_view> names;
  for (const report::Reporter& reporter : report::reporters()) names.push_back(reporter.name);
  std::string todo;
  if (const std::string_view near = nearest(name, names); !near.empty()) {
    todo = "did you mean \"" + std::string(near) + "\"?";
  } else {
    for (const std::string_view known : names) todo += (todo.empty() ? "use " : ", ") + std::string(known);
  }
  return fail(ErrorCode::usage, "--format", "unknown format \"" + printable(name, 80) + "\"", todo);
}

Result<Output> open_output(const std::string& format, const std::string& argument) {
  const std::size_t equals = argument.find('=');
  Output output;
  std::string name = format.empty() ? "terminal" : format;
  if (equals != std::string::npos) {
    name = argument.substr(0, equals);
    output.path = argument.substr(equals + 1);
  } else if (report::find_reporter(argument) != nullptr) {
    name = argument;
  } else {
    output.path = argument;
  }
  OAKUM_TRY(output.reporter, reporter_named(name));
  if (output.path == "-") output.path.clear();
  if (!output.path.empty()) {
    OAKUM_TRY(output.file, open_file(output.path, O_WRONLY | O_CREAT, 0644));
  }
  return output;
}

// Told by the file, not by its name: links lead to the same one. A device takes any number of reports.
bool same_file(const Output& a, const Output& b) {
  struct stat one{};
  struct stat other{};
  if (a.path.empty() || b.path.empty()) return false;
  if (::fstat(a.file.get(), &one) != 0 || ::fstat(b.file.get(), &other) != 0) return false;
  return S_ISREG(one.st_mode) && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

}  // namespace

Result<std::vector<Output>> open_outputs(const std::string& format, const std::vector<std::string>& arguments) {
  std::vector<Output> outputs;
  bool to_stdout = false;
  for (const std::string& argument : arguments) {
    OAKUM_TRY(Output output, open_output(format, argument));
    if (output.path.empty() && std::exchange(to_stdout, true)) {
      return fail(ErrorCode::usage, "-o " + argument, "two reports cannot both go to standard output",
                  "give one a file: -o FORMAT=FILE");
    }
    if (std::ranges::any_of(outputs, [&](const Output& other) { return same_file(other, output); })) {
      return fail(ErrorCode::usage, "-o " + argument, "two reports cannot both go into one file",
                  "give each a file of its own");
    }
    outputs.push_back(std::move(output));
  }
  // Files alone leave the terminal free for people, unless the one format asked for went into a file.
  const bool format_has_gone = !format.empty() && !outputs.empty();
  if (!to_stdout && !format_has_gone) {
    Output output;
    OAKUM_TRY(output.reporter, reporter_named(format.empty() ? "terminal" : format));
    outputs.push_back(std::move(output));
  }
  return outputs;
}

Status write_output(const Output& output, std::string_view text) {
  if (output.path.empty()) return print(text);
  if (::ftruncate(output.file.get(), 0) != 0 && errno != EINVAL) return fail_errno(errno, output.path, "truncate");
  return write_all(output.file.get(), text, output.path);
}

}  // namespace oakum::cli
