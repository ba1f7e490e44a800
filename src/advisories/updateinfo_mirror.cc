#include "advisories/updateinfo_mirror.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include <pugixml.hpp>

#include "advisories/package_mirror.h"
#include "base/fd.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr std::uint64_t kMaxRepomd = 4U << 20;
constexpr std::uint64_t kMaxList = 1U << 20;
constexpr std::uint64_t kMaxUpdateinfo = 256U << 20;
constexpr std::string_view kAlgorithms[] = {"sha512", "sha256"};

struct Location {
  std::string path;
  std::string algorithm;
  std::string checksum;
};

Result<Location> updateinfo_location(const std::string& repomd, const std::string& name) {
  pugi::xml_document xml;
  const auto parsed = xml.load_buffer(repomd.data(), repomd.size(), pugi::parse_minimal | pugi::parse_escapes);
  if (!parsed) return fail(ErrorCode::invalid, name, parsed.description());
  for (const pugi::xml_node data : xml.child("repomd").children("data")) {
    if (std::string_view(data.attribute("type").as_string()) != "updateinfo") continue;
    Location location{data.child("location").attribute("href").as_string(),
                      data.child("checksum").attribute("type").as_string(),
                      std::string(trim(data.child_value("checksum")))};
    if (std::ranges::find(kAlgorithms, location.algorithm) == std::end(kAlgorithms)) {
      return fail(ErrorCode::unsupported, name, "gives only a " + printable(location.algorithm, 50) + " checksum");
    }
    return location;
  }
  return fail(ErrorCode::not_found, name, "the repository publishes no updateinfo.xml",
              "add it with modifyrepo_c, or use the distribution's own mirror");
}

// A mirror.list is a text file with the base address of one mirror per line (Amazon Linux).
Result<PackageMirror> open_mirror(std::string_view address) {
  constexpr std::string_view kList = "/mirror.list";
  if (!address.ends_with(kList)) return PackageMirror::open(address);
  OAKUM_TRY(const PackageMirror directory, PackageMirror::open(address.substr(0, address.size() - kList.size())));
  OAKUM_TRY(const std::string list, directory.get(kList.substr(1), kMaxList));
  std::string_view rest = list;
  while (const auto line = next_line(rest)) {
    if (!trim(*line).empty() && trim(*line)[0] != '#') return PackageMirror::open(trim(*line));
  }
  return fail(ErrorCode::invalid, std::string(address), "names no mirror");
}

// "updateinfo.xml.gz": without the checksum before it, so that a newer one takes its place.
std::string kept_name(std::string_view location) {
  const std::size_t at = location.find("updateinfo.xml");
  if (at == std::string_view::npos || location.find('/', at) != std::string_view::npos) return "updateinfo.xml";
  return std::string(location.substr(at));
}

}  // namespace

Result<std::string> fetch_updateinfo(const UpdateinfoRequest& request) {
  if (!is_safe_path(request.path)) return fail(ErrorCode::usage, printable(request.path), "is not a relative path");
  OAKUM_TRY(const PackageMirror mirror, open_mirror(request.mirror));
  OAKUM_TRY(const std::string repomd, mirror.get("repodata/repomd.xml", kMaxRepomd));
  OAKUM_TRY(const Location location, updateinfo_location(repomd, mirror.base() + "/repodata/repomd.xml"));
  const std::string path = request.path + "/" + kept_name(location.path);
  const std::string disk = request.output + "/" + path;
  const auto kept = read_file(disk, kMaxUpdateinfo);
  if (kept && verify_digest(*kept, location.algorithm, location.checksum, disk)) return path;
  OAKUM_TRY(const std::string bytes, mirror.get(location.path, kMaxUpdateinfo));
  OAKUM_CHECK(verify_digest(bytes, location.algorithm, location.checksum, mirror.base() + "/" + location.path));
  OAKUM_CHECK(make_directories(request.output + "/" + request.path));
  OAKUM_CHECK(write_file_atomically(disk, bytes));
  return path;
}

}  // namespace oakum::advisories
