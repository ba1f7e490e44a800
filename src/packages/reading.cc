#include "packages/reading.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::packages {

namespace {

void add(Finding& finding, Error error) {
  if (finding.errors.size() >= kMaxErrors) return;
  if (finding.errors.size() + 1 == kMaxErrors) {
    error = Error{ErrorCode::limit, finding.path, "more errors than are listed", {}};
  }
  finding.errors.push_back(std::move(error));
}

void add_limit(Finding& finding, std::string_view of_what) {
  Error error{ErrorCode::limit, finding.path, "more than " + std::string(of_what) + ", the rest is left out", {}};
  const bool said = !finding.errors.empty() && finding.errors.back() == error;
  if (!said) add(finding, std::move(error));
}

}  // namespace

void note(Finding& finding, ErrorCode code, std::string_view bytes, std::size_t offset, std::string why) {
  if (finding.errors.size() >= kMaxErrors) return;  // spares counting the lines
  const std::string_view before = bytes.substr(0, std::min(offset, bytes.size()));
  const auto line = std::ranges::count(before, '\n') + 1;
  add(finding, Error{code, finding.path + ":" + std::to_string(line), std::move(why), {}});
}

void note(Finding& finding, ErrorCode code, std::string why, std::string todo) {
  add(finding, Error{code, finding.path, std::move(why), std::move(todo)});
}

bool room_for_package(Finding& finding) {
  if (finding.packages.size() < kMaxPackages) return true;
  add_limit(finding, with_thousands(kMaxPackages) + " packages");
  return false;
}

bool room_for_file(Finding& finding, std::size_t count) {
  if (count < kMaxFiles) return true;
  add_limit(finding, with_thousands(kMaxFiles) + " files");
  return false;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

std::string clean(std::string_view text) { return printable(text, kMaxLine); }

std::string_view epoch_of(std::string_view version) {
  const std::size_t colon = version.find(':');
  if (colon == std::string_view::npos) return {};
  const std::string_view epoch = version.substr(0, colon);
  const bool digits = std::ranges::all_of(epoch, [](char c) { return c >= '0' && c <= '9'; });
  return digits ? epoch : std::string_view{};
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view directory_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

}  // namespace oakum::packages
