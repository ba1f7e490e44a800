#include "cli/progress.h"

#include <cstdio>

#include "base/text.h"

namespace oakum::cli {

using std::chrono::milliseconds;

void ProgressLine::show(std::string_view text) {
  if (!enabled_) return;
  const std::lock_guard lock(mutex_);
  const auto now = Clock::now();
  if (now - start_ < milliseconds(500) || now - last_ < milliseconds(100)) return;
  last_ = now;
  shown_ = true;
  std::fprintf(stderr, "\r\x1b[K%s", printable(text, 200).c_str());
}

void ProgressLine::clear() {
  const std::lock_guard lock(mutex_);
  if (shown_) std::fprintf(stderr, "\r\x1b[K");
  shown_ = false;
}

double ProgressLine::seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

}  // namespace oakum::cli
