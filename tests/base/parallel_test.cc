#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace oakum {
namespace {

TEST(ParallelFor, CallsEachOnce) {
  std::vector<std::atomic<int>> calls(1000);
  parallel_for(calls.size(), 4, [&](std::size_t i) { ++calls[i]; });
  EXPECT_TRUE(std::ranges::all_of(calls, [](const std::atomic<int>& count) { return count == 1; }));
}

struct Seen {
  explicit Seen(std::size_t count) : first(count), last(count) {}
  std::vector<std::atomic<int>> first, last;
  std::vector<std::size_t> in_order;  // as parallel_stages promises, one thread at a time
  std::atomic<int> open = 0, most_open = 0, busy_in_order = 0;
};

void run_stages(std::size_t count, std::size_t threads, std::size_t ahead, Seen& seen) {
  parallel_stages(count, threads, ahead,
                  {.first =
                       [&](std::size_t i) {
                         const int open = ++seen.open;
                         for (int most = seen.most_open; most < open;)
                           if (seen.most_open.compare_exchange_weak(most, open)) break;
                         // Some are slower than those after them.
                         if (i % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(200));
                         ++seen.first[i];
                       },
                   .in_order =
                       [&](std::size_t i) {
                         EXPECT_EQ(++seen.busy_in_order, 1);
                         EXPECT_EQ(seen.first[i], 1);
                         seen.in_order.push_back(i);
                         --seen.busy_in_order;
                       },
                   .last =
                       [&](std::size_t i) {
                         EXPECT_EQ(seen.first[i], 1);
                         ++seen.last[i];
                         --seen.open;
                       }});
}

void expect_whole(std::size_t count, std::size_t ahead, const Seen& seen) {
  ASSERT_EQ(seen.in_order.size(), count);
  for (std::size_t i = 0; i < count; ++i) {
    EXPECT_EQ(seen.in_order[i], i);
    EXPECT_EQ(seen.last[i], 1) << i;
  }
  EXPECT_LE(static_cast<std::size_t>(seen.most_open), ahead);
}

TEST(ParallelStages, KeepsTheOrderOfTheMiddle) {
  for (const std::size_t threads : {1U, 2U, 5U}) {
    Seen seen(500);
    run_stages(500, threads, 16, seen);
    expect_whole(500, 16, seen);
  }
}

TEST(ParallelStages, RunsWithOneAtATime) {
  Seen seen(50);
  run_stages(50, 4, 1, seen);
  expect_whole(50, 1, seen);
}

TEST(ParallelStages, HasNothingToDoForNothing) {
  Seen seen(0);
  run_stages(0, 4, 8, seen);
  expect_whole(0, 8, seen);
}

}  // namespace
}  // namespace oakum
