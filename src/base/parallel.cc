#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include <sched.h>

namespace oakum {

std::size_t hardware_threads() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) == 0) {
    return static_cast<std::size_t>(std::max(1, CPU_COUNT(&set)));
  }
  return std::max(1U, std::thread::hardware_concurrency());
}

void parallel_for(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (std::size_t i = next.fetch_add(1); i < count; i = next.fetch_add(1)) work(i);
  };
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < std::min(threads, count); ++i) helpers.emplace_back(run);
  run();
}

namespace {

// What the threads share; all of it under the mutex.
class StagedWork {
 public:
  StagedWork(std::size_t count, std::size_t ahead, const Stages& stages)
      : stages_(stages), ahead_(std::max<std::size_t>(ahead, 1)), left_(count), done_first_(count, false) {}

  // A thread's share: it ends what has begun before it begins more.
  void run() {
    std::unique_lock lock(mutex_);
    while (left_ > 0) {
      if (!in_order_busy_ && next_in_order_ < done_first_.size() && done_first_[next_in_order_]) {
        order(lock);
      } else if (!ordered_.empty()) {
        end(lock);
      } else if (next_first_ < done_first_.size() && open_ < ahead_) {
        begin(lock);
      } else {
        changed_.wait(lock);
      }
    }
    changed_.notify_all();
  }

 private:
  void begin(std::unique_lock<std::mutex>& lock) {
    const std::size_t i = next_first_++;
    ++open_;
    without(lock, stages_.first, i);
    done_first_[i] = true;
    if (i == next_in_order_) changed_.notify_one();
  }

  void order(std::unique_lock<std::mutex>& lock) {
    in_order_busy_ = true;
    without(lock, stages_.in_order, next_in_order_);
    in_order_busy_ = false;
    ordered_.push_back(next_in_order_++);
    changed_.notify_one();
  }

  void end(std::unique_lock<std::mutex>& lock) {
    const std::size_t i = ordered_.front();
    ordered_.pop_front();
    without(lock, stages_.last, i);
    --left_;
    --open_;
    changed_.notify_one();
  }

  static void without(std::unique_lock<std::mutex>& lock, const std::function<void(std::size_t)>& work, std::size_t i) {
    lock.unlock();
    work(i);
    lock.lock();
  }

  const Stages& stages_;
  const std::size_t ahead_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t left_;
  std::size_t open_ = 0;  // begun and not ended
  std::size_t next_first_ = 0, next_in_order_ = 0;
  bool in_order_busy_ = false;
  std::vector<bool> done_first_;
  std::deque<std::size_t> ordered_;  // waiting for the last stage
};

}  // namespace

void parallel_stages(std::size_t count, std::size_t threads, std::size_t ahead, const Stages& stages) {
  StagedWork work(count, ahead, stages);
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < std::min(threads, count); ++i) helpers.emplace_back([&work] { work.run(); });
  work.run();
}

}  // namespace oakum
