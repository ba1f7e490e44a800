#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/text.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

bool may_unpack(std::string_view name) {
  constexpr std::string_view kEnds[] = {".tar",  ".gz",  ".tgz", ".bz2", ".tbz", ".tbz2", ".tb2", ".xz",  ".txz",
                                        ".lzma", ".tlz", ".lz",  ".Z",   ".7z",  ".tpz",  ".zst", ".tzst"};
  return std::ranges::any_of(kEnds, [&](std::string_view end) { return name.ends_with(end); });
}

bool is_remote(std::string_view source) {
  return source.find("://") != std::string_view::npos || source.starts_with("git@") || source.starts_with('$');
}

// What ADD unpacks goes by the bytes, not by the name. A directory is never unpacked, nor is what has another kind's
// ending; a name that could be anything is only likely to be a directory or a program.
enum class Kind : unsigned char { plain, unclear, archive };
Kind kind_of(std::string_view source) {
  if (is_remote(source) || may_unpack(source)) return Kind::archive;
  if (source == "." || source.ends_with('/') || source.ends_with("/.") || source.starts_with("<<")) return Kind::plain;
  const std::string_view name = source.substr(source.rfind('/') + 1);
  const std::size_t wild = name.find_last_of("*?]");
  const std::size_t dot = name.rfind('.');
  const bool has_ending = dot != std::string_view::npos && dot + 1 < name.size();
  if (wild != std::string_view::npos) return has_ending && dot > wild ? Kind::plain : Kind::archive;
  return has_ending ? Kind::plain : Kind::unclear;
}

Planned plan(const Place& place, const Finding&, const Context&) {
  const Instruction& add = *place.at;
  for (const std::string_view flag : {"checksum", "keep-git-dir", "unpack"}) {
    if (add.flag(flag) != nullptr) return refuse("COPY has no --" + std::string(flag) + ": split the ADD by hand");
  }
  bool unclear = false;
  for (std::size_t i = 0; i + 1 < add.arguments.size(); ++i) {
    const Argument& source = add.arguments[i];
    const Kind kind = kind_of(source.value);
    if (kind == Kind::archive)
      return refuse("\"" + printable(source.value, 80) +
                    "\" may be an archive or come from elsewhere, for which ADD is right: give it an ADD of its own");
    unclear = unclear || kind == Kind::unclear;
  }
  const bool lower = std::ranges::none_of(add.spelling, [](char c) { return c >= 'A' && c <= 'Z'; });
  Planned result = answer(put(place, add.name_span, lower ? "copy" : "COPY"));
  if (unclear) {
    result->safety = FixSafety::unsafe;
    result->note = "COPY does not unpack: keep ADD if a source without an ending is a tar archive";
  }
  return result;
}

}  // namespace

extern constinit const Remedy add_instead_of_copy{"add-instead-of-copy", at_place<plan>};

}  // namespace oakum::fix::build
