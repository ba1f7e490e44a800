#include "check/kustomization.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/fd.h"
#include "base/text.h"
#include "read/kubernetes/kubernetes.h"
#include "yaml/yaml.h"

namespace oakum::check {

namespace {

constexpr std::size_t kMaxFileSize = 1U << 20;
constexpr std::size_t kMaxInputs = 10'000;
constexpr int kMaxDepth = 16;

using Indexes = std::map<std::string, std::size_t, std::less<>>;  // by path, in its normal form

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

bool is_rendered(const Target& target) {
  const std::string name = file_name(target.name);
  return kubernetes::is_kustomization(name) || kubernetes::is_helm_chart(name);
}

// Judged as what its program made of it.
bool is_known_kustomization(const Target& target) {
  const auto was_not_rendered = [](const NotEvaluated& entry) { return entry.rule == "kubernetes"; };
  return kubernetes::is_kustomization(file_name(target.name)) && target.errors.empty() &&
         std::ranges::none_of(target.not_evaluated, was_not_rendered);
}

std::string normal(const std::string& path) { return std::filesystem::path(path).lexically_normal().string(); }

std::string kustomization_in(const std::string& directory) {
  for (const std::string_view name : kubernetes::kKustomizationNames) {
    std::string path = normal(directory + "/" + std::string(name));
    if (path_exists(path)) return path;
  }
  return {};
}

// The files and other kustomizations that one is made of, as numbers of targets.
class Inputs {
 public:
  Inputs(const Indexes& targets, const std::string& path) : targets_(&targets) { follow(normal(path), 0); }

  const std::set<std::size_t>& files() const { return files_; }
  const std::set<std::size_t>& parts() const { return parts_; }
  bool renames() const { return renames_; }

 private:
  void follow(const std::string& path, int depth) {
    if (depth > kMaxDepth || seen_.size() >= kMaxInputs || !seen_.insert(path).second) return;
    const auto text = read_file(path, kMaxFileSize);
    const auto root = text ? yaml::parse(path, *text) : Result<yaml::Node>(std::unexpected(text.error()));
    if (!root) return;
    renames_ = renames_ || root->find("namePrefix") != nullptr || root->find("nameSuffix") != nullptr;
    const std::string directory = std::filesystem::path(path).parent_path().string();
    const auto add = [&](std::string_view item) { take((directory.empty() ? "." : directory) + "/", item, depth); };
    for (const char* key : {"resources", "bases", "components", "patchesStrategicMerge"}) {
      const yaml::Node* list = root->find(key);
      if (list == nullptr) continue;
      for (const yaml::Node& item : list->items) add(item.text());
    }
    for (const char* key : {"patches", "patchesJson6902"}) {
      const yaml::Node* list = root->find(key);
      if (list == nullptr) continue;
      for (const yaml::Node& item : list->items) {
        if (const yaml::Node* file = item.find("path")) add(file->text());
      }
    }
  }

  // Addresses and patches that stand there themselves name no file.
  void take(const std::string& directory, std::string_view item, int depth) {
    if (item.empty() || item.find('\n') != std::string_view::npos || item.find("://") != std::string_view::npos) return;
    const std::string path = item.front() == '/' ? std::string(item) : directory + std::string(item);
    if (!is_directory(path)) {
      if (const auto found = targets_->find(normal(path)); found != targets_->end()) files_.insert(found->second);
      return;
    }
    const std::string inner = kustomization_in(path);
    if (const auto found = targets_->find(inner); found != targets_->end()) parts_.insert(found->second);
    if (!inner.empty()) follow(inner, depth + 1);
  }

