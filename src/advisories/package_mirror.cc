#include "advisories/package_mirror.h"

#include <algorithm>

#include "base/digest.h"
#include "base/fd.h"
#include "base/text.h"
#include "net/http.h"
#include "net/retry.h"

namespace oakum::advisories {

namespace {

// "%3a" in a file's name is three characters of it.
std::string url_path(std::string_view path) { return percent_encoded(path, "/+:@,="); }

Result<std::string> get_remote(const std::string& url, std::uint64_t limit) {
  net::Request request;
  request.url = url;
  request.max_body = limit;
  OAKUM_TRY(net::Response answer, net::fetch_with_retries(request, {}));
  if (answer.status == 404 || answer.status == 410) {
    return fail(ErrorCode::not_found, url, "the mirror does not have it");
  }
  if (answer.status != 200) {
    return fail(ErrorCode::network, url, "the mirror answered with status " + std::to_string(answer.status));
  }
  return std::move(answer.body);
}

}  // namespace

Result<PackageMirror> PackageMirror::open(std::string_view base) {
  while (base.size() > 1 && base.ends_with('/')) base.remove_suffix(1);
  if (base.starts_with("http://") || base.starts_with("https://")) return PackageMirror(std::string(base), true);
  if (base.starts_with("file://")) base.remove_prefix(std::string_view("file://").size());
  std::string directory(base);
  if (!is_directory(directory)) {
    return fail(ErrorCode::not_found, printable(directory), "is not a directory, nor an http:// or https:// address",
                "name the mirror as apt or dnf does, for example http://deb.debian.org/debian-security");
  }
  return PackageMirror(std::move(directory), false);
}

Result<std::string> PackageMirror::get(std::string_view path, std::uint64_t limit) const {
  if (!is_safe_path(path)) return fail(ErrorCode::invalid, printable(path), "is not a path below the mirror");
  if (remote_) return get_remote(base_ + "/" + url_path(path), limit);
  return read_file(base_ + "/" + std::string(path), limit);
}

bool is_safe_path(std::string_view path) {
  if (path.empty() || path.size() > 4096) return false;
  if (std::ranges::any_of(path, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) return false;
  return std::ranges::none_of(split(path, '/'),
                              [](std::string_view part) { return part.empty() || part == "." || part == ".."; });
}

Status verify_digest(std::string_view bytes, std::string_view algorithm, std::string_view hex, std::string_view name) {
  return verify_digest(bytes, std::string(algorithm) + ":" + to_lower(hex), name);
}

Status verify_digest(std::string_view bytes, std::string_view digest, std::string_view name) {
  OAKUM_TRY(const Digest expected, Digest::parse(digest));
  Hasher hasher(expected.algorithm());
  hasher.update(bytes);
  if (hasher.finish() == expected) return {};
  return fail(ErrorCode::integrity, printable(name),
              "its " + std::string(expected.algorithm()) + " is not the one in the index",
              "the mirror may be in the middle of an update: try again later");
}

}  // namespace oakum::advisories
