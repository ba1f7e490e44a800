#include "fix/kit/parsed_texts.h"

#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace oakum::fix {
namespace {

TEST(ParsedTexts, ParsesATextOnce) {
  ParsedTexts texts;
  const Source source{"x.yaml", "a: 1\n---\nb: 2\n", 3, false};
  const auto first = texts.whole(source);
  ASSERT_TRUE(first);
  EXPECT_EQ((*first)->documents.roots.size(), 2U);
  EXPECT_EQ((*first)->source.number, 3U);
  EXPECT_EQ(texts.whole(source)->get(), first->get());
}

TEST(ParsedTexts, TellsPartsAndSourcesApart) {
  ParsedTexts texts;
  const Source one{"x.yaml", "a: 1\n---\nb: 2\n", 1, false};
  const Source other{"y.yaml", "c: 1\n---\nd: 2\n", 2, false};
  const auto part = texts.part(one, 5, one.text.size());
  ASSERT_TRUE(part);
  EXPECT_EQ((*part)->source.text, "---\nb: 2\n");
  EXPECT_NE(texts.whole(one)->get(), part->get());
  EXPECT_EQ((*texts.part(other, 5, other.text.size()))->source.text, "---\nd: 2\n");
}

TEST(ParsedTexts, KeepsAnErrorToo) {
  ParsedTexts texts;
  const Source source{"x.yaml", "a: [", 1, false};
  ASSERT_FALSE(texts.whole(source));
  EXPECT_EQ(texts.whole(source).error().message(), parse_text(source).error().message());
}

TEST(ParsedTexts, LetsGoOfWhatIsTooMuch) {
  ParsedTexts texts;
  const Source large{"x.yaml", "a: " + std::string(700'000, 'x'), 1, false};
  const Source more{"y.yaml", "b: " + std::string(700'000, 'x'), 2, false};
  const std::weak_ptr<const ParsedText> first = *texts.whole(large);
  EXPECT_FALSE(first.expired());
  ASSERT_TRUE(texts.whole(more));
  EXPECT_TRUE(first.expired());
}

TEST(ParsedText, WithDirectivesOrOddKeysIsReadAsAWhole) {
  const auto parse = [](std::string text) {
    return (*parse_text({"x.yaml", std::move(text), 1, false}))->has_plain_parts;
  };
  EXPECT_TRUE(parse("a: 1\n"));
  EXPECT_TRUE(parse("a: what?  # is it?\n"));
  EXPECT_FALSE(parse("%YAML 1.2\n---\na: 1\n"));
  EXPECT_FALSE(parse("a:\n  - ? b\n    : c\n"));
}

}  // namespace
}  // namespace oakum::fix
