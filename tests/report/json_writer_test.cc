#include "report/json_writer.h"

#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace oakum::report {

namespace {

using Json = nlohmann::ordered_json;

std::string written(std::string_view value) {
  std::string text;
  JsonWriter(text).text(value);
  return text;
}

std::string expected(const std::string& value) {
  return Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}

TEST(JsonWriter, IndentsNestedValuesAndKeepsEmptyOnesOnOneLine) {
  std::string text;
  JsonWriter out(text);
  out.open_object();
  out.text("name", "a");
  out.texts("none", {});
  out.texts("two", {"x", "y"});
  out.key("empty");
  out.open_object();
  out.close_object();
  out.key("list");
  out.open_list();
  out.open_object();
  out.number("n", 18446744073709551615U);
  out.flag("yes", true);
  out.real("score", 9.8);
  out.text_or_null("nothing", "");
  out.close_object();
  out.close_list();
  out.close_object();
  const Json same = {{"name", "a"},
                     {"none", Json::array()},
                     {"two", {"x", "y"}},
                     {"empty", Json::object()},
                     {"list", {{{"n", 18446744073709551615U}, {"yes", true}, {"score", 9.8}, {"nothing", nullptr}}}}};
  EXPECT_EQ(text, same.dump(2));
}

TEST(JsonWriter, TakesAValueThatWasWrittenForItsLevel) {
  std::string part;
  JsonWriter inner(part, 1);
  inner.texts({"x"});
  std::string text;
  JsonWriter out(text);
  out.open_list();
  out.written(part);
  out.written(part);
  out.close_list();
  EXPECT_EQ(text, Json::array({{"x"}, {"x"}}).dump(2));
}

TEST(JsonWriter, EscapesWhatMayNotStandInAString) {
  EXPECT_EQ(written("a\"b\\c\n\t\r\b\f"), R"("a\"b\\c\n\t\r\b\f")");
  EXPECT_EQ(written(std::string_view("\0\x1f\x7f", 3)), "\"\\u0000\\u001f\x7f\"");
  EXPECT_EQ(written("é€😀"), "\"é€😀\"");
}

TEST(JsonWriter, ReplacesIllFormedUtf8OncePerSequence) {
  EXPECT_EQ(written("a\xF0\x9F\x98"), "\"a\uFFFD\"");
  EXPECT_EQ(written("\xE2\x82"
                    "A"),
            "\"\uFFFDA\"");
  EXPECT_EQ(written("\xE0\x80\xC0"), "\"\uFFFD\uFFFD\uFFFD\"");
}

TEST(JsonWriter, WritesAnyBytesAsTheLibraryDoes) {
  std::mt19937 random(20260721);
  const std::string_view bytes(
      "\x00\n\"\\a~\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0\xc2\xdf\xe0\xe1\xed\xef\xf0\xf1\xf4\xf5\xff", 25);
  for (int round = 0; round < 20000; ++round) {
    std::string value(random() % 8, ' ');
    for (char& c : value) c = bytes[random() % bytes.size()];
    ASSERT_EQ(written(value), expected(value));
  }
}

}  // namespace

}  // namespace oakum::report
