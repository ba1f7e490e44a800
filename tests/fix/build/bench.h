// A Dockerfile in memory, and a remedy at a place of it.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "fix/build/place.h"
#include "fix/build/table.h"
#include "fix/kit/text.h"
#include "model/subjects.h"
#include "read/dockerfile/dockerfile.h"

namespace oakum::fix::build {

class Bench {
 public:
  // `read` is what the Dockerfile's reader sees when the text holds more than it.
  explicit Bench(std::string text, std::string_view read = {}) {
    const std::uint32_t number = subjects_.add_source("Dockerfile", std::move(text));
    const std::string& all = subjects_.source(number)->text;
    subjects_.dockerfiles.push_back(dockerfile::read(read.empty() ? std::string_view(all) : read, number));
  }

  Subjects& subjects() { return subjects_; }
  const Subjects& subjects() const { return subjects_; }
  const std::string& text() const { return subjects_.sources.front().text; }

  // A finding at the first `what` behind the first `after`.
  Finding at(std::string_view what, std::string_view after = {}) const {
    Finding finding;
    const std::size_t begin = text().find(what, after.empty() ? 0 : text().find(after));
    EXPECT_NE(begin, std::string::npos) << what;
    finding.origin.source = subjects_.sources.front().number;
    finding.origin.span.begin = static_cast<std::uint32_t>(begin);
    finding.origin.span.end = static_cast<std::uint32_t>(begin + what.size());
    return finding;
  }

  Place place(std::string_view what) const {
    const Context context{subjects_, options_};
    const auto place = place_of(at(what), context);
    EXPECT_TRUE(place.has_value());
    return *place;
  }

  std::string with(const std::vector<Edit>& edits) const {
    auto after = apply_edits(text(), edits);
    EXPECT_TRUE(after.has_value()) << after.error().message();
    return after.value_or("");
  }

  // The whole text after the rule's remedy; "refused: why".
  std::string fixed(std::string_view rule, const Finding& finding) const {
    const auto table = build_remedies();
    const auto remedy = std::ranges::find_if(table, [&](const Remedy* one) { return one->rule == rule; });
    EXPECT_NE(remedy, table.end()) << rule;
    auto answer = (*remedy)->plan(finding, Context{subjects_, options_});
    return answer ? with(answer->edits) : "refused: " + answer.error().why;
  }
  std::string fixed(std::string_view rule, std::string_view what) const { return fixed(rule, at(what)); }

 private:
  Subjects subjects_;
  Options options_;
};

}  // namespace oakum::fix::build
