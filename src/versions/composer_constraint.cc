// Composer constraints, as composer/semver's VersionParser reads them: "|" or "||" between alternatives, a comma or
// white space between what must hold together; "^", "~", wildcards and hyphen ranges come down to plain bounds, which
// reach down to the "-dev" of a version unless a stability is stated.
#include <array>
#include <optional>
#include <vector>

#include "base/text.h"
#include "versions/comparison.h"
#include "versions/composer.h"
#include "versions/key.h"
#include "versions/schemes.h"
#include "versions/semver.h"

namespace oakum::versions {

namespace {

struct ComposerBound {
  Op op;
  std::string version;  // normalised
};
using Bounds = std::vector<ComposerBound>;

// v?N[.N[.N[.N]]] with a stability or ".x-dev" behind it.
struct Partial {
  std::array<std::string_view, 4> numbers;
  std::size_t stated = 0;
  bool has_stability = false;  // a stability, "-dev" or ".x-dev"
  bool branch = false;         // ".x-dev"
};

constexpr std::array kOps = {
    OpName{"<>", Op::not_equal},  OpName{"!=", Op::not_equal}, OpName{">=", Op::greater_equal},
    OpName{"<=", Op::less_equal}, OpName{"==", Op::equal},     OpName{">", Op::greater},
    OpName{"<", Op::less},        OpName{"=", Op::equal},
};

constexpr bool is_wildcard(char c) { return c == 'x' || c == 'X' || c == '*'; }

bool is_branch_suffix(std::string_view text) {
  if (text.size() < 2 || text.front() != '.' || !is_wildcard(text[1])) return false;
  text.remove_prefix(2);
  if (!text.empty() && (text.front() == '.' || text.front() == '-')) text.remove_prefix(1);
  return equals_ignoring_case(text, "dev");
}

std::optional<Partial> read_partial(std::string_view text) {
  if (starts_with_word(text, "v")) text.remove_prefix(1);
  if (const std::size_t plus = text.find('+'); plus != std::string_view::npos && plus + 1 < text.size())
    text = text.substr(0, plus);
  Partial partial;
  partial.numbers[0] = take_digits(text);
  if (partial.numbers[0].empty()) return std::nullopt;
  partial.stated = 1;
  while (partial.stated < 4 && text.size() > 1 && text.front() == '.' && is_digit(text[1])) {
    text.remove_prefix(1);
    partial.numbers[partial.stated++] = take_digits(text);
  }
  partial.branch = is_branch_suffix(text);
  partial.has_stability = partial.branch;
  if (partial.branch) return partial;
  const std::optional<ComposerSuffix> suffix = parse_composer_suffix(text);
  if (!suffix) return std::nullopt;
  partial.has_stability = suffix->dev || !suffix->stability.empty();
  return partial;
}

// The numbers up to `position` (from 1), the last of them raised by one where asked, zeros behind, and "-dev".
std::string edge(const Partial& partial, std::size_t position, bool raised) {
  std::string version;
  for (std::size_t i = 0; i < 4; ++i) {
    if (i > 0) version += '.';
    if (i >= position || partial.numbers[i].empty()) {
      version += i + 1 == position && raised ? "1" : "0";
    } else {
      version += i + 1 == position && raised ? increment(partial.numbers[i]) : std::string(partial.numbers[i]);
    }
  }
  return version + "-dev";
}

// The lower bound of "^", "~" and hyphen ranges.
std::optional<std::string> lower_edge(std::string_view text, const Partial& partial) {
  return normalise_composer(std::string(text) + (partial.has_stability ? "" : "-dev"));
}

bool add_tilde(Bounds& bounds, std::string_view text) {
  const std::optional<Partial> partial = read_partial(text);
  if (!partial) return false;
  const std::optional<std::string> low = lower_edge(text, *partial);
  if (!low) return false;
  const std::size_t position = partial->stated + (partial->branch ? 1 : 0);
  bounds.push_back({Op::greater_equal, *low});
  bounds.push_back({Op::less, edge(*partial, position > 1 ? position - 1 : 1, true)});
  return true;
}

bool add_caret(Bounds& bounds, std::string_view text) {
  const std::optional<Partial> partial = read_partial(text);
  if (!partial) return false;
  const std::optional<std::string> low = lower_edge(text, *partial);
  if (!low) return false;
  std::size_t position = 3;
  if (partial->numbers[0] != "0" || partial->stated < 2) {
    position = 1;
  } else if (partial->numbers[1] != "0" || partial->stated < 3) {
    position = 2;
  }
  bounds.push_back({Op::greater_equal, *low});
  bounds.push_back({Op::less, edge(*partial, position, true)});
  return true;
}

// "1.2.*"; false where the text is not of this form.
bool add_wildcard(Bounds& bounds, std::string_view text) {
  if (starts_with_word(text, "v")) text.remove_prefix(1);
  Partial partial;
  partial.numbers[0] = take_digits(text);
  if (partial.numbers[0].empty()) return false;
  partial.stated = 1;
  while (partial.stated < 3 && text.size() > 1 && text.front() == '.' && is_digit(text[1])) {
    text.remove_prefix(1);
    partial.numbers[partial.stated++] = take_digits(text);
  }
  if (text.empty()) return false;
  for (; !text.empty(); text.remove_prefix(2))
    if (text.size() < 2 || text.front() != '.' || !is_wildcard(text[1])) return false;
  const std::string low = edge(partial, partial.stated, false);
  if (low != "0.0.0.0-dev") bounds.push_back({Op::greater_equal, low});
  bounds.push_back({Op::less, edge(partial, partial.stated, true)});
  return true;
}

bool is_any(std::string_view text) {
  if (text.empty() || !is_wildcard(text.front())) return false;
  for (text.remove_prefix(1); !text.empty(); text.remove_prefix(2))
    if (text.size() < 2 || text.front() != '.' || !is_wildcard(text[1])) return false;
  return true;
}

bool add_hyphen_range(Bounds& bounds, std::string_view from, std::string_view to) {
  const std::optional<Partial> low = read_partial(from);
  const std::optional<Partial> high = read_partial(to);
  const std::optional<std::string> low_version = normalise_composer(from);
  const std::optional<std::string> high_version = normalise_composer(to);
  if (!low || !high || !low_version || !high_version) return false;
  bounds.push_back({Op::greater_equal, *low_version + (low->has_stability ? "" : "-dev")});
  if (high->stated >= 3 || high->has_stability) {
    bounds.push_back({Op::less_equal, *high_version});
  } else {
    bounds.push_back({Op::less, edge(*high, high->stated, true)});
  }
  return true;
}

bool has_suffix(std::string_view normalised) { return normalised.find('-') != std::string_view::npos; }

// Whether the text as written ends in a "-stability" of its own.
bool states_stability(std::string_view text) {
  for (std::size_t at = text.find('-'); at != std::string_view::npos; at = text.find('-', at + 1))
    if (parse_composer_suffix(text.substr(at + 1))) return true;
  return false;
}

bool add_comparison(Bounds& bounds, std::string_view text, std::string_view flag) {
  Op op = Op::equal;
  for (const OpName& name : kOps) {
    if (!take(text, name.name)) continue;
    op = name.op;
    break;
  }
  text = trim(text);
  std::optional<std::string> version = normalise_composer(text);
  if (!version && text.ends_with("-dev")) version = "dev-" + std::string(text.substr(0, text.size() - 4));
  if (!version) return false;
  if (op != Op::equal && !flag.empty() && !has_suffix(*version)) {
    *version += '-';
    *version += flag;
  } else if ((op == Op::less || op == Op::greater_equal) && !states_stability(text) && !text.starts_with("dev-")) {
    *version += "-dev";
  }
  bounds.push_back({op, std::move(*version)});
  return true;
}

bool add_constraint(Bounds& bounds, std::string_view text) {
  drop_composer_alias(text);
  std::string flag = take_composer_flag(text);
  if (flag == "stable") flag.clear();
  if (flag == "rc") flag = "RC";
  if (text.empty()) return !flag.empty();  // "@dev" alone is any version
  if (const std::size_t hash = text.find('#'); hash != std::string_view::npos && hash > 0) text = text.substr(0, hash);
  if (starts_with_word(text, "v") && is_any(text.substr(1))) {
    bounds.push_back({Op::greater_equal, "0.0.0.0-dev"});
    return true;
  }
  if (is_any(text)) return true;
  if (take(text, '^')) return add_caret(bounds, text);
  if (take(text, '~')) return add_tilde(bounds, text);
  return add_wildcard(bounds, text) || add_comparison(bounds, text, flag);
}

bool matches(const ComposerBound& bound, std::string_view version) {
  if (is_composer_branch(version) || is_composer_branch(bound.version)) {
    if (bound.op == Op::not_equal) return version != bound.version;
    return bound.op == Op::equal && version == bound.version;
  }
  return holds(bound.op, composer_key_of(version) <=> composer_key_of(bound.version));
}

// Words of one alternative: commas and white space separate, but not behind an operator; " - " stays a word.
std::vector<std::string> words_of(std::string_view text) {
  const auto separates = [](char c) { return c == ',' || is_space(c); };
  const auto is_operator = [](char c) { return c == '<' || c == '>' || c == '=' || c == '!'; };
  std::vector<std::string> words;
  bool join = false;
  while (true) {
    take_while(text, separates);
    if (text.empty()) return words;
    const std::string_view word = take_while(text, [&](char c) { return !separates(c); });
    if (join) {
      words.back() += word;
    } else {
      words.emplace_back(word);
    }
    join = is_operator(word.back());
  }
}

std::optional<Bounds> read_alternative(std::string_view text) {
  Bounds bounds;
  const std::vector<std::string> words = words_of(text);
  if (words.empty()) return std::nullopt;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i + 2 < words.size() && words[i + 1] == "-") {
      if (!add_hyphen_range(bounds, words[i], words[i + 2])) return std::nullopt;
      i += 2;
    } else if (i + 2 < words.size() && words[i + 1] == "as") {
      if (!add_constraint(bounds, words[i])) return std::nullopt;
      i += 2;
    } else if (!add_constraint(bounds, words[i])) {
      return std::nullopt;
    }
  }
  return bounds;
}

}  // namespace

Result<bool> composer_satisfies(std::string_view text, std::string_view constraint) {
  const std::optional<std::string> version = normalise_composer(text);
  if (!version) return refuse(VersionScheme::composer, text, "Composer does not know its form");
  bool satisfied = false;
  std::string_view rest = trim(constraint);
  while (true) {
    const std::size_t bar = rest.find('|');
    const std::optional<Bounds> bounds = read_alternative(rest.substr(0, bar));
    if (!bounds) return refuse_constraint(VersionScheme::composer, constraint, "Composer does not read a part of it");
    bool all = true;
    for (const ComposerBound& bound : *bounds) all = all && matches(bound, *version);
    satisfied = satisfied || all;
    if (bar == std::string_view::npos) return satisfied;
    rest.remove_prefix(bar + 1);
    take(rest, '|');
  }
}

}  // namespace oakum::versions
