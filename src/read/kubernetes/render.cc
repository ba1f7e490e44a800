// Kustomizations and charts, through the programs that define what they mean.
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <vector>

#include "base/process.h"
#include "base/text.h"
#include "read/kubernetes/kubernetes.h"

namespace oakum::kubernetes {

namespace {

constexpr ProcessLimits kLimits{.output_bytes = 16U << 20, .time = std::chrono::milliseconds(60'000)};

// A directory called "-x" must not become an option.
std::string as_path(const std::string& directory) {
  return directory.starts_with('-') ? "./" + directory : directory.empty() ? "." : directory;
}

Result<std::string> run(const std::vector<std::string>& argv, const std::string& directory) {
  const std::string& program = argv.front();
  auto result = run_process(argv, {}, kLimits);
  if (!result) return std::unexpected(std::move(result.error()).in(directory));
  if (result->exit_status == 0) return std::move(result->output);
  return fail(ErrorCode::invalid, directory,
              program + " does not render it: " + std::string(trim(printable(result->errors, 500))));
}

bool is_missing(const Result<std::string>& result) { return !result && result.error().code == ErrorCode::not_found; }

}  // namespace

bool is_kustomization(std::string_view file_name) {
  return std::ranges::find(kKustomizationNames, file_name) != std::end(kKustomizationNames);
}

bool is_helm_chart(std::string_view file_name) { return file_name == "Chart.yaml"; }

Result<std::string> render_kustomization(const std::string& directory) {
  const std::string path = as_path(directory);
  auto rendered = run({"kustomize", "build", path}, directory);
  if (!is_missing(rendered)) return rendered;
  rendered = run({"kubectl", "kustomize", path}, directory);
  if (!is_missing(rendered)) return rendered;
  return fail(ErrorCode::not_found, directory, "is a kustomization, and neither kustomize nor kubectl is on the PATH",
              "install one of them, or check the output of \"kustomize build\"");
}

Result<std::string> render_helm_chart(const std::string& directory) {
  auto rendered = run({"helm", "template", "release", as_path(directory)}, directory);
  if (!is_missing(rendered)) return rendered;
  return fail(ErrorCode::not_found, directory, "is a Helm chart, and helm is not on the PATH",
              "install helm, or check the output of \"helm template\"");
}

}  // namespace oakum::kubernetes
