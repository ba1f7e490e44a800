// What all parts of one reading share: where texts come from, where results and errors go, the limits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/subjects.h"
#include "read/compose/compose.h"
#include "read/compose/dotenv.h"
#include "read/compose/interpolate.h"
#include "read/compose/merge.h"
#include "read/compose/value.h"

namespace oakum::compose {

inline constexpr std::size_t kMaxFiles = 100;
inline constexpr std::size_t kMaxLevels = 20;
inline constexpr std::size_t kMaxErrors = 1000;
// Members of a top-level section (services, volumes, …).
inline constexpr std::size_t kMaxMembers = 10'000;
// Nodes that `extends` may copy: services that extend a big one multiply it.
inline constexpr std::size_t kMaxCopied = 1'000'000;

// Bytes of Compose files that are copied for the Dockerfiles in them.
inline constexpr std::size_t kMaxBlanked = 16U << 20;

// Variables that files of env_file may give to all services together: each that names a file has a copy.
inline constexpr std::size_t kMaxFileVariables = 100'000;
inline constexpr std::size_t kMaxEnvFiles = 1000;

// A file of env_file, or why it could not be read.
struct EnvFile {
  std::uint32_t source = 0;
  std::vector<DotenvLine> lines;
  std::optional<Error> error;
};

class Context {
 public:
  // Borrows all three.
  Context(const Files& all_files, const Options& given, Subjects& to)
      : files(all_files), options(given), subjects(to) {}

  const Files& files;
  const Options& options;
  Subjects& subjects;
  std::vector<std::uint32_t> sources;                     // in the order they were read
  std::map<std::string, EnvFile, std::less<>> env_files;  // by path, with "raw:" before it when read as such
  std::size_t file_variables_left = kMaxFileVariables;
  // The one file is meant to be merged onto another: what it refers to may be declared there.
  bool is_overlay = false;
  std::map<std::string, std::size_t, std::less<>> builds;  // Dockerfiles by what they were read with, see build.cc

  // Beyond kMaxErrors they are dropped: a hostile file could have one a line.
  void error(Error error);
  void error(const Value& at, std::string why, std::string todo = {}, ErrorCode code = ErrorCode::invalid);
  void error(std::uint32_t source, const Span& at, std::string why, std::string todo = {},
             ErrorCode code = ErrorCode::invalid);
  // False when no more errors are kept: looking for what to say is then wasted.
  bool wants_errors() const { return errors_ < kMaxErrors; }
  void conflicts(const std::vector<Conflict>& found);

  // Every document of one text, interpolated; those that are no mapping are told and left out. `directory` is what
  // relative paths in it mean. Empty when the text could not be read.
  std::vector<Value> documents(std::string name, std::string text, std::string directory,
                               const Environment& environment);
  // The same of a file; nullopt when it could not be read, which is told as happening at `asked`.
  std::optional<std::vector<Value>> file(const std::string& path, const std::string& directory,
                                         const Environment& environment, const Value& asked);

  // False, told at `asked`, when kMaxFiles have been read.
  bool may_read(const Value& asked);

  // As the sources' names show it.
  std::string place(std::uint32_t source, const Span& at) const;
  std::string name(std::uint32_t source) const;
  const std::string& directory(std::uint32_t source) const;
  Origin origin(const Value& value, const Span& span, std::string node) const;

  // False when copies of files for the Dockerfiles in them have come to kMaxBlanked.
  bool may_blank(std::size_t size);
  // False, told once, when `extends` has copied too much.
  bool may_copy(const Value& value);

 private:
  void cut_sections(Value& root);

  std::map<std::uint32_t, std::string> directories_;
  std::size_t files_ = 0;
  std::size_t errors_ = 0;
  std::size_t copied_ = 0;
  std::size_t blanked_ = 0;
};

}  // namespace oakum::compose
