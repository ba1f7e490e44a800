#include "check/pragma_syntax.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::check {

namespace {

// Cuts `word` off the front; false when the text does not start with it.
bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

bool take_word(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  if (text.size() > word.size() && text[word.size()] != ' ' && text[word.size()] != '\t') return false;
  text = trim(text.substr(word.size()));
  return true;
}

std::vector<std::string> names_of(std::string_view list) {
  std::vector<std::string> names;
  while (!list.empty()) {
    if (const std::string_view name = trim(next_field(list, ',')); !name.empty()) names.emplace_back(name);
  }
  return names;
}

// `# oakum ignore=a,b until=2027-01-31 -- reason`
std::optional<ParsedPragma> oakum(std::string_view text) {
  if (!take_word(text, "oakum")) return std::nullopt;
  ParsedPragma parsed;
  if (take(text, "ignore-file=")) {
    parsed.reach = Reach::file;
  } else if (!take(text, "ignore=")) {
    return std::nullopt;
  }
  if (const auto dashes = text.find("--"); dashes != std::string_view::npos) {
    parsed.pragma.reason = trim(text.substr(dashes + 2));
    text = trim(text.substr(0, dashes));
  }
  std::string_view rest = text;
  parsed.pragma.names = names_of(next_field(rest, ' '));
  rest = trim(rest);
  if (take(rest, "until=")) parsed.pragma.until = trim(rest);
  return parsed;
}

// Only D, L, S, C and digits are read as names; one other word and the whole pragma is none.
bool is_hadolint_list(const std::vector<std::string>& names) {
  return !names.empty() && std::ranges::all_of(names, [](const std::string& name) {
    return name.size() > 2 && name.find_first_not_of("DLSC0123456789") == std::string::npos;
  });
}

// `# hadolint [global|stage] ignore=DL3008,SC2086 # why`
std::optional<ParsedPragma> hadolint(std::string_view text) {
  if (!take_word(text, "hadolint")) return std::nullopt;
  ParsedPragma parsed;
  if (take_word(text, "global")) {
    parsed.reach = Reach::file;
  } else if (take_word(text, "stage")) {
    parsed.reach = Reach::stage;
  }
  if (!take(text, "ignore")) return std::nullopt;
  text = trim(text);
  if (!take(text, "=")) return std::nullopt;
  if (const auto hash = text.find('#'); hash != std::string_view::npos) {
    parsed.pragma.reason = trim(text.substr(hash + 1));
    text = text.substr(0, hash);
  }
  parsed.pragma.names = names_of(text);
  if (!is_hadolint_list(parsed.pragma.names)) return std::nullopt;
  return parsed;
}

// `# check=skip=A,B;error=true // why`: in the first lines for the file, else for the instruction below.
std::optional<ParsedPragma> buildkit(std::string_view text, bool first_lines) {
  if (!take(text, "check=")) return std::nullopt;
  ParsedPragma parsed;
  parsed.reach = first_lines ? Reach::file : Reach::statement;
  if (const auto slashes = text.find(" //"); slashes != std::string_view::npos) {
    parsed.pragma.reason = trim(text.substr(slashes + 3));
    text = text.substr(0, slashes);
  }
  while (!text.empty()) {
    std::string_view part = trim(next_field(text, ';'));
    if (!take(part, "skip=")) continue;
    for (std::string& name : names_of(part)) {
      parsed.pragma.all = parsed.pragma.all || name == "all";
      parsed.pragma.names.push_back("buildkit:" + name);
    }
  }
  if (parsed.pragma.names.empty()) return std::nullopt;
  if (parsed.pragma.all) parsed.pragma.names.clear();
  return parsed;
}

// AVD-DS-0002, DS002 and DS-0002 are one id.
std::string trivy_name(std::string_view name) {
  take(name, "AVD-");
  const auto digit = name.find_first_of("0123456789");
  if (digit == std::string_view::npos || digit == 0) return std::string(name);
  std::string letters(name.substr(0, digit));
  std::string digits(name.substr(digit));
  if (!letters.ends_with('-')) letters += '-';
  while (digits.size() < 4) digits.insert(0, "0");
  return letters + digits;
}

// `# trivy:ignore:ID[:exp:DATE]`, also several on one line; tfsec's words are older and the same.
std::optional<ParsedPragma> trivy(std::string_view text) {
  ParsedPragma parsed;
  while (!text.empty()) {
    std::string_view word = next_field(text, ' ');
    if (!take(word, "trivy:ignore:")) continue;
    if (const auto expires = word.find(":exp:"); expires != std::string_view::npos) {
      parsed.pragma.until = word.substr(expires + 5);
      word = word.substr(0, expires);
    } else if (word.starts_with("exp:")) {
      continue;
    }
    const std::string_view name = word.substr(0, word.find('['));
    if (name == "*") {
      parsed.pragma.all = true;
    } else {
      parsed.pragma.names.push_back(trivy_name(name));
    }
  }
  if (parsed.pragma.names.empty() && !parsed.pragma.all) return std::nullopt;
  return parsed;
}

// `#checkov:skip=ID:reason`, for the resource around it.
std::optional<ParsedPragma> checkov(std::string_view text) {
  if (!take(text, "checkov:skip=") && !take(text, "bridgecrew:skip=")) return std::nullopt;
  ParsedPragma parsed;
  parsed.reach = Reach::object;
  const auto colon = text.find(':');
  parsed.pragma.names = names_of(text.substr(0, colon));
  if (colon != std::string_view::npos) parsed.pragma.reason = trim(text.substr(colon + 1));
  if (parsed.pragma.names.empty()) return std::nullopt;
  return parsed;
}

// KICS writes whole UUIDs; our aliases hold their first eight digits.
std::string kics_name(std::string_view id) { return "KICS-" + to_lower(id.substr(0, 8)); }

std::optional<ParsedPragma> kics(std::string_view text, bool first_lines) {
  if (!take_word(text, "kics-scan")) return std::nullopt;
  ParsedPragma parsed;
  if (take(text, "disable=")) {
    parsed.reach = Reach::file;
    for (const std::string& id : names_of(text)) parsed.pragma.names.push_back(kics_name(id));
    return parsed.pragma.names.empty() ? std::nullopt : std::optional(std::move(parsed));
  }
  parsed.pragma.all = true;
  if (text == "ignore-line") {
    parsed.reach = Reach::line;
  } else if (text == "ignore" && first_lines) {
    parsed.reach = Reach::file;
  } else if (text != "ignore-block") {
    return std::nullopt;
  }
  return parsed;
}

// `# dclint disable-file`, `disable [rules]` (both for the file, at its top), `disable-line [rules]`
std::optional<ParsedPragma> dclint(std::string_view text, bool first_lines) {
  if (!take_word(text, "dclint")) return std::nullopt;
  ParsedPragma parsed;
  if (take_word(text, "disable-file")) {
    if (!first_lines) return std::nullopt;
    parsed.reach = Reach::file;
    text = {};
  } else if (take_word(text, "disable-line")) {
    parsed.reach = Reach::line;
  } else if (take_word(text, "disable") && first_lines) {
    parsed.reach = Reach::file;
  } else {
    return std::nullopt;
  }
  while (!text.empty()) {
    const std::string_view word = next_field(text, ' ');
    for (const std::string& name : names_of(word)) parsed.pragma.names.push_back("dclint:" + name);
  }
  parsed.pragma.all = parsed.pragma.names.empty();
  return parsed;
}

constexpr std::string_view kMarks[] = {
    "oakum ", "hadolint ", "check=", "trivy:ignore:", "checkov:skip=", "bridgecrew:skip=", "kics-scan ", "dclint "};

}  // namespace

