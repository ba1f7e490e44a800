// What is read and judged together: one file, a Compose file with its overrides and Dockerfiles, one image, one
// container.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "check/context.h"
#include "check/detect.h"
#include "model/report.h"
#include "model/subjects.h"

namespace oakum::check {

struct Unit {
  TargetKind kind = TargetKind::dockerfile;
  std::string name;                // as reports show it
  std::vector<std::string> paths;  // files, in the order they are merged; empty for what is no file
  std::string text;                // of standard input, or of a run line given as arguments
  Subjects subjects;               // filled by read_unit()
};

struct ReadOptions {
  std::vector<std::pair<std::string, std::string>> build_args;
  std::string target;                                           // stage of a Dockerfile
  std::map<std::string, std::string, std::less<>> environment;  // for Compose interpolation
  bool context = true;                                          // look at the build context of a Dockerfile
  // Texts to be taken for what the files of these paths hold: an editor's buffers, files that a fix has changed in
  // memory. nullptr: everything is as on disk.
  const Texts* texts = nullptr;
  ContextCache* contexts = nullptr;  // shared by all units of a run; nullptr: every Dockerfile looks for itself
};

// Sources of unit `index` are numbered from index * kSourcesPerUnit.
inline constexpr std::uint32_t kSourcesPerUnit = 4096;
// Larger files are an error of code `limit`.
inline constexpr std::uint64_t kMaxFileBytes = 64U << 20;

// Reads the unit's files into its subjects; what is wrong is in subjects.errors. Thread-safe for different units. With
// FileKind::unknown the content of the first file decides. Returns what the unit turned out to be; `none`: nothing of
// ours.
FileKind read_unit(Unit& unit, FileKind kind, const ReadOptions& options);

// One text of a known kind into `subjects`, without touching any file but those it names. For editors and tests.
void read_text(FileKind kind, const std::string& name, std::string text, const ReadOptions& options,
               Subjects& subjects);

TargetKind target_kind(FileKind kind);

}  // namespace oakum::check
