// Streams beside a release that a system is subscribed to: Ubuntu Pro services, RHEL content sets and product CPEs.
// They become `channels`, in the words that advisories use for the same streams.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "packages/reading.h"

namespace oakum::packages {

namespace {

using nlohmann::json;

constexpr std::string_view kUbuntuServices[] = {"esm-apps",     "esm-infra",       "fips", "fips-preview",
                                                "fips-updates", "realtime-kernel", "ros",  "ros-updates"};

// Red Hat's extended streams of one minor release.
constexpr std::string_view kRedHatStreams[] = {"aus", "e4s", "els", "eus", "tus"};
constexpr std::string_view kByMajor = "els";  // of a whole major release, once the last minor one is out
constexpr std::size_t kMaxChannels = 64;

void add_channel(Distribution& distribution, std::string channel) {
  const bool known = std::ranges::find(distribution.channels, channel) != distribution.channels.end();
  if (!known && distribution.channels.size() < kMaxChannels) distribution.channels.push_back(std::move(channel));
}

void finish(Distribution distribution, Finding& finding) {
  if (distribution.channels.empty()) return;
  std::ranges::sort(distribution.channels);
  distribution.path = finding.path;
  finding.distribution = std::move(distribution);
}

bool is_enabled(const json& service, std::string_view name) {
  const auto text = [&](const char* key) {
    const auto found = service.find(key);
    return found != service.end() && found->is_string() ? found->get<std::string>() : std::string{};
  };
  return service.is_object() && text("name") == name && text("status") == "enabled";
}

bool is_minor_version(std::string_view text) {
  const std::size_t dot = text.find('.');
  return dot != std::string_view::npos && parse_number<unsigned>(text.substr(0, dot)) &&
         parse_number<unsigned>(text.substr(dot + 1));
}

// "rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_2" → "eus:9.2"; "eus:" where the set names no minor release, which
// assemble() completes; empty for the sets of the release itself ("…-baseos-rpms", "…-baseos-rpms__8").
std::string channel_of_content_set(std::string_view set) {
  const std::size_t suffix = set.find("__");
  const std::string_view name = set.substr(0, suffix);
  std::string minor = suffix == std::string_view::npos ? std::string{} : std::string(set.substr(suffix + 2));
  if (const std::size_t dot = minor.find("_DOT_"); dot != std::string::npos) minor.replace(dot, 5, ".");
  if (!is_minor_version(minor)) minor.clear();
  if (!name.starts_with("rhel-")) return {};
  for (const std::string_view part : split(name, '-')) {
    if (std::ranges::find(kRedHatStreams, part) != std::end(kRedHatStreams)) return std::string(part) + ":" + minor;
  }
  return {};
}

// "cpe:/o:redhat:rhel_eus:9.2::baseos" → "eus:9.2".
std::string channel_of_cpe(std::string_view cpe) {
  std::string_view rest = cpe;
  for (int skip = 0; skip < 3; ++skip) next_field(rest, ':');  // "cpe", "/o", "redhat"
  std::string_view product = next_field(rest, ':');
  const std::string_view version = next_field(rest, ':');
  if (!product.starts_with("rhel_")) return {};
  product.remove_prefix(5);
  const bool by_major = product == kByMajor && parse_number<unsigned>(version);
  if (!by_major && !is_minor_version(version)) return {};
  if (std::ranges::find(kRedHatStreams, product) == std::end(kRedHatStreams)) return {};
  return std::string(product) + ":" + std::string(version);
}

// Picks two keys of a JSON document without building it: image manifests also list every package of the image.
class ContentHandler final : public nlohmann::json_sax<json> {
 public:
  explicit ContentHandler(Distribution& distribution) : distribution_(distribution) {}

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool string(string_t& value) override {
    std::string channel;
    if (key_ == "content_sets" && depth_ <= 2) channel = channel_of_content_set(value);
    if (key_ == "cpe") channel = channel_of_cpe(value);
    if (!channel.empty()) add_channel(distribution_, std::move(channel));
    return true;
  }
  bool start_object(std::size_t) override { return enter(); }
  bool end_object() override { return leave(); }
  bool start_array(std::size_t) override { return enter(); }
  bool end_array() override { return leave(); }
  bool key(string_t& key) override {
    key_ = key;
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    error_at_ = position;
    return false;
  }
  std::size_t error_at() const { return error_at_; }

 private:
  bool enter() {
    ++depth_;
    return true;
  }
  bool leave() {
    --depth_;
    return true;
  }

  Distribution& distribution_;
  std::string key_;
  std::size_t depth_ = 0;
  std::size_t error_at_ = 0;
};

// The labels in a Dockerfile of Red Hat's build system: what matters is the product CPE, wherever it stands.
void scan_for_cpe(std::string_view text, Distribution& distribution) {
  constexpr std::string_view kStart = "cpe:/";
  for (std::size_t at = text.find(kStart); at != std::string_view::npos; at = text.find(kStart, at + kStart.size())) {
    const std::string_view rest = text.substr(at, 256);
    std::string channel = channel_of_cpe(rest.substr(0, rest.find_first_of(" \t\r\n\"'\\")));
    if (!channel.empty()) add_channel(distribution, std::move(channel));
  }
}

}  // namespace

void read_ubuntu_pro(std::string_view bytes, Finding& finding) {
  const json status = json::parse(bytes, nullptr, false);
  if (!status.is_object()) return note(finding, ErrorCode::invalid, "not a JSON object");
  const auto attached = status.find("attached");
  if (attached != status.end() && attached->is_boolean() && !attached->get<bool>()) return;
  const auto services = status.find("services");
  if (services == status.end() || !services->is_array()) return;
  Distribution distribution;
  for (const json& service : *services) {
    for (const std::string_view name : kUbuntuServices) {
      if (is_enabled(service, name)) add_channel(distribution, std::string(name));
    }
  }
  finish(std::move(distribution), finding);
}

void read_redhat_content(std::string_view bytes, Finding& finding) {
  Distribution distribution;
  if (finding.path.ends_with(".json")) {
    ContentHandler handler(distribution);
    if (!json::sax_parse(bytes, &handler)) {
      note(finding, ErrorCode::invalid, bytes, handler.error_at(), "not well-formed JSON");
    }
  } else {
    scan_for_cpe(bytes, distribution);
  }
  finish(std::move(distribution), finding);
}

}  // namespace oakum::packages
