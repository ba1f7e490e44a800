#include "rules/kubernetes/pod_index.h"

#include <gtest/gtest.h>

#include "rules/kubernetes/objects.h"

namespace oakum::rules {
namespace {

void add_pod(Subjects& subjects, std::string name_space, std::vector<KeyValue> labels) {
  Workload workload;
  workload.pod.emplace();
  workload.pod->name_space = std::move(name_space);
  workload.pod->labels = std::move(labels);
  KubernetesObject object;
  object.workloads = {subjects.workloads.size()};
  subjects.workloads.push_back(std::move(workload));
  subjects.objects.push_back(std::move(object));
}

LabelSelector label(std::string key, std::string value) {
  return {.match_labels = {{std::move(key), std::move(value)}}};
}

TEST(PodIndex, SelectsByLabelsAndNamespace) {
  Subjects subjects;
  add_pod(subjects, "shop", {{"app", "web"}, {"tier", "front"}});
  PodIndex index(subjects);
  EXPECT_TRUE(index.selects_any(label("app", "web"), "shop"));
  EXPECT_TRUE(index.selects_any(label("app", "web"), ""));  // decided when it is applied
  EXPECT_TRUE(index.selects_any({}, "shop"));
  EXPECT_FALSE(index.selects_any(label("app", "web"), "build"));
  EXPECT_FALSE(index.selects_any(label("app", "db"), "shop"));
  EXPECT_FALSE(index.exhausted());
}

// 20,000 selectors times 1,000 pods would be 20 million comparisons.
TEST(PodIndex, StopsComparingAndSaysSo) {
  Subjects subjects;
  for (int i = 0; i < 1000; ++i) add_pod(subjects, "", {{"app", std::to_string(i)}});
  PodIndex index(subjects);
  const LabelSelector none = label("app", "none");
  EXPECT_FALSE(index.selects_any(none, ""));
  for (int i = 0; i < 20'000; ++i) index.selects_any(none, "");
  EXPECT_TRUE(index.exhausted());
  EXPECT_TRUE(index.selects_any(none, ""));
}

TEST(Objects, PlacesBelowAPathAreWholeSteps) {
  KubernetesObject object;
  object.scalars.add({"spec.selectors", "x"}, {.node = "other"});
  object.scalars.add({"spec.selector.app", "web"}, {.node = "this"});
  ASSERT_NE(first_below(object, "spec.selector"), nullptr);
  EXPECT_EQ(first_below(object, "spec.selector")->origin.node, "this");
  EXPECT_EQ(first_below(object, "spec.sel"), nullptr);
}

TEST(Objects, IndexesBeyondTheWorkloadsAreLeftOut) {
  Subjects subjects;
  KubernetesObject object;
  object.workloads = {7};
  EXPECT_TRUE(containers_of(object, subjects).empty());
}

}  // namespace
}  // namespace oakum::rules
