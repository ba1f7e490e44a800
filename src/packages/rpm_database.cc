#include "packages/rpm_database.h"

#include <utility>

#include <fmt/format.h>

#include "packages/rpm_header.h"

namespace oakum::packages {
namespace {

constexpr std::size_t kMaxErrors = 100;  // a database with more is damaged as a whole, which one more line says

}  // namespace

bool HeaderSink::reserve(std::uint64_t size) {
  if (size < budget_) {
    budget_ -= size + 1;  // a record takes more than its header does; records without any end as well
    return true;
  }
  if (!exhausted_) {
    error(Error{ErrorCode::invalid, "", "its packages are together longer than the file itself", ""});
  }
  exhausted_ = true;
  return false;
}

void HeaderSink::header(std::uint64_t number, std::string_view blob) {
  auto parsed = parse_rpm_header(blob);
  if (!parsed) {
    error(number, std::move(parsed.error()));
    return;
  }
  if (is_public_key(parsed->package.name)) return;
  for (Error& part : parsed->errors) error(number, std::move(part));
  parsed->package.path = finding_.path;
  finding_.packages.push_back(std::move(parsed->package));
}

void HeaderSink::error(std::uint64_t number, Error error) {
  this->error(std::move(error).in(fmt::format("package {}", number)));
}

void HeaderSink::error(Error error) {
  if (finding_.errors.size() > kMaxErrors) return;
  if (finding_.errors.size() == kMaxErrors) {
    error = Error{ErrorCode::limit, "", fmt::format("more than {} errors, the others are not listed", kMaxErrors), ""};
  }
  finding_.errors.push_back(std::move(error).in(finding_.path));
}

}  // namespace oakum::packages
