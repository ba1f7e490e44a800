#include "report/yaml.h"

#include <memory>
#include <utility>

#include <libfyaml.h>

#include "base/text.h"

namespace oakum::report {

namespace {

constexpr std::size_t kMaxBytes = 1 << 20;
constexpr std::size_t kMaxDepth = 32;

struct DocumentDeleter {
  void operator()(fy_document* document) const { fy_document_destroy(document); }
};
struct DiagDeleter {
  void operator()(fy_diag* diag) const { fy_diag_destroy(diag); }
};

std::string scalar_of(fy_node* node) {
  std::size_t size = 0;
  const char* text = fy_node_get_scalar(node, &size);
  return text == nullptr ? std::string() : std::string(text, size);
}

std::size_t line_of(fy_node* node) {
  fy_token* token = fy_node_get_scalar_token(node);
  const fy_mark* mark = token != nullptr ? fy_token_start_mark(token) : nullptr;
  return mark != nullptr && mark->line >= 0 ? static_cast<std::size_t>(mark->line) + 1 : 0;
}

// Depth was bounded on the text by count_depth, and again here because flow collections nest without indentation.
Result<YamlNode> convert(std::string_view name, fy_node* node, std::size_t depth) {
  YamlNode result;
  if (node == nullptr) return result;
  if (depth > kMaxDepth) return fail(ErrorCode::limit, std::string(name), "nested deeper than 32 levels");
  if (fy_node_is_alias(node)) return fail(ErrorCode::unsupported, std::string(name), "aliases are not supported here");
  if (fy_node_is_scalar(node)) {
    result.kind = YamlNode::Kind::scalar;
    result.scalar = scalar_of(node);
    result.line = line_of(node);
  } else if (fy_node_is_sequence(node)) {
    result.kind = YamlNode::Kind::sequence;
    void* iterator = nullptr;
    while (fy_node* item = fy_node_sequence_iterate(node, &iterator)) {
      OAKUM_TRY(YamlNode child, convert(name, item, depth + 1));
      if (result.line == 0) result.line = child.line;
      result.items.push_back(std::move(child));
    }
  } else {
    result.kind = YamlNode::Kind::mapping;
    void* iterator = nullptr;
    while (fy_node_pair* pair = fy_node_mapping_iterate(node, &iterator)) {
      fy_node* key = fy_node_pair_key(pair);
      OAKUM_TRY(YamlNode child, convert(name, fy_node_pair_value(pair), depth + 1));
      if (result.line == 0) result.line = line_of(key);
      if (child.line == 0) child.line = line_of(key);
      result.members.push_back({scalar_of(key), std::move(child)});
    }
  }
  return result;
}

// libfyaml recurses on nested flow collections: their depth is bounded before it sees them.
bool nests_too_deep(std::string_view text) {
  std::size_t depth = 0;
  for (const char c : text) {
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && depth > 0) --depth;
    if (depth > kMaxDepth) return true;
  }
  return false;
}

std::string first_complaint(fy_diag* diag) {
  void* iterator = nullptr;
  const fy_diag_error* error = fy_diag_errors_iterate(diag, &iterator);
  if (error == nullptr) return "is not valid YAML";
  return "line " + std::to_string(error->line + 1) + ": " + (error->msg != nullptr ? error->msg : "is not valid YAML");
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const auto& [name, value] : members) {
    if (name == key) return &value;
  }
  return nullptr;
}

std::vector<std::string> YamlNode::strings() const {
  if (kind == Kind::scalar) return {scalar};
  std::vector<std::string> result;
  for (const YamlNode& item : items) {
    if (item.kind == Kind::scalar) result.push_back(item.scalar);
  }
  return result;
}

Result<YamlNode> parse_yaml(std::string_view name, std::string_view text) {
  if (text.size() > kMaxBytes) return fail(ErrorCode::limit, std::string(name), "larger than 1 MiB");
  if (text.find('\0') != std::string_view::npos) return fail(ErrorCode::invalid, std::string(name), "holds a NUL byte");
  // YAML 1.2.2 section 5.2; libfyaml 0.7 loops for ever on some bytes that are not.
  if (!is_valid_utf8(text)) return fail(ErrorCode::invalid, std::string(name), "is not UTF-8");
  if (nests_too_deep(text)) return fail(ErrorCode::limit, std::string(name), "nested deeper than 32 levels");
  fy_diag_cfg diag_config{};
  fy_diag_cfg_default(&diag_config);
  diag_config.fp = nullptr;
  diag_config.level = FYET_ERROR;
  const std::unique_ptr<fy_diag, DiagDeleter> diag(fy_diag_create(&diag_config));
  fy_diag_set_collect_errors(diag.get(), true);
  fy_parse_cfg config{};
  config.flags = FYPCF_QUIET;
  config.diag = diag.get();
  const std::unique_ptr<fy_document, DocumentDeleter> document(
      fy_document_build_from_string(&config, text.data(), text.size()));
  if (document == nullptr) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return YamlNode{};
    return fail(ErrorCode::invalid, std::string(name), first_complaint(diag.get()));
  }
  return convert(name, fy_document_root(document.get()), 0);
}

}  // namespace oakum::report
