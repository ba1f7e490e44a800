#include "fix/kit/diff.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oakum::fix {

namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t kContext = 3;
constexpr int kMaxEdits = 2000;  // of lines, between which the shortest script is looked for; memory is its square

// With their ends; the last may have none.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const auto newline = text.find('\n');
    const std::size_t size = newline == std::string_view::npos ? text.size() : newline + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

// Two texts without most of what they begin and end with alike: long files differ in few places.
struct Middle {
  std::string_view before, after;
  std::size_t lines_above = 0;
};

// The begin of the line `lines` above the one that `at` is in, or of the text.
std::size_t line_above(std::string_view text, std::size_t at, std::size_t lines) {
  for (std::size_t i = 0; i <= lines; ++i) {
    const auto newline = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    if (newline == std::string_view::npos) return 0;
    at = newline + (i == lines ? 1 : 0);
  }
  return at;
}

// Leaves more than the context on both sides, so that hunks come out as they would of the whole.
Middle middle_of(std::string_view before, std::string_view after) {
  const auto first = std::ranges::mismatch(before, after).in1;
  const std::size_t above = line_above(before, static_cast<std::size_t>(first - before.begin()), kContext);
  Middle middle{before.substr(above), after.substr(above),
                static_cast<std::size_t>(std::ranges::count(before.substr(0, above), '\n'))};
  const auto same_end =
      std::ranges::mismatch(middle.before.rbegin(), middle.before.rend(), middle.after.rbegin(), middle.after.rend());
  std::size_t end = static_cast<std::size_t>(same_end.in1.base() - middle.before.begin());
  for (std::size_t i = 0; i < 2 * kContext + 2; ++i) {
    const auto newline = middle.before.find('\n', end);
    if (newline == std::string_view::npos) return middle;
    end = newline + 1;
  }
  const std::size_t below = middle.before.size() - end;
  middle.before.remove_suffix(below);
  middle.after.remove_suffix(below);
  return middle;
}

// Which lines of both stay: pairs of indexes, rising.
struct Kept {
  std::size_t before, after;
};

// Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), section 4: for each number of edits the furthest
// point on each diagonal, then back along them.
class ShortestScript {
 public:
  ShortestScript(std::span<const std::string_view> before, std::span<const std::string_view> after)
      : before_(before), after_(after) {}

  // False when more than kMaxEdits would be needed.
  bool search() {
    std::vector<int> furthest(static_cast<std::size_t>(2 * kMaxEdits + 3), 0);
    for (int edits = 0; edits <= kMaxEdits; ++edits) {
      trace_.push_back({});
      for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
        int x = start(furthest, edits, diagonal);
        while (same(x, x - diagonal)) ++x;
        at(furthest, diagonal) = x;
        trace_.back().push_back(x);
        if (x >= size(before_) && x - diagonal >= size(after_)) return true;
      }
    }
    return false;
  }

  std::vector<Kept> kept() const {
    std::vector<Kept> pairs;
    int x = size(before_);
    int y = size(after_);
    for (int edits = static_cast<int>(trace_.size()) - 1; edits >= 0; --edits) {
      const int diagonal = x - y;
      int from_x = 0;
      int from_y = 0;
      if (edits > 0) {
        const bool down = goes_down(edits, diagonal);
        const int previous = down ? diagonal + 1 : diagonal - 1;
        from_x = reached(edits - 1, previous);
        from_y = from_x - previous;
      }
      while (x > from_x && y > from_y) {
        --x;
        --y;
        pairs.push_back({static_cast<std::size_t>(x), static_cast<std::size_t>(y)});
      }
      x = from_x;
      y = from_y;
    }
    std::ranges::reverse(pairs);
    return pairs;
  }

 private:
  static int size(std::span<const std::string_view> lines) { return static_cast<int>(lines.size()); }
  static int& at(std::vector<int>& furthest, int diagonal) {
    const int index = diagonal + kMaxEdits + 1;
    return furthest[static_cast<std::size_t>(index)];
  }
  static int start(std::vector<int>& furthest, int edits, int diagonal) {
    if (edits == 0) return 0;
    const bool down =
        diagonal == -edits || (diagonal != edits && at(furthest, diagonal - 1) < at(furthest, diagonal + 1));
    return down ? at(furthest, diagonal + 1) : at(furthest, diagonal - 1) + 1;
  }
  bool same(int x, int y) const {
    return x < size(before_) && y < size(after_) && y >= 0 &&
           before_[static_cast<std::size_t>(x)] == after_[static_cast<std::size_t>(y)];
  }
  int reached(int edits, int diagonal) const {
    return trace_[static_cast<std::size_t>(edits)][static_cast<std::size_t>((diagonal + edits) / 2)];
  }
  bool goes_down(int edits, int diagonal) const {
    return diagonal == -edits ||
           (diagonal != edits && reached(edits - 1, diagonal - 1) < reached(edits - 1, diagonal + 1));
  }

  std::span<const std::string_view> before_, after_;
  std::vector<std::vector<int>> trace_;  // per number of edits: the furthest x on each of its diagonals
};

