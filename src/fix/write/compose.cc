#include "fix/write/compose_text.h"
#include "fix/write/write.h"

namespace oakum::fix {

namespace {

using Writer = compose::Outcome (*)(compose::Text&, const Change&);
constexpr Writer kWriters[] = {compose::write_plain, compose::write_list,       compose::write_security,
                               compose::write_mount, compose::write_port,       compose::write_limit,
                               compose::write_life,  compose::write_environment};

compose::Done write_one(compose::Text& text, const Change& change) {
  for (const Writer writer : kWriters) {
    if (auto done = writer(text, change)) return *done;
  }
  return refuse("Compose has no key for it");
}

}  // namespace

Written write_compose(const Subjects& subjects, ParsedTexts& texts, const Workload& workload,
                      const std::vector<Change>& changes) {
  auto text = compose::Text::open(subjects, texts, workload);
  if (!text) return std::unexpected(std::move(text.error()));
  for (const Change& change : changes) {
    if (auto done = write_one(*text, change); !done) return std::unexpected(std::move(done.error()));
  }
  return text->edits();
}

}  // namespace oakum::fix
