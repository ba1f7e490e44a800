#include "read/compose/dotenv.h"

#include <string>
#include <utility>

#include "base/text.h"

namespace oakum::compose {

namespace {

// Of the values of one file together; what follows is not read.
constexpr std::size_t kMaxBytes = 16U << 20;

// In double quotes: \n, \r, \t, \", \\ and \$.
std::string without_escapes(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      result += text[i];
      continue;
    }
    switch (const char c = text[++i]) {
      case 'n':
        result += '\n';
        break;
      case 'r':
        result += '\r';
        break;
      case 't':
        result += '\t';
        break;
      case '$':
        result += "$$";
        break;
      case '"':
      case '\\':
        result += c;
        break;
      default:
        result += '\\';
        result += c;
    }
  }
  return result;
}

std::size_t closing_quote(std::string_view text, char quote) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\' && quote == '"') {
      ++i;
    } else if (text[i] == quote) {
      return i;
    }
  }
  return std::string_view::npos;
}

// `rest` starts behind '='; the value is cut off it, with as many lines as its quotes span.
Interpolated take_value(std::string_view& rest, const Environment& environment) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  if (rest.starts_with('"') || rest.starts_with('\'')) {
    const char quote = rest.front();
    if (const std::size_t close = closing_quote(rest, quote); close != std::string_view::npos) {
      const std::string_view inside = rest.substr(1, close - 1);
      rest.remove_prefix(close + 1);
      next_line(rest);
      if (quote == '\'') return {.text = std::string(inside), .known = true, .problem = {}};
      return interpolate(without_escapes(inside), environment);
    }
  }
  std::string_view line = next_line(rest).value_or(std::string_view());
  if (line.starts_with('#')) line = {};
  if (const std::size_t comment = line.find(" #"); comment != std::string_view::npos) line = line.substr(0, comment);
  return interpolate(trim(line), environment);
}

// Calls `assign` with name, value, begin and end of each assignment; it returns false to stop.
template <class Value, class Assign>
void each_assignment(const std::string_view all, Value take, Assign assign) {
  std::string_view text = all;
  std::size_t bytes = 0;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t equals = text.substr(0, end).find('=');
    const std::string_view line = trim(text.substr(0, end));
    if (line.empty() || line.starts_with('#') || equals == std::string_view::npos || equals > end) {
      next_line(text);
      continue;
    }
    std::string_view name = trim(text.substr(0, equals));
    if (name.starts_with("export ")) name = trim(name.substr(7));
    const auto begin = static_cast<std::size_t>(line.data() - all.data());
    text.remove_prefix(equals + 1);
    Interpolated value = take(text);
    bytes += value.text.size();
    if (bytes > kMaxBytes) return;
    const std::string_view whole = all.substr(begin, all.size() - text.size() - begin);
    if (!name.empty() && !assign(name, std::move(value), begin, begin + trim(whole).size())) return;
  }
}

}  // namespace

void read_dotenv(std::string_view text, Environment& environment) {
  each_assignment(
      text, [&](std::string_view& rest) { return take_value(rest, environment); },
      [&](std::string_view name, Interpolated&& value, std::size_t, std::size_t) {
        if (value.known) environment.emplace(name, std::move(value.text));
        return true;
      });
}

std::vector<DotenvLine> dotenv_lines(std::string_view text, const Environment& environment, bool raw,
                                     std::size_t limit) {
  std::vector<DotenvLine> lines;
  Environment known = environment;
  const auto take = [&](std::string_view& rest) -> Interpolated {
    if (!raw) return take_value(rest, known);
    return {.text = std::string(trim(next_line(rest).value_or(std::string_view()))), .known = true, .problem = {}};
  };
  each_assignment(text, take, [&](std::string_view name, Interpolated&& value, std::size_t begin, std::size_t end) {
    if (value.known && !environment.contains(name)) known.insert_or_assign(std::string(name), value.text);
    lines.push_back({std::string(name), std::move(value), begin, end});
    return lines.size() < limit;
  });
  return lines;
}

}  // namespace oakum::compose
