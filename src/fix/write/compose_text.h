// The files that state one Compose service, opened for editing.
//
// What is added goes into the first file of the project that defines the service, which is the one that is also started
// alone; a key that files have already, into the last of those, so that it wins. What is changed or
// taken away is so where it stands, in whichever file: what stands below an anchor or in a service that is extended is
// found fault with once for all who share it, and mended for all.
#pragma once

#include <cstdint>
#include <expected>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fix/kit/change.h"
#include "fix/kit/parsed_texts.h"
#include "fix/kit/yaml_edit.h"
#include "fix/write/write.h"
#include "model/subjects.h"

namespace oakum::fix::compose {

using Done = YamlEditor::Done;

struct Place {
  YamlEditor* editor = nullptr;
  YamlPath path;

  const yaml::Node* node() const { return editor->find(path); }
  std::string_view key() const { return path.size() > 2 ? std::string_view(path[2].key) : std::string_view(); }
  Place with(std::initializer_list<YamlStep> below) const;
};

class Text {
 public:
  // Borrows all. Refused where no file defines the service, or it cannot be read again.
  static std::expected<Text, Refusal> open(const Subjects& subjects, ParsedTexts& texts, const Workload& workload);

  const Workload& workload() const { return *workload_; }
  // In the service as the last file has it that has such a key, else as the first has it.
  Place key(std::initializer_list<YamlStep> below);
  // Where that stands. Refused when it is in no text that can be edited.
  std::expected<Place, Refusal> place(const Origin& at);

  // Do services of other images state that there, too?
  bool is_shared_by_others(Key key, const Origin& at) const;

  std::vector<Edit> edits() const;

 private:
  Text() = default;
  std::expected<YamlEditor*, Refusal> editor(std::uint32_t source, std::size_t offset);

  const Subjects* subjects_ = nullptr;
  ParsedTexts* texts_ = nullptr;
  const Workload* workload_ = nullptr;
  std::map<std::uint32_t, YamlEditor> editors_;
  std::vector<std::uint32_t> own_;  // sources that define the service, in the order they are merged
  YamlPath service_;
};

// Also what other services share.
Done take_away(const Place& place);
// The same of a statement that was found fault with: refused where a variable chooses its value, as taking it away
// takes that choice from whoever sets the variable.
Done take_away_stated(const Place& place);
// `!reset` drops whatever is written behind it.
Done check_no_reset(const Place& place);
// The value that stands there is a variable's, or holds one.
Done check_no_variable(const Place& place);
// `value` at `at`, else at `own`.
Done put(Text& text, const std::optional<Origin>& at, const Place& own, const YamlValue& value);

// Compose takes "$" for a variable.
std::string escaped(std::string_view text);

// A change of a kind of keys; each knows the keys of its file. nullopt: none of them.
using Outcome = std::optional<Done>;
Outcome write_plain(Text& text, const Change& change);
Outcome write_list(Text& text, const Change& change);
Outcome write_security(Text& text, const Change& change);
Outcome write_mount(Text& text, const Change& change);
Outcome write_port(Text& text, const Change& change);
Outcome write_limit(Text& text, const Change& change);
Outcome write_environment(Text& text, const Change& change);
Outcome write_life(Text& text, const Change& change);

}  // namespace oakum::fix::compose
