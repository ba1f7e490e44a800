#include "advisories/repomd.h"

#include <pugixml.hpp>

#include "advisories/package_mirror.h"
#include "base/digest.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr std::string_view kRepomd = "repodata/repomd.xml";

std::string_view without(std::string_view text, std::string_view suffix) {
  if (text.ends_with(suffix)) text.remove_suffix(suffix.size());
  return text;
}

Result<IndexContent> read_repomd(std::string_view bytes, const DownloadIndex& self) {
  OAKUM_TRY(const RepositoryFile file, updateinfo_in(bytes, self.url));
  const std::string base(without(self.url, kRepomd));
  const std::string folder(without(self.path, "repomd.xml"));
  return IndexContent{{{base + file.path, folder + kept_name(file.path), {}, file.digest}}, {}};
}

Result<IndexContent> read_mirror_list(std::string_view bytes, const DownloadIndex& self) {
  OAKUM_TRY(const std::string base, first_mirror(bytes, self.url));
  // What a list fetched over TLS names is fetched over TLS: nothing else says that the repository is the right one.
  if (self.url.starts_with("https://") && !base.starts_with("https://")) {
    return fail(ErrorCode::integrity, self.url, "names a mirror without TLS: " + printable(base, 200));
  }
  return IndexContent{{}, {yum_repository(base, std::string(without(self.path, "/mirror.list")))}};
}

}  // namespace

Result<RepositoryFile> updateinfo_in(std::string_view repomd, std::string_view name) {
  pugi::xml_document xml;
  const auto parsed = xml.load_buffer(repomd.data(), repomd.size(), pugi::parse_minimal | pugi::parse_escapes);
  if (!parsed) return fail(ErrorCode::invalid, std::string(name), parsed.description());
  for (const pugi::xml_node data : xml.child("repomd").children("data")) {
    if (std::string_view(data.attribute("type").as_string()) != "updateinfo") continue;
    const std::string path = data.child("location").attribute("href").as_string();
    const std::string algorithm = data.child("checksum").attribute("type").as_string();
    const auto digest = Digest::parse(algorithm + ":" + to_lower(trim(data.child_value("checksum"))));
    if (!digest) {
      return fail(ErrorCode::unsupported, std::string(name),
                  "gives no sha256 or sha512 checksum, but \"" + printable(algorithm, 50) + "\"");
    }
    if (!is_safe_path(path)) return fail(ErrorCode::invalid, std::string(name), "names a path outside its repository");
    return RepositoryFile{path, digest->text()};
  }
  return fail(ErrorCode::not_found, std::string(name), "the repository publishes no updateinfo.xml",
              "add it with modifyrepo_c, or use the distribution's own mirror");
}

Result<std::string> first_mirror(std::string_view list, std::string_view name) {
  while (const auto line = next_line(list)) {
    std::string_view address = trim(*line);
    if (address.empty() || address[0] == '#') continue;
    while (address.ends_with('/')) address.remove_suffix(1);
    return std::string(address);
  }
  return fail(ErrorCode::invalid, std::string(name), "names no mirror");
}

std::string kept_name(std::string_view location) {
  const std::size_t at = location.find("updateinfo.xml");
  if (at == std::string_view::npos || location.find('/', at) != std::string_view::npos) return "updateinfo.xml";
  return std::string(location.substr(at));
}

DownloadIndex yum_repository(const std::string& base, const std::string& path) {
  return {base + "/" + std::string(kRepomd), path + "/repomd.xml", read_repomd};
}

DownloadIndex yum_mirror_list(const std::string& url, const std::string& path) {
  return {url, path + "/mirror.list", read_mirror_list};
}

}  // namespace oakum::advisories
