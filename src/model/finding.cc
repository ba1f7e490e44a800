#include "model/finding.h"

namespace oakum {

std::string_view to_string(FixSafety safety) {
  switch (safety) {
    case FixSafety::none:
      return "none";
    case FixSafety::safe:
      return "safe";
    case FixSafety::unsafe:
      return "unsafe";
    case FixSafety::advice:
      return "advice";
  }
  return "";
}

}  // namespace oakum
