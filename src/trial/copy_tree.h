// A private copy of what a container may write to, so that a trial changes nothing of the user's.
#pragma once

#include <cstdint>
#include <string>

#include "base/error.h"
#include "check/context.h"

namespace oakum::trial {

inline constexpr std::uint64_t kMaxCopyBytes = 256U << 20;
inline constexpr std::size_t kMaxCopyEntries = 20'000;

// Copies a file or directory with modes, and owners where this process may give them. `texts` stand for the files of
// their paths. What is no file, directory or link is left out. An error of code `limit` beyond the limits.
Status copy_tree(const std::string& from, const std::string& to, const check::Texts& texts);

}  // namespace oakum::trial
