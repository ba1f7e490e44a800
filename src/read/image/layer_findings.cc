#include "read/image/layer_findings.h"

#include <utility>

#include "base/text.h"
#include "read/image/finding_codec.h"
#include "read/image/path.h"
#include "read/image/wire.h"

namespace oakum::image {

namespace {

bool is_format(std::uint64_t value) { return value <= std::to_underlying(packages::Format::redhat_content); }

std::optional<LayerNode> parse_node(WireReader& in) {
  LayerNode node;
  node.path = in.text();
  const std::uint64_t kind = in.number();
  if (kind > std::to_underlying(NodeKind::other)) return std::nullopt;
  node.kind = static_cast<NodeKind>(kind);
  node.target = in.text();
  if (node.kind != NodeKind::file) return node;
  const std::uint64_t format = in.number();
  if (!is_format(format)) return std::nullopt;
  node.format = static_cast<packages::Format>(format);
  node.keys = in.text();
  node.finding = in.text();
  if (node.keys.size() % 8 != 0) return std::nullopt;
  return node;
}

bool parse_paths(WireReader& in, std::vector<std::string_view>& paths) {
  const std::size_t count = in.count(1);
  paths.reserve(count);
  for (std::size_t i = 0; i < count; ++i) paths.push_back(in.text());
  return in.ok();
}

}  // namespace

std::optional<LayerFindings> LayerFindings::parse(std::string bytes) {
  auto owner = std::make_shared<const std::string>(std::move(bytes));
  const std::string_view view = *owner;
  return parse(view, std::move(owner));
}

std::optional<LayerFindings> LayerFindings::parse(std::string_view bytes, std::shared_ptr<const void> owner) {
  LayerFindings result;
  result.owner_ = std::move(owner);
  result.bytes_ = bytes;
  WireReader in(bytes);
  result.entries_ = in.number();
  const std::size_t errors = in.count(4);
  for (std::size_t i = 0; i < errors; ++i) result.errors_.push_back(decode_error(in));
  const std::size_t nodes = in.count(3);
  result.nodes_.reserve(nodes);
  for (std::size_t i = 0; i < nodes; ++i) {
    const auto node = parse_node(in);
    if (!node || !in.ok()) return std::nullopt;
    result.nodes_.push_back(*node);
  }
  if (!parse_paths(in, result.whiteouts_) || !parse_paths(in, result.opaque_) || !in.done()) return std::nullopt;
  return result;
}

std::optional<packages::Finding> LayerFindings::finding(const LayerNode& node) {
  return decode_finding(node.finding, node.read_as(), node.format);
}

Status LayerBuilder::room(std::size_t used) const {
  if (used < limits_.nodes) return {};
  return fail(ErrorCode::limit, "", "has more than " + with_thousands(limits_.nodes) + " entries of package databases");
}

Status LayerBuilder::put(std::string_view path, Node node) {
  const auto found = nodes_.find(path);
  if (found != nodes_.end()) {
    found->second = std::move(node);
    return {};
  }
  OAKUM_CHECK(room(nodes_.size()));
  nodes_.emplace(path, std::move(node));
  return {};
}

Result<bool> LayerBuilder::file(std::string_view path, std::uint64_t size) {
  WantedPaths::Match match = wanted_.match({.path = path, .size = size});
  if (match.format == packages::Format::none) {
    // wants() has just said no: what is left is a file where a directory was, or one of a kind not asked for when
    // empty.
    if (wanted_.may_hold(path) || (size == 0 && wanted_.wanted(path))) {
      OAKUM_CHECK(put(path, Node{.kind = NodeKind::other}));
    }
    return false;
  }
  const std::uint64_t limit = wanted_.analysers().size_limit(match.format);
  if (size > limit) {
    error(Error{.code = ErrorCode::limit,
                .what = printable(path, 256),
                .why = "has " + with_thousands(size) + " bytes, more than the " + with_thousands(limit) +
                       " that are read of a file of its kind",
                .todo = {}});
    OAKUM_CHECK(other(path));
    return false;
  }
  if (size > limits_.captured_bytes - captured_bytes_) {
    return fail(ErrorCode::limit, "",
                "has package databases of more than " + human_bytes(limits_.captured_bytes) + " in all");
  }
  captured_bytes_ += size;
  format_ = match.format;
  real_path_ = path;
  path_ = match.path.empty() ? std::string(path) : std::move(match.path);
  return true;
}

Status LayerBuilder::captured(std::string_view bytes) {
  packages::Finding finding = wanted_.analysers().analyse(format_, {.path = path_, .size = bytes.size()}, bytes);
  finding.path = path_;
  Node node{
      .kind = NodeKind::file, .format = format_, .keys = package_keys(finding), .finding = encode_finding(finding)};
  if (path_ != real_path_) node.target = path_;
  return put(real_path_, std::move(node));
}

Status LayerBuilder::hard_link(std::string_view path, std::string_view target) {
  if (!wanted_.wanted(path)) return other(path);
  return put(path, Node{.kind = NodeKind::hard_link, .target = std::string(target)});
}

Status LayerBuilder::symlink(std::string_view path, std::string_view target) {
  if (!wanted_.relevant(path)) return {};
  return put(path, Node{.kind = NodeKind::symlink, .target = std::string(target)});
}

Status LayerBuilder::directory(std::string_view path) {
  return wanted_.relevant(path) ? put(path, Node{.kind = NodeKind::directory}) : Status();
}

Status LayerBuilder::other(std::string_view path) {
  return wanted_.relevant(path) ? put(path, Node{.kind = NodeKind::other}) : Status();
}

Status LayerBuilder::whiteout(std::string_view path) {
  if (!wanted_.relevant(path)) return {};
  OAKUM_CHECK(room(whiteouts_.size()));
  whiteouts_.emplace(path);
  return {};
}

Status LayerBuilder::opaque(std::string_view directory) {
  if (!wanted_.may_hold(directory)) return {};
  OAKUM_CHECK(room(opaque_.size()));
  opaque_.emplace(directory);
  return {};
}

void LayerBuilder::error(Error error) {
  if (errors_.size() < limits_.errors) {
    errors_.push_back(std::move(error));
  } else {
    ++errors_dropped_;
  }
}

LayerFindings LayerBuilder::finish(std::uint64_t entries) {
  if (errors_dropped_ > 0) {
    errors_.push_back(Error{.code = ErrorCode::limit,
                            .what = "",
                            .why = with_thousands(errors_dropped_) + " further entries with errors are not listed",
                            .todo = {}});
  }
  WireWriter out;
  out.number(entries);
  out.number(errors_.size());
  for (const Error& error : errors_) encode(error, out);
  out.number(nodes_.size());
  for (auto& [path, node] : nodes_) {
    out.text(path);
    out.number(std::to_underlying(node.kind));
    out.text(node.target);
    if (node.kind != NodeKind::file) continue;
    out.number(std::to_underlying(node.format));
    out.number(8 * node.keys.size());
    for (const std::uint64_t key : node.keys) out.fixed(key);
    out.text(std::exchange(node.finding, {}));
  }
  for (const auto* paths : {&whiteouts_, &opaque_}) {
    out.number(paths->size());
    for (const std::string& path : *paths) out.text(path);
  }
  nodes_.clear();
  auto parsed = LayerFindings::parse(out.take());
  return parsed ? std::move(*parsed) : LayerFindings();
}

}  // namespace oakum::image