bool mentions_pragma(std::string_view text) {
  return std::ranges::any_of(kMarks,
                             [text](std::string_view mark) { return text.find(mark) != std::string_view::npos; });
}

bool may_hold_pragma(std::string_view text) {
  for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at)) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (mentions_pragma(text.substr(at, end - at))) return true;
    at = end;
  }
  return false;
}

std::optional<ParsedPragma> parse_pragma(std::string_view comment, bool first_lines) {
  const std::string_view text = trim(comment);
  const auto named = [](std::optional<ParsedPragma> parsed, std::string_view tool) {
    if (parsed) parsed->pragma.tool = tool;
    return parsed;
  };
  if (auto parsed = oakum(text)) return named(std::move(parsed), "oakum");
  if (auto parsed = hadolint(text)) return named(std::move(parsed), "hadolint");
  if (auto parsed = buildkit(text, first_lines)) return named(std::move(parsed), "buildkit");
  if (auto parsed = trivy(text)) return named(std::move(parsed), "trivy");
  if (auto parsed = checkov(text)) return named(std::move(parsed), "checkov");
  if (auto parsed = kics(text, first_lines)) return named(std::move(parsed), "kics");
  if (auto parsed = dclint(text, first_lines)) return named(std::move(parsed), "dclint");
  return std::nullopt;
}

}  // namespace oakum::check
