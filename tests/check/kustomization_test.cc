// What a kustomization and its files say twice is told once, where it can be mended.
#include "check/kustomization.h"

#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/fd.h"

namespace oakum::check {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kWeb = "container \"a\" of Deployment \"web\"";

Finding finding(std::string rule, std::string subject, std::uint32_t line) {
  Finding result;
  result.rule = std::move(rule);
  result.subject = std::move(subject);
  result.origin.span = {0, 1, line, 3, line, 4};
  result.excerpt = "  - name: a";
  return result;
}

class Kustomizations : public testing::Test {
 protected:
  void SetUp() override {
    auto made = TemporaryDirectory::create("oakum-kustomization");
    ASSERT_TRUE(made);
    directory_ = std::make_unique<TemporaryDirectory>(std::move(*made));
    for (const char* name : {"base", "prod", "dev"}) ASSERT_TRUE(make_directories(directory_->path() + "/" + name));
  }

  Target& add(const std::string& name, std::string_view text, std::vector<Finding> findings = {}) {
    EXPECT_TRUE(write_file_atomically(directory_->path() + "/" + name, text));
    Target target;
    target.kind = TargetKind::kubernetes;
    target.name = directory_->path() + "/" + name;
    target.findings = std::move(findings);
    targets_.push_back(std::move(target));
    return targets_.back();
  }

  std::vector<std::string> rules_of(std::size_t target) const {
    std::vector<std::string> rules;
    for (const Finding& one : targets_.at(target).findings) rules.push_back(one.rule);
    return rules;
  }

  std::unique_ptr<TemporaryDirectory> directory_;
  std::vector<Target> targets_;
};

TEST_F(Kustomizations, ToldOfTheFileWhatIsInBoth) {
  add("base/web.yaml", "kind: Deployment\n", {finding("seccomp", kWeb, 9)});
  add("base/kustomization.yaml", "resources: [web.yaml]\n", {finding("seccomp", kWeb, 15)});
  settle_rendered(targets_);
  EXPECT_THAT(rules_of(0), ElementsAre("seccomp"));
  EXPECT_EQ(targets_[0].findings[0].origin.span.line, 9U);
  EXPECT_THAT(rules_of(1), IsEmpty());
}

TEST_F(Kustomizations, WhatAnOverlayMendsIsNoFindingAndWhatItBreaksIsItsOwn) {
  add("base/web.yaml", "kind: Deployment\n", {finding("read-only-rootfs", kWeb, 9), finding("seccomp", kWeb, 9)});
  add("base/kustomization.yaml", "resources: [web.yaml]\n", {finding("read-only-rootfs", kWeb, 15)});
  add("prod/patch.yaml", "kind: Deployment\n").not_evaluated.push_back({"image-latest", kWeb, "no image", {}});
  add("prod/kustomization.yaml", "resources: [../base]\npatches: [{path: patch.yaml}]\n",
      {finding("image-latest", kWeb, 15), finding("seccomp", kWeb, 15)});
  settle_rendered(targets_);
  EXPECT_THAT(rules_of(0), ElementsAre("seccomp"));
  EXPECT_THAT(rules_of(1), IsEmpty());
  EXPECT_THAT(targets_[2].not_evaluated, IsEmpty());
  EXPECT_THAT(rules_of(3), ElementsAre("image-latest"));
  const Finding& own = targets_[3].findings[0];
  EXPECT_EQ(own.origin.span.line, 0U) << "the kustomization has no such line";
  EXPECT_EQ(own.evidence, "as rendered, line 15: - name: a");
}

TEST_F(Kustomizations, WhatOneOfTwoOverlaysLeavesIsStillFound) {
  add("base/web.yaml", "kind: Deployment\n", {finding("seccomp", kWeb, 9)});
  add("prod/kustomization.yaml", "resources: [../base/web.yaml]\n");
  add("dev/kustomization.yaml", "namePrefix: dev-\nresources: [../base/web.yaml]\n",
      {finding("seccomp", "container \"a\" of Deployment \"dev-web\"", 15)});
  settle_rendered(targets_);
  EXPECT_THAT(rules_of(0), ElementsAre("seccomp"));
  EXPECT_THAT(rules_of(2), IsEmpty());
}

TEST_F(Kustomizations, NamesAreComparedWholeWhereNothingRenames) {
  add("base/web.yaml", "kind: Deployment\n", {finding("seccomp", kWeb, 9)});
  add("base/kustomization.yaml", "resources: [web.yaml, web2.yaml]\n",
      {finding("seccomp", "container \"a\" of Deployment \"web2\"", 15)});
  settle_rendered(targets_);
  EXPECT_THAT(rules_of(0), IsEmpty());
  EXPECT_THAT(rules_of(1), ElementsAre("seccomp"));
}

TEST_F(Kustomizations, OneThatWasNotRenderedChangesNothing) {
  add("base/web.yaml", "kind: Deployment\n", {finding("seccomp", kWeb, 9)});
  add("base/kustomization.yaml", "resources: [web.yaml]\n")
      .not_evaluated.push_back({"kubernetes", "base", "neither kustomize nor kubectl", {}});
  add("prod/kustomization.yaml", "resources: [../base]\n")
      .errors.push_back(Error{ErrorCode::invalid, "prod", "kustomize does not render it", {}});
  settle_rendered(targets_);
  EXPECT_THAT(rules_of(0), ElementsAre("seccomp"));
}

TEST_F(Kustomizations, ThatNameEachOtherEnd) {
  add("base/kustomization.yaml", "resources: [../prod, https://example.org/x, \"\", 'a\n\n  b']\n",
      {finding("seccomp", kWeb, 15)});
  add("prod/kustomization.yaml", "resources: [../base, missing.yaml]\n");
  settle_rendered(targets_);  // no program renders such a thing: what is asked is that it ends
  EXPECT_EQ(targets_.size(), 2U);
}

}  // namespace
}  // namespace oakum::check
