// npm ranges, as node-semver reads them (without options): sets of comparators joined by "||", where "^", "~", x-ranges
// and hyphen ranges come down to plain bounds. A pre-release satisfies only a set that names a pre-release of the same
// MAJOR.MINOR.PATCH.
#include <array>
#include <optional>
#include <vector>

#include "base/text.h"
#include "versions/comparison.h"
#include "versions/npm.h"
#include "versions/schemes.h"

namespace oakum::versions {

namespace {

// "1", "1.2.x", "1.2.3-rc.1": the numbers stated, up to the first wildcard.
struct Partial {
  std::array<std::string_view, 3> numbers = {"0", "0", "0"};
  std::size_t stated = 0;
  std::string_view prerelease;
};

struct NpmBound {
  Bound bound;
  std::string prerelease_of;  // the key of its numbers, where it names a pre-release
};
using Set = std::vector<NpmBound>;

constexpr bool is_wildcard(char c) { return c == 'x' || c == 'X' || c == '*'; }

std::optional<Partial> read_partial(std::string_view text) {
  take_while(text, [](char c) { return c == 'v' || c == '=' || is_space(c); });
  Partial partial;
  if (text.empty()) return partial;
  bool wildcard = false;
  for (std::size_t i = 0; i < 3; ++i) {
    if (!text.empty() && is_wildcard(text.front())) {
      text.remove_prefix(1);
      wildcard = true;
    } else {
      const std::string_view number = take_digits(text);
      if (number.empty() || (number.size() > 1 && number.front() == '0')) return std::nullopt;
      if (compare_digits(number, kNpmMaxNumber) > 0) return std::nullopt;
      if (!wildcard) {
        partial.numbers[i] = number;
        partial.stated = i + 1;
      }
    }
    if (text.empty()) return partial;
    if (i < 2 && !take(text, '.')) return std::nullopt;
  }
  std::string_view prerelease;
  if (take(text, '-')) {
    prerelease = take_while(text, [](char c) { return c != '+'; });
    if (!is_identifier_list(prerelease, true)) return std::nullopt;
  }
  if (take(text, '+') ? !is_identifier_list(text, false) : !text.empty()) return std::nullopt;
  if (partial.stated == 3) partial.prerelease = prerelease;
  return partial;
}

std::string numbers_key(const std::array<std::string_view, 3>& numbers) {
  KeyBuilder key;
  for (const std::string_view number : numbers) key.number(number);
  return std::move(key).take();
}

void add(Set& set, Op op, const Partial& at) {
  NpmBound bound{{op, semver_key_of({at.numbers, at.prerelease})}, {}};
  if (!at.prerelease.empty()) bound.prerelease_of = numbers_key(at.numbers);
  set.push_back(std::move(bound));
}

// The first version past all that share the numbers before and at `position`: "<1.3.0-0" for 1.2.x.
void add_below_next(Set& set, const Partial& partial, std::size_t position, Op op = Op::less) {
  Partial next;
  const std::string incremented = increment(partial.numbers[position]);
  for (std::size_t i = 0; i < position; ++i) next.numbers[i] = partial.numbers[i];
  next.numbers[position] = incremented;
  if (op == Op::less) next.prerelease = "0";
  add(set, op, next);
}

void add_nothing(Set& set) {
  Partial lowest;
  lowest.prerelease = "0";
  add(set, Op::less, lowest);
}

void add_caret(Set& set, const Partial& partial) {
  if (partial.stated == 0) return;
  add(set, Op::greater_equal, partial);
  std::size_t position = 0;
  while (position + 1 < partial.stated && without_leading_zeros(partial.numbers[position]).empty()) ++position;
  add_below_next(set, partial, position);
}

void add_tilde(Set& set, const Partial& partial) {
  if (partial.stated == 0) return;
  add(set, Op::greater_equal, partial);
  add_below_next(set, partial, partial.stated == 1 ? 0 : 1);
}

// A comparator on an x-range: "<=1.2" is "<1.3.0-0", ">1.2" is ">=1.3.0", "1.2" is both ends.
void add_x_range(Set& set, std::string_view op, const Partial& partial) {
  if (partial.stated == 0) {
    if (op == "<" || op == ">") add_nothing(set);
    return;
  }
  const std::size_t last = partial.stated - 1;
  if (op == ">") return add_below_next(set, partial, last, Op::greater_equal);
  if (op == "<=") return add_below_next(set, partial, last);
  if (op == "<") {
    Partial lowest = partial;
    lowest.prerelease = "0";
    return add(set, Op::less, lowest);
  }
  add(set, Op::greater_equal, partial);
  if (op != ">=") add_below_next(set, partial, last);
}

void add_exact(Set& set, std::string_view op, const Partial& partial) {
  Op wanted = Op::equal;
  if (op == "<") wanted = Op::less;
  if (op == "<=") wanted = Op::less_equal;
  if (op == ">") wanted = Op::greater;
  if (op == ">=") wanted = Op::greater_equal;
  add(set, wanted, partial);
}

bool add_comparator(Set& set, std::string_view text) {
  const bool caret = take(text, '^');
  const bool tilde = !caret && take(text, '~');
  if (tilde) take(text, '>');
  std::string_view op;
  if (!caret && !tilde) {
    std::string_view rest = text;
    if (!rest.empty() && (rest.front() == '<' || rest.front() == '>')) rest.remove_prefix(1);
    take(rest, '=');
    op = text.substr(0, text.size() - rest.size());
    text = rest;
  }
  const std::optional<Partial> partial = read_partial(text);
  if (!partial) return false;
  if (caret) {
    add_caret(set, *partial);
  } else if (tilde) {
    add_tilde(set, *partial);
  } else if (partial->stated < 3) {
    add_x_range(set, op, *partial);
  } else {
    add_exact(set, op, *partial);
  }
  return true;
}

bool add_hyphen_range(Set& set, std::string_view from_text, std::string_view to_text) {
  const std::optional<Partial> from = read_partial(from_text);
  const std::optional<Partial> to = read_partial(to_text);
  if (!from || !to) return false;
  if (from->stated > 0) add(set, Op::greater_equal, *from);
  if (to->stated == 3) {
    add(set, Op::less_equal, *to);
  } else if (to->stated > 0) {
    add_below_next(set, *to, to->stated - 1);
  }
  return true;
}

constexpr bool is_operator(char c) { return c == '<' || c == '>' || c == '=' || c == '~' || c == '^'; }

// The words of a set, an operator joined with the version that follows it after white space.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  bool open_operator = false;
  while (true) {
    take_while(text, is_space);
    if (text.empty()) return words;
    const std::string_view word = take_while(text, [](char c) { return !is_space(c); });
    if (open_operator) {
      words.back() += word;
    } else {
      words.emplace_back(word);
    }
    open_operator = is_operator(word.back());
  }
}

std::optional<Set> read_set(std::string_view text) {
  Set set;
  const std::vector<std::string> words = words_of(text);
  if (words.size() == 3 && words[1] == "-" && !is_operator(words[0].front()))
    return add_hyphen_range(set, words[0], words[2]) ? std::optional(set) : std::nullopt;
  for (const std::string& word : words)
    if (!add_comparator(set, word)) return std::nullopt;
  return set;
}

bool satisfies_set(const Set& set, const Semver& version, std::string_view key) {
  for (const NpmBound& bound : set)
    if (!satisfied_by(bound.bound, key)) return false;
  if (version.prerelease.empty()) return true;
  const std::string numbers = numbers_key(version.numbers);
  for (const NpmBound& bound : set)
    if (bound.prerelease_of == numbers) return true;
  return false;
}

}  // namespace

Result<bool> npm_satisfies(std::string_view text, std::string_view constraint) {
  OAKUM_TRY(const std::string key, npm_key(text));
  const Semver version = parse_npm(text).value_or(Semver{});
  bool satisfied = false;
  std::string_view rest = constraint;
  while (true) {
    const std::size_t bar = rest.find("||");
    const std::optional<Set> set = read_set(rest.substr(0, bar));
    if (!set) return refuse_constraint(VersionScheme::npm, constraint, "node-semver does not read a part of it");
    satisfied = satisfied || satisfies_set(*set, version, key);
    if (bar == std::string_view::npos) return satisfied;
    rest.remove_prefix(bar + 2);
  }
}

}  // namespace oakum::versions
