// Where a Compose project's back end goes, and who goes with it, so that only those who talk to it meet it.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "fix/kit/remedy.h"
#include "model/tiers.h"

namespace oakum::fix::workload {

inline constexpr std::string_view kTiersByHand =
    ": put it with those that use it on a network of their own that is declared with `internal: true`";

// What becomes of one back end.
struct Move {
  const Workload* back_end = nullptr;
  bool published = false;                // an internal network would publish none of its ports
  std::vector<std::string> left;         // networks that it leaves
  std::vector<std::string> kept;         // and stays on
  std::vector<const Workload*> joining;  // who talks to it, and would not meet it on those
  std::string network;                   // where they meet then; "" nobody has to
  bool made = false;                     // it is not there yet
};

// Refused where nobody is seen to talk to it, or no name is left for a network.
std::expected<Move, Refusal> plan_move(const Workload& back_end, const ComposeProject& project, const Tiers& tiers);

}  // namespace oakum::fix::workload
