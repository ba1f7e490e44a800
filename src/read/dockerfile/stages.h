// Stages: names, what they are built from, and which of them the result needs.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "read/dockerfile/parse.h"
#include "read/dockerfile/scope.h"

namespace oakum::dockerfile {

class Stages {
 public:
  explicit Stages(Context& context);
  // ARG before the first FROM, and what the words of FROM see.
  Scope& globals() { return globals_; }
  // The scope of the stage that is being read; the global one before the first FROM.
  Scope& scope() { return scopes_.empty() ? globals_ : scopes_.back(); }
  BuildState& state() { return state_; }
  // `from` has its words expanded. Opens the stage whose first instruction it is.
  void open(const Instruction& from, std::size_t index);
  // The stage's last instruction so far, and what it takes from other stages.
  void add(const Instruction& instruction, std::size_t index);
  // Behind the last instruction: ends, targets, reachability.
  void finish(std::string_view target);

 private:
  struct Need {
    std::size_t stage;
    std::string name;
    Span span;
    bool copy;  // COPY --from, where numbers count
  };
  void check_image(const Instruction& from, const Stage& stage);
  void need(const Instruction& instruction);
  void follow(const Need& need);
  std::size_t final_stage(std::string_view target);
  void mark_used(std::size_t from);

  Context& context_;
  Scope globals_;
  std::deque<Scope> scopes_;
  BuildState state_;
  std::vector<Need> needs_;
  std::vector<std::vector<std::size_t>> edges_;
  std::unordered_map<std::string, std::vector<std::size_t>> names_;  // lower case; ascending
};

}  // namespace oakum::dockerfile
