#include "packages/release_files.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::packages {

namespace {

constexpr std::size_t kMaxName = 1024;

// Beginnings of the first line, longer ones before their own beginnings.
struct NamedId {
  std::string_view name;
  std::string_view id;
};
constexpr NamedId kNames[] = {
    {"Red Hat Enterprise Linux", "rhel"},
    {"CentOS", "centos"},
    {"AlmaLinux", "almalinux"},
    {"Rocky Linux", "rocky"},
    {"Oracle Linux", "ol"},
    {"Enterprise Linux Enterprise Linux Server", "ol"},  // Oracle Linux 5
    {"Amazon Linux", "amzn"},
    {"Fedora", "fedora"},
    {"VMware Photon", "photon"},
    {"Photon OS", "photon"},
    {"CBL-Mariner", "mariner"},
    {"Microsoft Azure Linux", "azurelinux"},
    {"Azure Linux", "azurelinux"},
    {"openSUSE Tumbleweed", "opensuse-tumbleweed"},
    {"openSUSE Leap", "opensuse-leap"},
    {"openSUSE", "opensuse"},
    {"SUSE Linux Enterprise Server for SAP", "sles_sap"},
    {"SUSE Linux Enterprise Server", "sles"},
    {"SUSE Linux Enterprise Desktop", "sled"},
    {"SUSE Linux Enterprise Micro", "sle-micro"},
    {"SUSE Linux Micro", "sl-micro"},
    {"Ubuntu", "ubuntu"},
    {"Debian", "debian"},
    {"OpenWrt", "openwrt"},
    {"Arch Linux", "arch"},
    {"Manjaro", "manjaro"},
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The first word that begins with a digit: "CentOS Linux release 7.9.2009 (Core)" → "7.9.2009".
std::string_view version_in(std::string_view line) {
  while (!line.empty()) {
    const std::string_view word = next_field(line, ' ');
    if (!word.empty() && is_digit(word.front()))
      return word.substr(0, word.find_first_not_of("0123456789.-_abcdefghijklmnopqrstuvwxyz"));
  }
  return {};
}

// "Red Hat Enterprise Linux release 9.4 (Plow)" and its like; the first line says all.
Distribution read_sentence(std::string_view bytes) {
  Distribution distribution;
  const std::string_view line = trim(next_line(bytes).value_or(""));
  if (line.empty()) return distribution;
  distribution.name = printable(line, kMaxName);
  distribution.id = id_of_name(line);
  distribution.version_id = version_in(line);
  return distribution;
}

std::string value_of(std::string_view bytes, std::string_view key) {
  while (const auto line = next_line(bytes)) {
    std::string_view rest = *line;
    if (rest.find('=') == std::string_view::npos) continue;
    if (trim(next_field(rest, '=')) == key) return printable(trim(rest), kMaxName);
  }
  return {};
}

// SuSE-release: the name, then "VERSION = 11" and, on enterprise products, "PATCHLEVEL = 4".
Distribution read_suse_release(std::string_view bytes) {
  Distribution distribution = read_sentence(bytes);
  const std::string version = value_of(bytes, "VERSION");
  const std::string patch = value_of(bytes, "PATCHLEVEL");
  if (!version.empty()) distribution.version_id = version;
  if (!patch.empty() && patch != "0") distribution.version_id += "." + patch;
  return distribution;
}

// debian_version: "12.5", or "trixie/sid" on testing and unstable alike.
Distribution read_debian_version(std::string_view bytes) {
  Distribution distribution;
  const std::string_view line = trim(next_line(bytes).value_or(""));
  if (line.empty()) return distribution;
  distribution.id = "debian";
  if (is_digit(line.front())) {
    distribution.version_id = printable(line, kMaxName);
  } else {
    distribution.codename = to_lower(printable(line.substr(0, line.find('/')), kMaxName));
  }
  return distribution;
}

Distribution read_alpine_release(std::string_view bytes) {
  Distribution distribution;
  const std::string_view line = trim(next_line(bytes).value_or(""));
  if (line.empty() || !is_digit(line.front())) return distribution;
  distribution.id = "alpine";
  distribution.version_id = printable(line, kMaxName);
  return distribution;
}

// An empty file on Arch itself; its derivatives write their name.
Distribution read_arch_release(std::string_view bytes) {
  Distribution distribution = read_sentence(bytes);
  if (distribution.name.empty()) distribution.id = "arch";
  return distribution;
}

}  // namespace

std::string id_of_name(std::string_view name) {
  for (const NamedId& row : kNames) {
    if (name.size() >= row.name.size() && equals_ignoring_case(name.substr(0, row.name.size()), row.name)) {
      return std::string(row.id);
    }
  }
  const bool one_word = std::ranges::all_of(name, [](char c) { return c > ' ' && c < '\x7f'; });
  return one_word ? to_lower(name) : std::string{};
}

Distribution read_release_file(std::string_view file, std::string_view bytes) {
  if (file == "debian_version") return read_debian_version(bytes);
  if (file == "alpine-release") return read_alpine_release(bytes);
  if (file == "arch-release") return read_arch_release(bytes);
  if (file == "SuSE-release") return read_suse_release(bytes);
  return read_sentence(bytes);
}

}  // namespace oakum::packages
