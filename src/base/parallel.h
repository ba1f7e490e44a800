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

}  // namespace oakum
