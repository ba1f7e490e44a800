#include "model/tiers.h"

#include <gtest/gtest.h>

namespace oakum {
namespace {

Workload service(std::string name, std::string_view image) {
  Workload result;
  result.name = std::move(name);
  result.image.state(parse_image_reference(image), {});
  return result;
}

ComposeProject project_of(const Subjects& subjects) {
  ComposeProject project;
  for (std::size_t i = 0; i < subjects.workloads.size(); ++i) project.services.push_back(i);
  return project;
}

TEST(Tiers, AServiceInTheNetworkOfAnotherCountsAsThatOne) {
  Subjects subjects;
  subjects.workloads = {service("vpn", "vpn:1"), service("worker", "worker:1"), service("db", "postgres:16")};
  subjects.workloads[1].network_mode.state("service:vpn", {});
  subjects.workloads[1].depends_on.add("db", {});
  const ComposeProject project = project_of(subjects);
  const Tiers tiers(project, subjects);
  EXPECT_EQ(tiers.partners(subjects.workloads[2]), std::vector<const Workload*>{&subjects.workloads[0]});
  EXPECT_TRUE(tiers.networks_of(subjects.workloads[1]).empty());
  EXPECT_TRUE(tiers.exposures(subjects.workloads[2]).empty());
}

TEST(Tiers, ACircleOfNetworksEnds) {
  Subjects subjects;
  subjects.workloads = {service("a", "a:1"), service("b", "b:1"), service("db", "postgres:16")};
  subjects.workloads[0].network_mode.state("service:b", {});
  subjects.workloads[1].network_mode.state("service:a", {});
  subjects.workloads[0].depends_on.add("db", {});
  const ComposeProject project = project_of(subjects);
  const Tiers tiers(project, subjects);
  EXPECT_EQ(tiers.partners(subjects.workloads[2]).size(), 1U);
  EXPECT_EQ(tiers.members_of("default"), std::vector<const Workload*>{&subjects.workloads[2]});
}

// Every service says a name that all of them have: as many pairs as there are words, at first sight.
TEST(Tiers, ManyOfOneNameCostLittle) {
  constexpr std::size_t kServices = 2000;
  std::string words;
  for (int i = 0; i < 500; ++i) words += "x ";
  Subjects subjects;
  for (std::size_t i = 0; i < kServices; ++i) {
    Workload one = service("s" + std::to_string(i), "redis:7");
    one.networks.add({.name = "default", .aliases = {"x"}}, {});
    one.command.state({.arguments = {words}}, {});
    subjects.workloads.push_back(std::move(one));
  }
  const ComposeProject project = project_of(subjects);
  const Tiers tiers(project, subjects);
  EXPECT_LE(tiers.partners(subjects.workloads.back()).size(), 10U);
  EXPECT_FALSE(tiers.is_unknown("default"));
}

}  // namespace
}  // namespace oakum
