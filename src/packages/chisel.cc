// The manifest of chiselled Ubuntu images: var/lib/chisel/manifest.wall, zstd over a "jsonwall": one JSON object a
// line, kinds package, slice, path and content. The lines begin with a header
// {"jsonwall":"1.0","schema":"1.0","count":N}. The manifest names no source packages; a package stands for its own.
#include <memory>
#include <unordered_map>

#include <nlohmann/json.hpp>
#include <zstd.h>

#include "base/text.h"
#include "packages/reading.h"

namespace oakum::packages {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxInflated = std::size_t{128} << 20;
constexpr std::size_t kMaxJsonLine = std::size_t{64} << 10;
constexpr int kMaxWindowLog = 27;  // 128 MiB, what `zstd --long` needs at most without being told

struct FreeContext {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

Result<std::string> inflate(std::string_view bytes, const std::string& name) {
  const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  if (!context) return fail(ErrorCode::internal, name, "no memory to inflate it");
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
  std::string text;
  std::string block(ZSTD_DStreamOutSize(), '\0');
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::size_t hint = 1;
  while (in.pos < in.size || hint != 0) {
    ZSTD_outBuffer out{block.data(), block.size(), 0};
    hint = ZSTD_decompressStream(context.get(), &out, &in);
    if (ZSTD_isError(hint) != 0) return fail(ErrorCode::invalid, name, std::string("zstd: ") + ZSTD_getErrorName(hint));
    if (text.size() + out.pos > kMaxInflated) {
      return fail(ErrorCode::limit, name, "inflates to more than " + human_bytes(kMaxInflated));
    }
    text.append(block.data(), out.pos);
    const bool stuck = in.pos == in.size && out.pos < out.size;
    if (stuck && hint != 0) return fail(ErrorCode::invalid, name, "zstd: the file ends too early");
  }
  return text;
}

std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

struct Wall {
  std::unordered_map<std::string, std::vector<std::string>> files;  // by package
  std::size_t file_count = 0;
};

void take_package(const json& object, std::string_view text, std::size_t offset, Finding& finding) {
  Package package;
  package.name = text_of(object, "name");
  package.version = text_of(object, "version");
  package.arch = text_of(object, "arch");
  if (!is_token(package.name) || !is_token(package.version)) {
    note(finding, ErrorCode::invalid, text, offset, "a package without a proper name and version");
    return;
  }
  if (!is_token(package.arch)) package.arch.clear();
  package.epoch = epoch_of(package.version);
  package.source = {package.name, package.version};
  package.ecosystem = "deb";
  package.path = finding.path;
  finding.packages.push_back(std::move(package));
}

// A slice is called "package_slice", and package names have no underscore. Directories end in a slash.
void take_content(const json& object, Finding& finding, Wall& wall) {
  const std::string slice = text_of(object, "slice");
  std::string path = text_of(object, "path");
  if (path.empty() || path.front() != '/' || path.back() == '/') return;
  if (!room_for_file(finding, wall.file_count)) return;
  ++wall.file_count;
  wall.files[slice.substr(0, slice.find('_'))].push_back(std::move(path));
}

void take_line(std::string_view line, std::string_view text, std::size_t offset, Finding& finding, Wall& wall) {
  if (line.size() > kMaxJsonLine) {
    note(finding, ErrorCode::limit, text, offset, "the line is too long and is left out");
    return;
  }
  const json object = json::parse(line, nullptr, false);
  if (!object.is_object()) {
    note(finding, ErrorCode::invalid, text, offset, "the line is not a JSON object");
    return;
  }
  const std::string kind = text_of(object, "kind");
  if (kind == "package") take_package(object, text, offset, finding);
  if (kind == "content") take_content(object, finding, wall);
}

}  // namespace

void read_chisel_manifest(std::string_view bytes, Finding& finding) {
  const auto inflated = inflate(bytes, finding.path);
  if (!inflated) {
    finding.errors.push_back(inflated.error());
    return;
  }
  const std::string_view text = *inflated;
  std::string_view rest = text;
  Wall wall;
  while (!rest.empty()) {
    const auto offset = static_cast<std::size_t>(rest.data() - text.data());
    const std::string_view line = trim(next_line(rest).value_or(""));
    if (line.empty()) continue;
    if (offset == 0 && line.find("\"jsonwall\"") == std::string_view::npos) {
      return note(finding, ErrorCode::unsupported, "not a chisel manifest: the jsonwall header is missing");
    }
    if (!room_for_package(finding)) break;
    take_line(line, text, offset, finding, wall);
  }
  for (Package& package : finding.packages) {
    if (const auto found = wall.files.find(package.name); found != wall.files.end()) {
      package.files = std::move(found->second);
      wall.files.erase(found);
    }
  }
}

}  // namespace oakum::packages
