#include "cli/plumbing_versions.h"

#include <array>
#include <compare>
#include <iostream>
#include <optional>
#include <streambuf>
#include <vector>

#include "base/text.h"
#include "cli/command.h"
#include "versions/version.h"

namespace oakum::cli {

namespace {

constexpr std::array kSchemes = {
    VersionScheme::deb,    VersionScheme::apk,      VersionScheme::rpm,    VersionScheme::pacman, VersionScheme::opkg,
    VersionScheme::semver, VersionScheme::npm,      VersionScheme::pep440, VersionScheme::gem,    VersionScheme::maven,
    VersionScheme::go,     VersionScheme::composer, VersionScheme::nuget,  VersionScheme::crates,
};

// What people call the ecosystem when they mean its version scheme.
struct Alias {
  std::string_view name;
  std::string_view scheme;
};
constexpr std::array kAliases = {
    Alias{"alma", "rpm"},     Alias{"alpine", "apk"},         Alias{"amazon", "rpm"},     Alias{"arch", "pacman"},
    Alias{"alpm", "pacman"},  Alias{"cargo", "crates"},       Alias{"centos", "rpm"},     Alias{"chainguard", "apk"},
    Alias{"debian", "deb"},   Alias{"dotnet", "nuget"},       Alias{"dpkg", "deb"},       Alias{"fedora", "rpm"},
    Alias{"golang", "go"},    Alias{"java", "maven"},         Alias{"javascript", "npm"}, Alias{"node", "npm"},
    Alias{"openwrt", "opkg"}, Alias{"packagist", "composer"}, Alias{"php", "composer"},   Alias{"pip", "pep440"},
    Alias{"pypi", "pep440"},  Alias{"python", "pep440"},      Alias{"redhat", "rpm"},     Alias{"rhel", "rpm"},
    Alias{"rocky", "rpm"},    Alias{"ruby", "gem"},           Alias{"rubygems", "gem"},   Alias{"rust", "crates"},
    Alias{"suse", "rpm"},     Alias{"ubuntu", "deb"},         Alias{"wolfi", "apk"},      Alias{"yarn", "npm"},
};

std::string_view suggestion(std::string_view name) {
  for (const Alias& alias : kAliases)
    if (equals_ignoring_case(name, alias.name)) return alias.scheme;
  std::vector<std::string_view> names;
  for (const VersionScheme scheme : kSchemes) names.push_back(to_string(scheme));
  return nearest(to_lower(name), names);
}

std::string all_schemes() {
  std::string list;
  for (const VersionScheme scheme : kSchemes) {
    if (!list.empty()) list += ", ";
    list += to_string(scheme);
  }
  return list;
}

// One line at a time, whatever its length, in bounded memory: what is beyond the limit is read and dropped.
class Lines {
 public:
  explicit Lines(std::istream& in) : buffer_(*in.rdbuf()) {}

  // The next line into `line`; false at the end of the input. `too_long()` tells whether it was cut.
  bool next(std::string& line) {
    line.clear();
    too_long_ = false;
    bool any = false;
    while (true) {
      const int c = get();
      if (c < 0) return any;
      any = true;
      if (c == '\n') return true;
      if (line.size() < kMaxPlumbingLine) {
        line.push_back(static_cast<char>(c));
      } else {
        too_long_ = true;
      }
    }
  }

  bool too_long() const { return too_long_; }

 private:
  int get() {
    if (position_ == filled_) {
      filled_ = static_cast<std::size_t>(buffer_.sgetn(chunk_.data(), static_cast<std::streamsize>(chunk_.size())));
      position_ = 0;
      if (filled_ == 0) return -1;
    }
    return static_cast<unsigned char>(chunk_[position_++]);
  }

  std::streambuf& buffer_;
  std::vector<char> chunk_ = std::vector<char>(65536);
  std::size_t position_ = 0;
  std::size_t filled_ = 0;
  bool too_long_ = false;
};

// `answer` turns the two fields of a line into its answer. One line of output for each line of input, always.
template <class Answer>
void answer_lines(std::istream& in, std::ostream& out, const char* form, Answer answer) {
  Lines lines(in);
  std::string line;
  std::string text;
  while (out && lines.next(line)) {
    std::string_view fields = line;
    if (fields.ends_with('\r')) fields.remove_suffix(1);
    const std::size_t tab = fields.find('\t');
    if (lines.too_long()) {
      text += "error: line: it is longer than " + std::to_string(kMaxPlumbingLine) + " bytes";
    } else if (tab == std::string_view::npos) {
      text += "error: line \"" + printable(fields, 80) + "\": it has no tab; write " + form;
    } else {
      const Result<std::string_view> said = answer(fields.substr(0, tab), fields.substr(tab + 1));
      text += said ? std::string(*said) : "error: " + said.error().message();
    }
    text += '\n';
    if (text.size() >= 65536) {
      out.write(text.data(), static_cast<std::streamsize>(text.size()));
      text.clear();
    }
  }
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.flush();
}

int run(const std::string& name, void (*answer)(VersionScheme, std::istream&, std::ostream&)) {
  const Result<VersionScheme> scheme = find_version_scheme(name);
  if (!scheme) {
    std::cerr << "oakum: " << scheme.error().message() << '\n';
    return kCouldNot;
  }
  std::ios::sync_with_stdio(false);
  answer(*scheme, std::cin, std::cout);
  if (std::cout) return kClean;
  std::cerr << "oakum: standard output: it could not be written\n";
  return kCouldNot;
}

}  // namespace

Result<VersionScheme> find_version_scheme(std::string_view name) {
  if (const std::optional<VersionScheme> scheme = parse_version_scheme(name)) return *scheme;
  const std::string_view near = suggestion(name);
  std::string what = "unknown scheme \"" + printable(name, 80) + "\"";
  if (near.empty()) return fail(ErrorCode::usage, std::move(what), "known are " + all_schemes());
  return fail(ErrorCode::usage, std::move(what) + "; did you mean \"" + std::string(near) + "\"?", "");
}

void compare_lines(VersionScheme scheme, std::istream& in, std::ostream& out) {
  answer_lines(in, out, "A<TAB>B", [&](std::string_view a, std::string_view b) -> Result<std::string_view> {
    OAKUM_TRY(const std::strong_ordering order, versions::compare(scheme, a, b));
    return order < 0 ? "-1" : order > 0 ? "1" : "0";
  });
}

void check_constraint_lines(VersionScheme scheme, std::istream& in, std::ostream& out) {
  const auto answer = [&](std::string_view version, std::string_view constraint) -> Result<std::string_view> {
    OAKUM_TRY(const bool satisfied, versions::satisfies(scheme, version, constraint));
    return satisfied ? "true" : "false";
  };
  answer_lines(in, out, "VERSION<TAB>CONSTRAINT", answer);
}

int plumbing_version(const std::string& scheme) { return run(scheme, compare_lines); }
int plumbing_constraint(const std::string& scheme) { return run(scheme, check_constraint_lines); }

}  // namespace oakum::cli
