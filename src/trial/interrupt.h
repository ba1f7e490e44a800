// SIGINT, SIGTERM and SIGHUP set a flag instead of ending the process, as long as the object lives: what was made can
// then be removed first. The flag stays set.
#pragma once

#include <array>
#include <atomic>
#include <csignal>

namespace oakum::trial {

class InterruptGuard {
 public:
  InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  ~InterruptGuard();

 private:
  std::array<struct sigaction, 3> before_{};
};

const std::atomic<bool>& interrupt_flag();

}  // namespace oakum::trial
