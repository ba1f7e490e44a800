#include "cli/plumbing_packages.h"

#include <cstdio>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/fd.h"
#include "cli/command.h"
#include "packages/analyser.h"
#include "packages/lookup.h"
#include "report/json.h"

namespace oakum::cli {

namespace {

using nlohmann::ordered_json;

ordered_json to_json(const Error& error) { return {{"path", error.what}, {"message", error.message()}}; }

Result<packages::Assembled> look_up(const std::string& path) {
  std::vector<packages::Finding> findings;
  if (is_directory(path)) {
    OAKUM_TRY(findings, packages::look_up_root(path));
  } else {
    OAKUM_TRY(packages::Finding finding, packages::look_up_file(path));
    findings.push_back(std::move(finding));
  }
  return packages::assemble(std::move(findings));
}

ordered_json document_of(const Result<packages::Assembled>& assembled) {
  ordered_json document = {{"packages", ordered_json::array()}, {"errors", ordered_json::array()}};
  if (!assembled) {
    document["errors"].push_back(to_json(assembled.error()));
    return document;
  }
  for (const Package& package : assembled->packages) document["packages"].push_back(report::package_json(package));
  for (const Error& error : assembled->errors) document["errors"].push_back(to_json(error));
  return document;
}

}  // namespace

int plumbing_packages(const std::string& path) {
  const ordered_json document = document_of(look_up(path));
  // Names come from hostile files: bytes that are not UTF-8 become U+FFFD.
  const std::string text = document.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  return written && document["errors"].empty() ? kClean : kCouldNot;
}

}  // namespace oakum::cli
