#include "read/dockerfile/scope.h"

#include <algorithm>
#include <array>
#include <utility>

namespace oakum::dockerfile {

namespace {

constexpr int kDeepestChain = 128;  // stages FROM stages: what lies further back is taken for not known

constexpr std::array<std::string_view, 8> kPlatform = {"BUILDPLATFORM",  "BUILDOS",  "BUILDARCH",  "BUILDVARIANT",
                                                       "TARGETPLATFORM", "TARGETOS", "TARGETARCH", "TARGETVARIANT"};
constexpr std::array<std::string_view, 11> kOther = {"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy",
                                                     "FTP_PROXY",  "ftp_proxy",  "NO_PROXY",    "no_proxy",
                                                     "ALL_PROXY",  "all_proxy",  "TARGETSTAGE"};

}  // namespace

const Variable* Scope::find(std::string_view name) const {
  const std::string key(name);
  const Scope* scope = this;
  for (int depth = 0; scope != nullptr && depth < kDeepestChain; ++depth, scope = scope->parent_) {
    if (const auto found = scope->own_.find(key); found != scope->own_.end()) return &found->second;
  }
  return nullptr;
}

void Scope::set(const std::string& name, Variable variable) {
  if (!variable.env) {
    const Variable* before = find(name);
    if (before != nullptr && before->env) return;
  }
  own_.insert_or_assign(name, std::move(variable));
}

bool is_platform_argument(std::string_view name) { return std::ranges::find(kPlatform, name) != kPlatform.end(); }

bool is_predefined(std::string_view name) {
  return is_platform_argument(name) || std::ranges::find(kOther, name) != kOther.end();
}

}  // namespace oakum::dockerfile
