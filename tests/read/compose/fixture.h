// A Compose project out of texts.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "read/compose/compose.h"

namespace oakum::compose {

class FakeFiles final : public Files {
 public:
  explicit FakeFiles(std::map<std::string, std::string> files = {}) : files_(std::move(files)) {}
  Result<std::string> read(const std::string& path) const override {
    const auto found = files_.find(path);
    if (found == files_.end()) return fail(ErrorCode::not_found, path, "no such file");
    return found->second;
  }

 private:
  std::map<std::string, std::string> files_;
};

struct Project {
  Subjects subjects;

  Project(const std::vector<Input>& inputs, const std::map<std::string, std::string>& files = {},
          const Options& options = {}) {
    read(inputs, FakeFiles(files), options, subjects);
  }
  explicit Project(std::string text, const std::map<std::string, std::string>& files = {}, const Options& options = {})
      : Project(std::vector<Input>{{"compose.yaml", std::move(text)}}, files, options) {}

  const Workload& service(std::string_view name) const {
    static const Workload kNone;
    for (const Workload& workload : subjects.workloads) {
      if (workload.name == name) return workload;
    }
    ADD_FAILURE() << "no service " << name;
    return kNone;
  }
  const Workload& only() const& { return service(subjects.workloads.empty() ? "" : subjects.workloads[0].name); }
  Workload only() && { return service(subjects.workloads.empty() ? "" : subjects.workloads[0].name); }

  std::string cut(const Origin& origin) const {
    const Source* source = subjects.source(origin.source);
    return source == nullptr ? "" : source->text.substr(origin.span.begin, origin.span.end - origin.span.begin);
  }
  std::string file(const Origin& origin) const {
    const Source* source = subjects.source(origin.source);
    return source == nullptr ? "" : source->name;
  }
  std::string errors() const {
    std::string result;
    for (const Error& error : subjects.errors) result += error.message() + "\n";
    return result;
  }
};

// A service "web" with these keys, each line indented by itself.
inline Project web(const std::string& keys, const std::string& top = {}) {
  std::string text = "services:\n  web:\n";
  std::string_view rest = keys;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    text += "    " + std::string(rest.substr(0, end)) + "\n";
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  return Project(text + top);
}

template <class T>
std::vector<T> values(const List<T>& list) {
  std::vector<T> result;
  for (const Stated<T>& item : list) result.push_back(item.value);
  return result;
}

using Texts = std::vector<std::string>;

}  // namespace oakum::compose
