#include "fix/kit/yaml_edit_value.h"

namespace oakum::fix {

namespace {

using Style = yaml::Node::Style;

std::string scalar_text(const YamlValue& value, const YamlManner& manner, bool in_flow) {
  if (value.kind == YamlValue::Kind::plain) return value.text;
  return quoted_scalar(value.text, manner.json ? Style::double_quoted : Style::plain, in_flow);
}

std::string key_text(std::string_view key, const YamlManner& manner, bool in_flow) {
  return quoted_scalar(key, manner.json ? Style::double_quoted : Style::plain, in_flow);
}

// As the parser has it.
bool is_null_word(std::string_view text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

bool is_inline(const YamlValue& value) { return value.is_scalar() || value.is_empty(); }

}  // namespace

YamlValue YamlValue::plain(std::string text) {
  YamlValue value(std::move(text));
  value.kind = Kind::plain;
  return value;
}

YamlValue YamlValue::boolean(bool value) { return plain(value ? "true" : "false"); }

YamlValue YamlValue::integer(std::int64_t value) { return plain(std::to_string(value)); }

YamlValue YamlValue::list(std::vector<YamlValue> items) {
  YamlValue value("");
  value.kind = Kind::sequence;
  value.items = std::move(items);
  return value;
}

YamlValue YamlValue::map(std::vector<std::pair<std::string, YamlValue>> members) {
  YamlValue value("");
  value.kind = Kind::mapping;
  value.members = std::move(members);
  return value;
}

// The parser bounds the depth.
YamlValue to_value(const yaml::Node& node) {
  switch (node.kind) {
    case yaml::Node::Kind::null:
      return YamlValue::plain("null");
    case yaml::Node::Kind::scalar:
      return node.style == Style::plain && node.tag.empty() ? YamlValue::plain(node.scalar) : YamlValue(node.scalar);
    case yaml::Node::Kind::sequence: {
      YamlValue list = YamlValue::list({});
      for (const yaml::Node& item : node.items) list.items.push_back(to_value(item));
      return list;
    }
    case yaml::Node::Kind::mapping:
      break;
  }
  YamlValue map = YamlValue::map({});
  for (const yaml::Member& member : node.members) map.members.emplace_back(member.key, to_value(member.value));
  return map;
}

yaml::Node to_node(const YamlValue& value) {
  yaml::Node node;
  switch (value.kind) {
    case YamlValue::Kind::plain: {
      const bool null = is_null_word(value.text);
      node.kind = null ? yaml::Node::Kind::null : yaml::Node::Kind::scalar;
      node.scalar = value.text;
      break;
    }
    case YamlValue::Kind::string:
      node.kind = yaml::Node::Kind::scalar;
      node.style = Style::double_quoted;
      node.scalar = value.text;
      break;
    case YamlValue::Kind::sequence:
      node.kind = yaml::Node::Kind::sequence;
      for (const YamlValue& item : value.items) node.items.push_back(to_node(item));
      break;
    case YamlValue::Kind::mapping:
      node.kind = yaml::Node::Kind::mapping;
      for (const auto& [key, member] : value.members) node.members.push_back({key, {}, to_node(member)});
      break;
  }
  return node;
}

std::string flow_text(const YamlValue& value, const YamlManner& manner) {
  if (value.is_scalar()) return scalar_text(value, manner, true);
  const bool list = value.kind == YamlValue::Kind::sequence;
  std::string result(list ? "[" : "{");
  std::string_view between;
  for (const YamlValue& item : value.items) {
    result.append(between).append(flow_text(item, manner));
    between = ", ";
  }
  for (const auto& [key, member] : value.members) {
    result.append(between).append(flow_member(key, member, manner));
    between = ", ";
  }
  return result + (list ? "]" : "}");
}

std::string flow_member(std::string_view key, const YamlValue& value, const YamlManner& manner) {
  return key_text(key, manner, true) + ": " + flow_text(value, manner);
}

std::string block_member(std::string_view key, const YamlValue& value, std::size_t column, const YamlManner& manner) {
  std::string result = key_text(key, manner, false) + ":";
  if (value.is_scalar()) return result + " " + scalar_text(value, manner, false);
  if (is_inline(value)) return result + " " + flow_text(value, manner);
  const std::size_t below = column + (value.kind == YamlValue::Kind::sequence ? manner.list_step : manner.step);
  result.append(manner.line_end).append(below, ' ');
  return result + block_text(value, below, manner);
}

std::string block_item(const YamlValue& value, std::size_t column, const YamlManner& manner) {
  if (value.is_scalar()) return "- " + scalar_text(value, manner, false);
  if (is_inline(value)) return "- " + flow_text(value, manner);
  return "- " + block_text(value, column + 2, manner);
}

std::string block_text(const YamlValue& value, std::size_t column, const YamlManner& manner) {
  std::string result;
  const auto next = [&] {
    if (!result.empty()) result.append(manner.line_end).append(column, ' ');
  };
  for (const YamlValue& item : value.items) {
    next();
    result += block_item(item, column, manner);
  }
  for (const auto& [key, member] : value.members) {
    next();
    result += block_member(key, member, column, manner);
  }
  return result;
}

}  // namespace oakum::fix