  const Indexes* targets_;
  std::set<std::string> seen_;
  std::set<std::size_t> files_, parts_;
  bool renames_ = false;
};

std::string_view last_name(std::string_view subject) {
  if (!subject.ends_with('"')) return {};
  subject.remove_suffix(1);
  const std::size_t quote = subject.rfind('"');
  return quote == std::string_view::npos ? std::string_view() : subject.substr(quote + 1);
}

// `container "a" of Deployment "web"` is the same as of "prod-web", where a prefix is put before names.
bool is_same_subject(std::string_view own, std::string_view rendered, bool renames) {
  if (own == rendered) return true;
  const std::string_view a = last_name(own), b = last_name(rendered);
  return renames && !a.empty() && b.find(a) != std::string_view::npos &&
         own.substr(0, own.size() - a.size() - 1) == rendered.substr(0, rendered.size() - b.size() - 1);
}

struct Root {
  std::size_t target;
  Inputs inputs;
  std::set<std::size_t> told;  // its findings that a file has too
};

// Does one that is made of the file show the finding too? It is then told of the file alone.
bool is_in_rendered(const Finding& finding, std::size_t file, const std::vector<Target>& targets,
                    std::vector<Root>& roots) {
  bool found = false;
  for (Root& root : roots) {
    if (!root.inputs.files().contains(file)) continue;
    const std::vector<Finding>& theirs = targets[root.target].findings;
    for (std::size_t i = 0; i < theirs.size(); ++i) {
      if (theirs[i].rule != finding.rule || !is_same_subject(finding.subject, theirs[i].subject, root.inputs.renames()))
        continue;
      root.told.insert(i);
      found = true;
    }
  }
  return found;
}

void settle_file(std::size_t file, std::vector<Target>& targets, std::vector<Root>& roots) {
  std::erase_if(targets[file].findings, [&](const Finding& finding) {
    return !finding.subject.empty() && !is_in_rendered(finding, file, targets, roots);
  });
  targets[file].not_evaluated.clear();  // it was judged as part of the whole
}

void leave_out(const std::set<std::size_t>& told, std::vector<Finding>& findings) {
  std::vector<Finding> left;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!told.contains(i)) left.push_back(std::move(findings[i]));
  }
  findings = std::move(left);
}

// Those that no other is made of.
std::vector<Root> find_roots(const std::vector<Target>& targets) {
  Indexes indexes;
  for (std::size_t i = 0; i < targets.size(); ++i) indexes.emplace(normal(targets[i].name), i);
  std::vector<Root> all;
  std::set<std::size_t> parts;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (!is_known_kustomization(targets[i])) continue;
    all.push_back({i, Inputs(indexes, targets[i].name), {}});
    parts.insert(all.back().inputs.parts().begin(), all.back().inputs.parts().end());
  }
  std::erase_if(all, [&](const Root& root) { return parts.contains(root.target); });
  return all;
}

void settle_kustomizations(std::vector<Target>& targets) {
  std::vector<Root> roots = find_roots(targets);
  std::set<std::size_t> files;
  for (const Root& root : roots) {
    files.insert(root.inputs.files().begin(), root.inputs.files().end());
    for (const std::size_t part : root.inputs.parts()) {
      targets[part].findings.clear();
      targets[part].not_evaluated.clear();
    }
  }
  for (const std::size_t file : files) settle_file(file, targets, roots);
  for (Root& root : roots) leave_out(root.told, targets[root.target].findings);
}

void name_the_line(Finding& finding) {
  if (finding.origin.span.line == 0) return;
  const std::string line = "as rendered, line " + std::to_string(finding.origin.span.line) + ": " +
                           std::string(trim(printable(finding.excerpt, 200)));
  finding.evidence = finding.evidence.empty() ? line : finding.evidence + "; " + line;
  finding.excerpt.clear();
  finding.origin.span = {};
  for (RelatedPlace& place : finding.related) place.origin.span = {};
}

}  // namespace

void settle_rendered(std::vector<Target>& targets) {
  if (std::ranges::none_of(targets, is_rendered)) return;
  settle_kustomizations(targets);
  for (Target& target : targets) {
    if (!is_rendered(target)) continue;
    for (Finding& finding : target.findings) name_the_line(finding);
  }
}

}  // namespace oakum::check
