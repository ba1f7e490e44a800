#include "lsp/framing.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum::lsp {
namespace {

std::string body_of(Framer& framer) {
  auto message = framer.next();
  if (!message) return "error: " + message.error().message();
  return *message ? **message : "nothing yet";
}

TEST(Framing, CutsMessagesHoweverTheyArrive) {
  const std::string stream = framed("{}") + "content-type: x\r\nCONTENT-LENGTH:  3\r\n\r\nabc" + framed("");
  Framer whole;
  whole.push(stream);
  EXPECT_EQ(body_of(whole), "{}");
  EXPECT_EQ(body_of(whole), "abc");
  EXPECT_EQ(body_of(whole), "");
  EXPECT_EQ(body_of(whole), "nothing yet");
  EXPECT_TRUE(whole.at_rest());

  Framer slow;
  std::string bodies;
  for (const char byte : stream) {
    slow.push({&byte, 1});
    if (const std::string body = body_of(slow); body != "nothing yet") bodies += body + ";";
  }
  EXPECT_EQ(bodies, "{};abc;;");
}

TEST(Framing, BrokenHeadersEndTheStream) {
  for (const char* header : {"Content-Type: x\r\n\r\n", "Content-Length: -1\r\n\r\n", "Content-Length: 1e3\r\n\r\n",
                             "Content-Length: 99999999999999999999999\r\n\r\n", "hello\r\n\r\n",
                             "Content-Length: 1\r\nContent-Length: 2\r\n\r\n"}) {
    Framer framer;
    framer.push(header);
    const auto message = framer.next();
    ASSERT_FALSE(message) << header;
    EXPECT_EQ(message.error().code, ErrorCode::invalid);
    framer.push(framed("{}"));
    EXPECT_FALSE(framer.next()) << "nothing can be told any more";
  }
}

TEST(Framing, AHeaderWithoutEndIsRefused) {
  Framer framer;
  for (int i = 0; i < 100; ++i) {
    framer.push(std::string(100, 'x'));
    if (!framer.next()) return;
  }
  FAIL() << "a header of 10,000 bytes was taken";
}

TEST(Framing, ABodyThatIsTooLargeIsPassedOver) {
  Framer framer;
  const std::size_t size = kMaxBodyBytes + 1;
  framer.push("Content-Length: " + std::to_string(size) + "\r\n\r\nxx");
  const auto message = framer.next();
  ASSERT_FALSE(message);
  EXPECT_EQ(message.error().code, ErrorCode::limit);
  const std::string chunk(1U << 20, 'x');
  std::size_t left = size - 2;
  while (left >= chunk.size()) {
    framer.push(chunk);
    left -= chunk.size();
    EXPECT_EQ(body_of(framer), "nothing yet");
  }
  framer.push(std::string(left, 'x') + framed("{}"));
  EXPECT_EQ(body_of(framer), "{}");
}

}  // namespace
}  // namespace oakum::lsp
