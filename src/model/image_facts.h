// What rules ask of an image: its configuration, its history, and a few facts about its files. Filled by read/image (an
// image that is being checked, or the base of a Dockerfile found in a local store, an archive or an OCI layout).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/dockerfile.h"
#include "model/image.h"
#include "model/origin.h"
#include "model/workload.h"

namespace oakum {

struct PasswdEntry {
  std::string name, home, shell;
  std::uint32_t uid = 0, gid = 0;
  std::uint32_t line = 0;
};

struct ShadowEntry {
  std::string name;
  bool empty_password = false;
};

struct FileFact {
  enum class Kind : std::uint8_t {
    setuid,
    setgid,
    world_writable,
    secret_name,  // a name that credentials have (id_rsa, .env, *.pem, .aws/credentials, …)
    unnecessary,  // .git, caches, package-manager lists
    package_manager,
    shell,
    compiler,
    network_tool,
    sudo,
    capability,  // file capabilities (security.capability)
  };
  Kind kind = Kind::setuid;
  std::string path;  // absolute inside the image
  std::uint32_t mode = 0, uid = 0, gid = 0;
  std::uint64_t size = 0;
  std::string layer;           // diff_id that brought it
  std::size_t history = 0;     // index into history of the step that brought it; history.size() when not known
  bool deleted_later = false;  // still in a lower layer, hidden in the image
};

struct HistoryStep {
  std::string created_by;   // as stated
  std::string instruction;  // as a person would write it (instruction_of)
  std::string comment;
  std::string created;
  bool empty_layer = false;
  std::uint64_t size = 0;
};

struct ImageFacts {
  std::string name;  // as asked for
  Image image;
  Origin origin;
  std::vector<HistoryStep> history;  // all steps, those without a layer too, lowest first
  // The same steps for rules about RUN: instructions[i] is history[i], of kind `run` with its script where it was a
  // RUN, of kind `unknown` otherwise (the configuration says what those did). One stage, on nothing known. Spans are
  // offsets of that instruction's text, without lines.
  Dockerfile build;
  std::optional<HealthCheck> healthcheck;
  std::vector<std::string> shell;  // SHELL of the config
  std::vector<std::string> on_build;
  std::string stop_signal;

  bool files_known = false;  // false: only the configuration was read, and rules about files say so
  std::vector<PasswdEntry> passwd;
  std::vector<PasswdEntry> group;  // name and gid only
  std::vector<ShadowEntry> shadow;
  std::vector<FileFact> files;  // sorted by path, kind
  bool has_passwd = false;
  std::uint64_t file_count = 0, total_bytes = 0;
  std::uint64_t wasted_bytes = 0;  // rewritten or deleted in later layers
  std::string distribution;        // ID of os-release, "" when none

  bool has_file(FileFact::Kind kind, std::string_view name) const;  // last path component equals name
};

}  // namespace oakum
