// Maven versions: ComparableVersion of Maven 3.9.
//
// A version is a list of numbers and qualifiers, in which '-' and each change between digits and letters open a list
// inside the list; what is null ("0", "", "final", "ga", "release", an empty list) falls away at the end of each list.
// A nested list is always the last item, so the whole is one flat row of items with marks where a list opens.
//
// Maven compares item by item, and an absent item is equal to a null one, so that with an endless row of nulls behind
// every list, what decides is the next item that is not null. That is no order where a null stands before a qualifier
// ("1.0.rc.1" < "1" < "1-1" < "1.0.rc.1"); the key keeps what Maven says of such a version and its release, the end of
// the row being in the middle of the tags. docs/versions.md has the full list.
#include <array>
#include <vector>

#include "base/text.h"
#include "versions/key.h"
#include "versions/schemes.h"

namespace oakum::versions {

namespace {

struct Item {
  enum class Kind : unsigned char { number, qualifier, open } kind;
  std::string_view text;  // digits without leading zeros, or a qualifier
  unsigned rank = 0;      // of a qualifier
  int sign = 0;           // how the row from here on compares to the end
};

enum Tag : unsigned {
  kQualifierBelow = 1,
  kListBelow = 2,
  kQualifierBelowAfterZeros = 3,
  kEnd = 4,
  kQualifierAbove = 5,
  kListAbove = 6,
  kQualifierAboveAfterZeros = 7,
  kNumberAfterZeros = 8,
  kNumber = 9,
};

constexpr unsigned kRankOfRelease = 6;
constexpr unsigned kRankOfOthers = 8;

struct Qualifier {
  std::string_view name;
  unsigned rank;
};
constexpr std::array kQualifiers = {
    Qualifier{"alpha", 1},
    Qualifier{"beta", 2},
    Qualifier{"milestone", 3},
    Qualifier{"rc", 4},
    Qualifier{"cr", 4},
    Qualifier{"snapshot", 5},
    Qualifier{"", kRankOfRelease},
    Qualifier{"ga", kRankOfRelease},
    Qualifier{"final", kRankOfRelease},
    Qualifier{"release", kRankOfRelease},
    Qualifier{"sp", 7},
};

unsigned rank_of(std::string_view qualifier) {
  for (const Qualifier& known : kQualifiers)
    if (known.name == qualifier) return known.rank;
  return kRankOfOthers;
}

// "a1" is "alpha-1", and so for b and m.
std::string_view spelled_out(std::string_view qualifier) {
  if (qualifier == "a") return "alpha";
  if (qualifier == "b") return "beta";
  if (qualifier == "m") return "milestone";
  return qualifier;
}

// Reads the lower-case text into the row of items.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) { items_.reserve(12); }

  std::vector<Item> parse() && {
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '.' || c == '-') {
        add_part(i);
        start_ = i + 1;
        if (c == '-') open();
      } else if (is_digit(c)) {
        if (!in_number_ && i > start_) {
          if (!list_is_empty()) open();
          add_qualifier(spelled_out(text_.substr(start_, i - start_)));
          start_ = i;
          open();
        }
        in_number_ = true;
      } else {
        if (in_number_ && i > start_) {
          add_part(i);
          start_ = i;
          open();
        }
        in_number_ = false;
      }
    }
    if (text_.size() > start_) {
      if (!in_number_ && !list_is_empty()) open();
      add_part(text_.size());
    }
    return std::move(items_);
  }

 private:
  bool list_is_empty() const { return items_.empty() || items_.back().kind == Item::Kind::open; }
  void open() { items_.push_back({.kind = Item::Kind::open, .text = {}}); }

  void add_part(std::size_t end) {
    const std::string_view part = text_.substr(start_, end - start_);
    if (part.empty() || in_number_) {
      items_.push_back({.kind = Item::Kind::number, .text = without_leading_zeros(part)});
    } else {
      add_qualifier(part);
    }
  }

  void add_qualifier(std::string_view qualifier) {
    items_.push_back({.kind = Item::Kind::qualifier, .text = qualifier, .rank = rank_of(qualifier)});
  }

  std::string_view text_;
  std::vector<Item> items_;
  std::size_t start_ = 0;
  bool in_number_ = false;
};

bool is_null(const Item& item) {
  return item.kind == Item::Kind::number ? item.text.empty() : item.rank == kRankOfRelease;
}

// Drops the nulls at the end of each list, from the innermost out. A list that is left does not end the dropping.
void normalise(std::vector<Item>& items) {
  std::vector<Item> kept;  // backwards
  kept.reserve(items.size());
  bool dropping = true;
  for (auto item = items.rbegin(); item != items.rend(); ++item) {
    if (item->kind == Item::Kind::open) {
      if (!kept.empty()) kept.push_back(*item);
      dropping = true;
    } else if (!dropping || !is_null(*item)) {
      kept.push_back(*item);
      dropping = false;
    }
  }
  items.assign(kept.rbegin(), kept.rend());
}

void mark_signs(std::vector<Item>& items) {
  int sign = 0;
  for (auto item = items.rbegin(); item != items.rend(); ++item) {
    if (item->kind != Item::Kind::open && !is_null(*item))
      sign = item->kind == Item::Kind::number || item->rank > kRankOfRelease ? 1 : -1;
    item->sign = sign;
  }
}

void append_qualifier(KeyBuilder& key, const Item& item, std::size_t zeros) {
  if (item.sign < 0) {
    key.byte(zeros == 0 ? kQualifierBelow : kQualifierBelowAfterZeros);
  } else {
    key.byte(zeros == 0 ? kQualifierAbove : kQualifierAboveAfterZeros);
  }
  if (zeros > 0) key.u16(zeros);
  key.byte(item.rank);
  if (item.rank == kRankOfOthers) key.text(item.text);
}

void append_number(KeyBuilder& key, const Item& item, std::size_t zeros) {
  key.byte(zeros == 0 ? kNumber : kNumberAfterZeros);
  if (zeros > 0) key.u16(0xFFFF - zeros);
  key.number(item.text);
}

}  // namespace

Result<std::string> maven_key(std::string_view text) {
  const std::string lower_case = to_lower(text);
  std::vector<Item> items = Parser(lower_case).parse();
  normalise(items);
  mark_signs(items);
  KeyBuilder key;
  std::size_t zeros = 0;
  for (const Item& item : items) {
    switch (item.kind) {
      case Item::Kind::open:
        key.byte(item.sign < 0 ? kListBelow : kListAbove);
        break;
      case Item::Kind::qualifier:
        append_qualifier(key, item, zeros);
        break;
      case Item::Kind::number:
        if (item.text.empty()) {
          ++zeros;
          continue;
        }
        append_number(key, item, zeros);
        break;
    }
    zeros = 0;
  }
  key.byte(kEnd);
  return std::move(key).take();
}

}  // namespace oakum::versions