std::vector<Kept> kept_lines(const Lines& before, const Lines& after) {
  const std::size_t shorter = std::min(before.size(), after.size());
  std::size_t head = 0;
  while (head < shorter && before[head] == after[head]) ++head;
  std::size_t tail = 0;
  while (tail < shorter - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
  std::vector<Kept> kept;
  for (std::size_t i = 0; i < head; ++i) kept.push_back({i, i});
  const std::span<const std::string_view> old_lines = before;
  const std::span<const std::string_view> new_lines = after;
  ShortestScript script(old_lines.subspan(head, before.size() - head - tail),
                        new_lines.subspan(head, after.size() - head - tail));
  if (script.search()) {
    for (const Kept& pair : script.kept()) kept.push_back({pair.before + head, pair.after + head});
  }
  for (std::size_t i = tail; i > 0; --i) kept.push_back({before.size() - i, after.size() - i});
  return kept;
}

// A run of lines that differ: [before, before_end) becomes [after, after_end).
struct Block {
  std::size_t before, before_end, after, after_end;
};

std::vector<Block> blocks_between(const std::vector<Kept>& kept, std::size_t before_size, std::size_t after_size) {
  std::vector<Block> blocks;
  std::size_t before = 0;
  std::size_t after = 0;
  const auto close = [&](std::size_t before_end, std::size_t after_end) {
    if (before != before_end || after != after_end) blocks.push_back({before, before_end, after, after_end});
  };
  for (const Kept& pair : kept) {
    close(pair.before, pair.after);
    before = pair.before + 1;
    after = pair.after + 1;
  }
  close(before_size, after_size);
  return blocks;
}

void put_line(std::string& out, char mark, std::string_view line) {
  out += mark;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

std::string range_of(std::size_t begin, std::size_t end) {
  // An empty range is named by the line before it.
  const std::size_t first = begin == end ? begin : begin + 1;
  return std::to_string(first) + (end - begin == 1 ? "" : "," + std::to_string(end - begin));
}

void put_hunk(std::string& out, std::span<const Block> blocks, const Lines& before, const Lines& after,
              std::size_t lines_above) {
  const std::size_t lead = std::min(kContext, blocks.front().before);
  const std::size_t trail = std::min(kContext, before.size() - blocks.back().before_end);
  const auto range = [&](std::size_t begin, std::size_t end) {
    return range_of(lines_above + begin - lead, lines_above + end + trail);
  };
  out += "@@ -" + range(blocks.front().before, blocks.back().before_end) + " +" +
         range(blocks.front().after, blocks.back().after_end) + " @@\n";
  std::size_t at = blocks.front().before - lead;
  for (const Block& block : blocks) {
    for (; at < block.before; ++at) put_line(out, ' ', before[at]);
    for (; at < block.before_end; ++at) put_line(out, '-', before[at]);
    for (std::size_t i = block.after; i < block.after_end; ++i) put_line(out, '+', after[i]);
  }
  for (const std::size_t end = at + trail; at < end; ++at) put_line(out, ' ', before[at]);
}

// As git quotes names that hold what would end them (git-config(1), core.quotePath): in C's way.
std::string quoted_path(std::string_view side, std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  while (path.starts_with('/')) path.remove_prefix(1);
  const auto plain = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\' && c != 0x7F; };
  std::string name = std::string(side) + std::string(path);
  if (std::ranges::all_of(name, plain)) return name;
  std::string quoted = "\"";
  for (const char c : name) {
    if (plain(c)) {
      quoted += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    quoted += '\\';
    if (c == '"' || c == '\\') {
      quoted += c;
    } else {
      for (const unsigned shift : {6U, 3U, 0U}) quoted += static_cast<char>('0' + ((byte >> shift) & 7U));
    }
  }
  return quoted + "\"";
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after, bool existed) {
  if (before == after && existed) return {};
  const std::string a = quoted_path("a/", path);
  const std::string b = quoted_path("b/", path);
  std::string out = "diff --git " + a + " " + b + "\n";
  if (!existed) out += "new file mode 100644\n";
  const Middle middle = middle_of(before, after);
  const Lines old_lines = lines_of(middle.before);
  const Lines new_lines = lines_of(middle.after);
  // Git ends names that hold blanks with a tab.
  const std::string_view end = path.find(' ') != std::string_view::npos ? "\t\n" : "\n";
  out += "--- " + (existed ? a : std::string("/dev/null")) + std::string(existed ? end : "\n");
  out += "+++ " + b + std::string(end);
  const std::vector<Block> blocks =
      blocks_between(kept_lines(old_lines, new_lines), old_lines.size(), new_lines.size());
  for (std::size_t i = 0; i < blocks.size();) {
    std::size_t end_block = i + 1;
    while (end_block < blocks.size() && blocks[end_block].before - blocks[end_block - 1].before_end <= 2 * kContext)
      ++end_block;
    put_hunk(out, std::span(blocks).subspan(i, end_block - i), old_lines, new_lines, middle.lines_above);
    i = end_block;
  }
  return out;
}

}  // namespace oakum::fix
