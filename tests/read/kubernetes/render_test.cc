// Kustomizations and charts through their programs.
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/fd.h"
#include "base/process.h"
#include "read/kubernetes/reading.h"

namespace oakum::kubernetes {
namespace {

bool is_here(const std::vector<std::string>& argv) {
  const auto result = run_process(argv);
  return result && result->exit_status == 0;
}

class Render : public testing::Test {
 protected:
  void SetUp() override {
    auto made = TemporaryDirectory::create("oakum-render");
    ASSERT_TRUE(made);
    directory_ = std::make_unique<TemporaryDirectory>(std::move(*made));
  }
  void write(const std::string& name, std::string_view text) {
    ASSERT_TRUE(write_file_atomically(directory_->path() + "/" + name, text));
  }
  std::unique_ptr<TemporaryDirectory> directory_;
};

// PATH without any program in it, for one test.
class NoPrograms {
 public:
  NoPrograms() : before_(std::getenv("PATH") == nullptr ? "" : std::getenv("PATH")) {
    ::setenv("PATH", "/nonexistent", 1);
  }
  ~NoPrograms() { ::setenv("PATH", before_.c_str(), 1); }
  NoPrograms(const NoPrograms&) = delete;
  NoPrograms& operator=(const NoPrograms&) = delete;

 private:
  std::string before_;
};

TEST_F(Render, AKustomizationIsWhatItsProgramMakesOfIt) {
  if (!is_here({"kustomize", "version"}) && !is_here({"kubectl", "kustomize", "--help"}))
    GTEST_SKIP() << "neither kustomize nor kubectl is installed (Debian: kubernetes-client)";
  write("kustomization.yaml", "namespace: prod\nresources: [pod.yaml]\n");
  write("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: a, image: x}]}\n");
  const auto rendered = render_kustomization(directory_->path());
  ASSERT_TRUE(rendered.has_value()) << rendered.error().message();
  const Subjects subjects = read_well(*rendered);
  ASSERT_THAT(subjects.workloads, testing::SizeIs(1));
  EXPECT_EQ(subjects.workloads[0].pod->name_space, "prod");
}

TEST_F(Render, AKustomizationThatIsWrongIsAnErrorInItsProgramsWords) {
  if (!is_here({"kustomize", "version"}) && !is_here({"kubectl", "kustomize", "--help"}))
    GTEST_SKIP() << "neither kustomize nor kubectl is installed (Debian: kubernetes-client)";
  write("kustomization.yaml", "resources: [missing.yaml]\n");
  const auto rendered = render_kustomization(directory_->path());
  ASSERT_FALSE(rendered.has_value());
  EXPECT_EQ(rendered.error().code, ErrorCode::invalid);
  EXPECT_THAT(rendered.error().message(), testing::HasSubstr("missing.yaml"));
}

TEST_F(Render, AChartIsWhatHelmMakesOfIt) {
  if (!is_here({"helm", "version"})) GTEST_SKIP() << "helm is not installed";
  write("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 0.1.0\n");
  ASSERT_TRUE(make_directories(directory_->path() + "/templates"));
  write(
      "templates/pod.yaml",
      "apiVersion: v1\nkind: Pod\nmetadata: {name: \"{{ .Release.Name }}-web\"}\nspec: {containers: [{name: a, image: "
      "x}]}\n");
  const auto rendered = render_helm_chart(directory_->path());
  ASSERT_TRUE(rendered.has_value()) << rendered.error().message();
  EXPECT_THAT(read_well(*rendered).workloads, testing::SizeIs(1));
}

TEST_F(Render, AMissingProgramIsNamedWithTheWayOut) {
  const NoPrograms none;
  const auto kustomization = render_kustomization(directory_->path());
  ASSERT_FALSE(kustomization.has_value());
  EXPECT_EQ(kustomization.error().code, ErrorCode::not_found);
  EXPECT_THAT(kustomization.error().message(), testing::HasSubstr("kubectl"));
  const auto chart = render_helm_chart(directory_->path());
  ASSERT_FALSE(chart.has_value());
  EXPECT_EQ(chart.error().code, ErrorCode::not_found);
  EXPECT_THAT(chart.error().message(), testing::HasSubstr("helm"));
}

TEST(FileNames, OfWhatAProgramRenders) {
  EXPECT_TRUE(is_kustomization("kustomization.yaml"));
  EXPECT_TRUE(is_kustomization("Kustomization"));
  EXPECT_FALSE(is_kustomization("kustomize.yaml"));
  EXPECT_TRUE(is_helm_chart("Chart.yaml"));
  EXPECT_FALSE(is_helm_chart("chart.yaml"));
}

}  // namespace
}  // namespace oakum::kubernetes
