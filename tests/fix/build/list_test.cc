// A command behind the last one, whatever the RUN looks like.
#include "fix/build/list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fix/build/bench.h"
#include "fix/build/edit.h"

namespace oakum::fix::build {
namespace {

std::string appended(std::string run) {
  const Bench bench("FROM alpine\n" + std::move(run));
  const Place place = bench.place("RUN");
  const auto edit = append_command(place, *place.at, "zz");
  return edit ? bench.with({*edit}).substr(std::string("FROM alpine\n").size()) : "refused: " + edit.error().why;
}

struct Shape {
  std::string before, after;
};

TEST(Append, ComesBehindTheLastCommandInTheMannerOfTheRun) {
  const Shape kShapes[] = {
      {"RUN a\n", "RUN a && zz\n"},
      {"RUN a;\n", "RUN a && zz;\n"},
      {"RUN a; b # c\n", "RUN a; b && zz # c\n"},
      {"RUN a || b\n", "RUN a || b && zz\n"},
      {"RUN a || exit 1\n", "RUN a || exit 1 && zz\n"},
      {"RUN (a; b)\n", "RUN (a; b) && zz\n"},
      {"RUN { a; }\n", "RUN { a; } && zz\n"},
      {"RUN if a; then b; fi\n", "RUN if a; then b; fi && zz\n"},
      {"RUN for i in 1 2; do a; done ;\n", "RUN for i in 1 2; do a; done && zz ;\n"},
      {"RUN case $x in a) b;; esac\n", "RUN case $x in a) b;; esac && zz\n"},
      {"RUN x=$(a)\n", "RUN x=$(a) && zz\n"},
      {"RUN a \"b ; c\" > /d 2>&1\n", "RUN a \"b ; c\" > /d 2>&1 && zz\n"},
      {"RUN sh -c 'a && b'\n", "RUN sh -c 'a && b' && zz\n"},
      {"RUN a \\\n  b\n", "RUN a \\\n  b \\\n  && zz\n"},
      {"RUN a && \\\n    b\n", "RUN a && \\\n    b && \\\n    zz\n"},
      {"RUN a \\\n # c\n  && b c \\\n     d\n", "RUN a \\\n # c\n  && b c \\\n     d \\\n  && zz\n"},
      {"RUN <<E\na\nE\n", "RUN <<E\na && zz\nE\n"},
      {"RUN <<E\nset -e\na # b\nE\n", "RUN <<E\nset -e\na # b\nzz\nE\n"},
      {"RUN <<E\nset -e\nif a; then\n  b\nfi\nE\n", "RUN <<E\nset -e\nif a; then\n  b\nfi\nzz\nE\n"},
      {"RUN a <<E && b\nc\nE\n", "RUN a <<E && b && zz\nc\nE\n"},
      {"RUN a <<'E' \\\n && b\nc\nE\n", "RUN a <<'E' \\\n && b \\\n && zz\nc\nE\n"},
  };
  for (const Shape& shape : kShapes) EXPECT_EQ(appended(shape.before), shape.after) << shape.before;
}

TEST(Append, RefusesWhereNothingCanStandBehind) {
  EXPECT_THAT(appended("RUN a &\n"), testing::StartsWith("refused: "));
  EXPECT_THAT(appended("RUN exec a\n"), testing::StartsWith("refused: "));
  EXPECT_THAT(appended("RUN [\"a\"]\n"), testing::StartsWith("refused: "));
  EXPECT_THAT(appended("RUN a 'b\n"), testing::StartsWith("refused: "));
  EXPECT_THAT(appended("RUN <<E\na\ncat <<F\nb\nF\nE\n"), testing::StartsWith("refused: "));
}

TEST(Without, TakesACommandWithItsJoint) {
  const auto without = [](std::string run, std::string_view name) {
    const Bench bench("FROM alpine\n" + std::move(run));
    const Place place = bench.place("RUN");
    for (const shell::Command& command : place.at->script->commands) {
      if (command.name() != name) continue;
      const auto edit = without_command(place, *place.at, command);
      return edit ? bench.with({*edit}).substr(std::string("FROM alpine\n").size()) : "refused";
    }
    return std::string("none");
  };
  EXPECT_EQ(without("RUN a && b && c\n", "a"), "RUN b && c\n");
  EXPECT_EQ(without("RUN a && b && c\n", "b"), "RUN a && c\n");
  EXPECT_EQ(without("RUN a \\\n  && b \\\n  && c\n", "c"), "RUN a \\\n  && b\n");
  EXPECT_EQ(without("RUN a && b | c\n", "b"), "refused");
  EXPECT_EQ(without("RUN a; b\n", "b"), "refused");
  EXPECT_EQ(without("RUN a\n", "a"), "refused");
}

TEST(Json, StringsAreEscaped) {
  EXPECT_EQ(json_array({"a", "b \"c\" \\", "d\te"}), R"(["a", "b \"c\" \\", "d\u0009e"])");
}

}  // namespace
}  // namespace oakum::fix::build
