#include "model/units.h"

#include <gtest/gtest.h>

namespace oakum {
namespace {

TEST(Units, SizesInTheLargestUnitThatDividesThem) {
  EXPECT_EQ(size_text(512LL << 20), "512m");
  EXPECT_EQ(size_text(1536LL << 20), "1536m");
  EXPECT_EQ(size_text(2LL << 30), "2g");
  EXPECT_EQ(size_text(1000), "1000");
  EXPECT_EQ(size_text(0), "0");
  EXPECT_EQ(size_text(-1), "-1");
  EXPECT_EQ(quantity_text(512LL << 20), "512Mi");
  EXPECT_EQ(quantity_text(1000), "1000");
}

TEST(Units, Numbers) {
  EXPECT_EQ(number_text(0.5), "0.5");
  EXPECT_EQ(number_text(2), "2");
  EXPECT_EQ(number_text(1e-7), "0.0000001");
  EXPECT_EQ(cores_text(0.5), "500m");
  EXPECT_EQ(cores_text(2), "2");
  EXPECT_EQ(cores_text(-1), "0");
}

TEST(Units, Ports) {
  EXPECT_EQ(port_text({.host_ip = "127.0.0.1",
                       .host_first = 8080,
                       .host_last = 8080,
                       .container_first = 80,
                       .container_last = 80,
                       .protocol = "udp"}),
            "127.0.0.1:8080:80/udp");
  EXPECT_EQ(port_text({.host_ip = "::1", .container_first = 80, .container_last = 81}), "[::1]::80-81");
  EXPECT_EQ(port_text({.container_first = 80, .container_last = 80}), "80");
}

}  // namespace
}  // namespace oakum
