// Two files of one project, parted by a NUL byte: the second is merged, extended, included and built from, too.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "read/compose/compose.h"

namespace {

class OneFile final : public oakum::compose::Files {
 public:
  explicit OneFile(std::string text) : text_(std::move(text)) {}
  oakum::Result<std::string> read(const std::string&) const override { return text_; }

 private:
  std::string text_;
};

void check(const oakum::Subjects& subjects, const oakum::Origin& origin) {
  const oakum::Source* source = subjects.source(origin.source);
  if (source == nullptr || origin.span.begin > origin.span.end || origin.span.end > source->text.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = input.find('\0');
  const std::string first(input.substr(0, cut));
  const std::string second(cut == std::string_view::npos ? std::string_view() : input.substr(cut + 1));
  oakum::Subjects subjects;
  oakum::compose::read({{"a.yaml", first}, {"b.yaml", second}}, OneFile(second), {.environment = {{"A", "x"}}},
                       subjects);
  for (const oakum::Workload& workload : subjects.workloads) {
    check(subjects, workload.origin);
    for (const auto& statement : workload.user.statements()) check(subjects, statement.origin);
    for (const auto& item : workload.mounts) check(subjects, item.origin);
    for (const auto& item : workload.environment) check(subjects, item.origin);
    for (const auto& item : workload.unmodelled) check(subjects, item.origin);
  }
  return 0;
}
