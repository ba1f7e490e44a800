#include "read/image/finding_codec.h"

#include <algorithm>
#include <array>
#include <utility>

namespace oakum::image {

namespace {

// The order of the strings of a package on the wire. `path` is the finding's own and `layer` belongs to an image, not
// to a layer's content: neither is kept. The structured binding stops the build when Package gains a member.
constexpr std::size_t kPackageTexts = 11;
template <class P>
auto package_texts(P& package) {
  auto& [name, version, epoch, arch, source, ecosystem, vendor, license, module, purl, path, layer, files] = package;
  static_cast<void>(layer);
  static_cast<void>(files);
  static_cast<void>(path);
  return std::array{&name,      &version, &epoch,   &arch,   &source.name, &source.version,
                    &ecosystem, &vendor,  &license, &module, &purl};
}

template <class D>
auto distribution_texts(D& distribution) {
  auto& [id, id_like, version_id, codename, name, variant, path, channels] = distribution;
  static_cast<void>(channels);
  return std::array{&id, &id_like, &version_id, &codename, &name, &variant, &path};
}

// Paths of one package come sorted or nearly so: each is what it shares with the one before, and the rest.
void encode_paths(const std::vector<std::string>& paths, WireWriter& out) {
  out.number(paths.size());
  std::string_view last;
  for (const std::string& path : paths) {
    const auto end = std::ranges::mismatch(last, path);
    const auto shared = static_cast<std::size_t>(end.in1 - last.begin());
    out.number(shared);
    out.text(std::string_view(path).substr(shared));
    last = path;
  }
}

bool decode_paths(WireReader& in, std::vector<std::string>& paths) {
  const std::size_t count = in.count(2);
  paths.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t shared = in.number();
    const std::string_view rest = in.text();
    const std::string_view last = paths.empty() ? std::string_view() : std::string_view(paths.back());
    // No path is longer than what the walker accepts; together with the count this bounds what is made of few bytes.
    if (!in.ok() || shared > last.size() || shared + rest.size() > (1 << 16)) return false;
    std::string path;
    path.reserve(static_cast<std::size_t>(shared) + rest.size());
    path.append(last.substr(0, static_cast<std::size_t>(shared))).append(rest);
    paths.push_back(std::move(path));
  }
  return true;
}

// A bit per string says that it is the same as the package before has; then the others follow.
void encode_packages(const std::vector<Package>& packages, std::string_view finding_path, WireWriter& out) {
  out.number(packages.size());
  const Package none;
  const Package* last = &none;
  for (const Package& package : packages) {
    const auto texts = package_texts(package);
    const auto before = package_texts(*last);
    std::uint64_t same = 0;
    for (std::size_t i = 0; i < kPackageTexts; ++i) same |= std::uint64_t{*texts[i] == *before[i]} << i;
    const bool own_path = package.path != finding_path;
    out.number(same | std::uint64_t{own_path} << kPackageTexts);
    for (std::size_t i = 0; i < kPackageTexts; ++i) {
      if ((same >> i & 1) == 0) out.text(*texts[i]);
    }
    if (own_path) out.text(package.path);
    encode_paths(package.files, out);
    last = &package;
  }
}

bool decode_packages(WireReader& in, std::string_view finding_path, std::vector<Package>& packages) {
  const std::size_t count = in.count(2);
  packages.reserve(count);
  for (std::size_t p = 0; p < count; ++p) {
    Package package;
    const std::uint64_t same = in.number();
    const auto texts = package_texts(package);
    for (std::size_t i = 0; i < kPackageTexts; ++i) {
      if ((same >> i & 1) == 0) {
        *texts[i] = in.text();
      } else if (!packages.empty()) {
        *texts[i] = *package_texts(packages.back())[i];
      }
    }
    package.path = (same >> kPackageTexts & 1) != 0 ? in.text() : finding_path;
    if (!decode_paths(in, package.files)) return false;
    packages.push_back(std::move(package));
  }
  return in.ok();
}

void encode_distribution(const std::optional<Distribution>& distribution, WireWriter& out) {
  out.number(distribution ? 1 : 0);
  if (!distribution) return;
  for (const std::string* text : distribution_texts(*distribution)) out.text(*text);
  encode_paths(distribution->channels, out);
}

bool decode_distribution(WireReader& in, std::optional<Distribution>& distribution) {
  if (in.number() == 0) return in.ok();
  distribution.emplace();
  for (std::string* text : distribution_texts(*distribution)) *text = in.text();
  return decode_paths(in, distribution->channels);
}

std::uint64_t mix(std::uint64_t hash, std::string_view text) {
  // FNV-1a over the bytes and the length; keys are compared within one image only, nothing is looked up by them.
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return (hash ^ text.size()) * 0x9E3779B97F4A7C15ULL;
}

}  // namespace

void encode(const Error& error, WireWriter& out) {
  const auto& [code, what, why, todo] = error;
  out.number(std::to_underlying(code));
  for (const std::string* text : {&what, &why, &todo}) out.text(*text);
}

Error decode_error(WireReader& in) {
  const std::uint64_t code = in.number();
  Error error;
  error.code = code <= std::to_underlying(ErrorCode::internal) ? static_cast<ErrorCode>(code) : ErrorCode::internal;
  for (std::string* text : {&error.what, &error.why, &error.todo}) *text = in.text();
  return error;
}

std::string encode_finding(const packages::Finding& finding) {
  const auto& [path, format, distribution, packages, files_of, files, errors] = finding;
  static_cast<void>(format);
  WireWriter out;
  encode_distribution(distribution, out);
  encode_packages(packages, path, out);
  out.text(files_of);
  encode_paths(files, out);
  out.number(errors.size());
  for (const Error& error : errors) encode(error, out);
  return out.take();
}

std::optional<packages::Finding> decode_finding(std::string_view bytes, std::string_view path,
                                                packages::Format format) {
  WireReader in(bytes);
  packages::Finding finding{.path = std::string(path), .format = format};
  if (!decode_distribution(in, finding.distribution)) return std::nullopt;
  if (!decode_packages(in, path, finding.packages)) return std::nullopt;
  finding.files_of = in.text();
  if (!decode_paths(in, finding.files)) return std::nullopt;
  const std::size_t errors = in.count(4);
  for (std::size_t i = 0; i < errors; ++i) finding.errors.push_back(decode_error(in));
  if (!in.done()) return std::nullopt;
  return finding;
}

std::vector<std::uint64_t> package_keys(const packages::Finding& finding) {
  std::vector<std::uint64_t> keys;
  keys.reserve(finding.packages.size());
  for (const Package& package : finding.packages) {
    keys.push_back(mix(mix(mix(0xCBF29CE484222325ULL, package.name), package.version), package.arch));
  }
  return keys;
}

}  // namespace oakum::image
