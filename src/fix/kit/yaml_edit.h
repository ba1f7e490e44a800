// Surgical edits of a YAML text: every byte that an operation does not have to change stays (comments, quoting, order,
// indentation, line ends, byte order mark, missing final newline). What is added is written in the manner of what
// stands around it: its indentation, indented or unindented lists, flow style, JSON with quoted keys.
//
// An editor holds one text and the tree of it. Operations take effect one after another on what the earlier ones made,
// and edits() tells them all together as edits of the text as it was: several insertions at one place come out as one.
// After each operation what it changed is parsed again (its lines alone where nothing else can mean anything else by
// them, else the whole text) and its tree compared with the tree that was asked for; anything else than exactly that
// change is refused, and the editor stays as it was.
//
// Refused: keys that are no scalars, anything inside an alias (*x), and what would change the meaning of other places
// too, as they use an anchor on the way, unless Shared::allow is said. What a merge key (<<) brings is never touched:
// the mapping's own key overrides it, with a copy of what is merged where something inside of that is set or appended
// to (at most kMaxCopied nodes).
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fix/kit/parsed_texts.h"
#include "fix/kit/remedy.h"
#include "fix/kit/yaml_edit_pieces.h"
#include "fix/kit/yaml_edit_value.h"
#include "model/edit.h"
#include "model/origin.h"
#include "yaml/yaml.h"

namespace oakum::fix {

struct YamlStep {
  std::string key;
  std::optional<std::size_t> index;  // of a list; `key` is then without meaning

  YamlStep(std::string name) : key(std::move(name)) {}               // NOLINT(google-explicit-constructor)
  YamlStep(std::string_view name) : key(name) {}                     // NOLINT(google-explicit-constructor)
  YamlStep(const char* name) : key(name) {}                          // NOLINT(google-explicit-constructor)
  YamlStep(std::size_t number) : index(number) {}                    // NOLINT(google-explicit-constructor)
  YamlStep(int number) : index(static_cast<std::size_t>(number)) {}  // NOLINT(google-explicit-constructor)
  bool operator==(const YamlStep&) const = default;
};
using YamlPath = std::vector<YamlStep>;
std::string to_string(const YamlPath& path);  // "services.web.ports[0]"

inline constexpr std::size_t kMaxCopied = 50;

// May an operation change what aliases elsewhere in the text stand for too?
enum class Shared : std::uint8_t { refuse, allow };

namespace yaml_edit {
struct Trail;
struct Patch;
}  // namespace yaml_edit

class YamlEditor {
 public:
  using Done = std::expected<void, Refusal>;

  // Borrows nothing. Refused when the text is no YAML, or has no document at that offset. Operations are on the
  // document that holds `offset`.
  static std::expected<YamlEditor, Refusal> open(const oakum::Source& source, std::size_t offset = 0);
  static std::expected<YamlEditor, Refusal> open(const Result<ParsedPointer>& parsed, std::size_t offset = 0);

  // The value at `path` is `value` afterwards; mappings that are missing on the way are made. A scalar keeps its quotes
  // when a string takes its place. The last step may be an index: that item is replaced. Nothing when it is so already.
  Done set(const YamlPath& path, const YamlValue& value, Shared shared = Shared::refuse);

  // An item more at the end of the list at `path`, which is made when it is missing, null or empty. Nothing when an
  // equal item is there. A list that a merge key brings is copied, with the item, into the mapping itself.
  Done append(const YamlPath& path, const YamlValue& item, Shared shared = Shared::refuse);

  // The key or item goes, with its line's trailing comment. Comment lines above it stay: they may be about what
  // follows. What is left empty goes too, but never the first `keep` steps of the path: those become {} or []. With
  // keep == path.size() nothing but the item itself goes. Nothing when there is no such key.
  Done remove(const YamlPath& path, std::size_t keep = 1, Shared shared = Shared::refuse);

  // A whole document behind the last one: `text` without "---".
  Done append_document(const YamlValue& root);

  // Of the text as it is now, aliases and merge keys resolved; nullptr: not there. Good until the next operation.
  const yaml::Node* find(const YamlPath& path) const;
  const yaml::Node& root() const { return documents().roots[document_]; }
  // The deepest key or item that is written at these bytes of the text as it was opened; nullopt when it was removed,
  // or they are in another document.
  std::optional<YamlPath> path_of(const Span& span) const;

  // Where the node with the anchor &name stands, the last of that name.
  std::optional<YamlPath> path_of_anchor(std::string_view name) const;

  // The text as it was opened, and the tree of the document in it.
  const ParsedText& opened() const { return *opened_; }
  const yaml::Node& opened_root() const { return opened_->documents.roots[document_]; }

  const std::string& text() const { return pieces_.text(); }
  bool changed() const { return pieces_.changed(); }
  // In the order of their places; none overlap, none insert at the same place.
  std::vector<Edit> edits() const;

 private:
  // Makes of a tree, where `path` leads to what is changed, the tree that there must be afterwards.
  using Expect = std::function<void(yaml::Node& root, const YamlPath& path)>;
  struct Operation {
    const yaml_edit::Trail& trail;
    const YamlPath& path;
    Expect expect;
    Shared shared;
    bool removes = false;
  };

  YamlEditor(ParsedPointer opened, std::size_t document);
  const yaml::Documents& documents() const;
  // `merged` is what stands at the first `steps` of the path through a merge key.
  Done set_in_copy(const yaml::Node& merged, const YamlPath& path, std::size_t steps, const YamlValue& value,
                   Shared shared);
  Done apply(std::expected<std::vector<Splice>, Refusal> splices, const Operation& operation);
  // When the lines around the splices say what was asked for, and nothing else changes with them. Else nullptr: it may
  // be so all the same.
  std::shared_ptr<const yaml_edit::Patch> read_lines(const std::vector<Splice>& splices, const std::string& after,
                                                     const Operation& operation) const;
  // Of the whole text, when it is.
  std::expected<yaml::Documents, Refusal> read_all(const std::string& after, const Operation& operation) const;

  ParsedPointer opened_;
  std::size_t document_ = 0;
  Pieces pieces_;
  // Of the text before the last operation, and what that changed: put together when somebody looks, which is seldom.
  mutable std::shared_ptr<const yaml::Documents> documents_;
  mutable std::shared_ptr<const yaml_edit::Patch> patch_;
};

}  // namespace oakum::fix
