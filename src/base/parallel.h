// Work spread over threads.
#pragma once

#include <cstddef>
#include <functional>

namespace oakum {

// Threads that the machine (and its cpu affinity) gives, at least 1.
std::size_t hardware_threads();

// Calls work(i) for every i in [0, count), each exactly once, on up to `threads` threads (the caller is one of them),
// and returns when all are done. `work` must not throw; results go to slots of the caller's, one per i.
void parallel_for(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& work);

// Work in three stages, where the one in the middle keeps an order.
struct Stages {
  std::function<void(std::size_t)> first;     // in any order, several at once
  std::function<void(std::size_t)> in_order;  // 0, 1, 2, … when first is done for it: one at a time, on any thread
  std::function<void(std::size_t)> last;      // in any order, several at once
};

// Calls each stage for every i in [0, count) once, one stage of an i after the other, on up to `threads` threads (the
// caller is one of them), and returns when all are done. At most `ahead` (at least 1) of them have begun and not ended:
// what an i needs between its stages can be dropped in the last, and does not grow with the count. Nothing may throw.
void parallel_stages(std::size_t count, std::size_t threads, std::size_t ahead, const Stages& stages);

}  // namespace oakum
