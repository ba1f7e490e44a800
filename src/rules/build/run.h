// What rules about the commands of RUN instructions share.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "model/dockerfile.h"
#include "rules/build/options.h"

namespace oakum::rules {

// Calls `look` with every RUN that has a script among a stage's own instructions, in order.
void each_run(const Dockerfile& dockerfile, const Stage& stage,
              const std::function<void(const Instruction&, const shell::Script&)>& look);

// A cache or tmpfs mount of the RUN holds `path`: nothing that is written there gets into the layer.
bool is_mounted_away(const Instruction& run, std::string_view path);
// The RUN is given a secret by the builder (--mount=type=secret).
bool has_secret_mount(const Instruction& run);

// The commands in front of `command` (one of `script`) in its pipeline, nearest first; at most 16.
std::vector<const shell::Command*> feeding(const shell::Command& command, const shell::Script& script);

// `rm` (or `find … -delete`) of something in the directory, in one of the commands.
bool removes_below(std::span<const shell::Command> commands, std::string_view directory);

// The shell in force runs POSIX scripts: not cmd, PowerShell and their like.
bool is_posix_shell(const Instruction& run);

// What curl and wget fetch with one call.
struct Download {
  const shell::Word* url = nullptr;  // the first word that looks like an address, else the program's
  bool to_file = false;              // not to standard output
  bool sends = false;                // an upload or a call of an API: -d, -X POST, -T, --post-data
};
const OptionStyle& curl_options();
const OptionStyle& wget_options();
bool is_downloader(std::string_view program);
Download download_of(const shell::Command& command);

}  // namespace oakum::rules
