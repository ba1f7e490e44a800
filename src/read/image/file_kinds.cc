#include "read/image/file_kinds.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "read/image/path.h"

namespace oakum::image {

namespace {

using Kind = FileFact::Kind;

struct Program {
  std::string_view name;
  Kind kind;
};

// Sorted by name. Looked for in directories of programs only.
constexpr auto kPrograms = std::to_array<Program>({
    {"apk", Kind::package_manager},
    {"apt", Kind::package_manager},
    {"apt-get", Kind::package_manager},
    {"aptitude", Kind::package_manager},
    {"ash", Kind::shell},
    {"bash", Kind::shell},
    {"busybox", Kind::shell},
    {"c++", Kind::compiler},
    {"cargo", Kind::compiler},
    {"cc", Kind::compiler},
    {"clang", Kind::compiler},
    {"curl", Kind::network_tool},
    {"dash", Kind::shell},
    {"dnf", Kind::package_manager},
    {"dnf5", Kind::package_manager},
    {"dpkg", Kind::package_manager},
    {"fish", Kind::shell},
    {"ftp", Kind::network_tool},
    {"g++", Kind::compiler},
    {"gcc", Kind::compiler},
    {"gdb", Kind::compiler},
    {"go", Kind::compiler},
    {"javac", Kind::compiler},
    {"ksh", Kind::shell},
    {"ld", Kind::compiler},
    {"make", Kind::compiler},
    {"microdnf", Kind::package_manager},
    {"mksh", Kind::shell},
    {"nc", Kind::network_tool},
    {"nc.openbsd", Kind::network_tool},
    {"nc.traditional", Kind::network_tool},
    {"ncat", Kind::network_tool},
    {"netcat", Kind::network_tool},
    {"nmap", Kind::network_tool},
    {"npm", Kind::package_manager},
    {"opkg", Kind::package_manager},
    {"pacman", Kind::package_manager},
    {"pip", Kind::package_manager},
    {"pip3", Kind::package_manager},
    {"rpm", Kind::package_manager},
    {"rustc", Kind::compiler},
    {"scp", Kind::network_tool},
    {"sh", Kind::shell},
    {"socat", Kind::network_tool},
    {"ssh", Kind::network_tool},
    {"sshd", Kind::network_tool},
    {"strace", Kind::compiler},
    {"sudo", Kind::sudo},
    {"tcc", Kind::compiler},
    {"tcpdump", Kind::network_tool},
    {"tdnf", Kind::package_manager},
    {"telnet", Kind::network_tool},
    {"wget", Kind::network_tool},
    {"yum", Kind::package_manager},
    {"zsh", Kind::shell},
    {"zypper", Kind::package_manager},
});

constexpr std::string_view kProgramDirectories[] = {"bin",
                                                    "sbin",
                                                    "usr/bin",
                                                    "usr/sbin",
                                                    "usr/local/bin",
                                                    "usr/local/sbin",
                                                    "usr/libexec",
                                                    "usr/local/go/bin",
                                                    "usr/local/cargo/bin"};

// Names that private keys and credentials have, whatever lies in them.
constexpr std::string_view kSecretNames[] = {".dockercfg",
                                             ".env",
                                             ".git-credentials",
                                             ".htpasswd",
                                             ".netrc",
                                             ".npmrc",
                                             ".pgpass",
                                             ".pypirc",
                                             ".s3cfg",
                                             "credentials.json",
                                             "id_dsa",
                                             "id_ecdsa",
                                             "id_ecdsa_sk",
                                             "id_ed25519",
                                             "id_ed25519_sk",
                                             "id_rsa",
                                             "kubeconfig",
                                             "secret.yaml",
                                             "secret.yml",
                                             "secrets.yaml",
                                             "secrets.yml",
                                             "service-account.json",
                                             "service_account.json",
                                             "terraform.tfstate"};
constexpr std::string_view kSecretEnds[] = {
    ".aws/credentials",   ".azure/accessTokens.json",      ".docker/config.json", ".kube/config",
    ".gnupg/secring.gpg", ".config/gcloud/credentials.db", ".ssh/identity",       "wp-config.php"};
constexpr std::string_view kSecretExtensions[] = {".jks", ".kdb", ".kdbx", ".key",    ".keystore",
                                                  ".p12", ".pem", ".pfx",  ".pkcs12", ".ppk"};
// Certificates and examples that come with packages.
constexpr std::string_view kPublicPlaces[] = {"etc/ssl/certs/",
                                              "etc/pki/",
                                              "usr/share/",
                                              "etc/ca-certificates/",
                                              "usr/lib/node_modules/",
                                              "usr/local/lib/node_modules/",
                                              "usr/lib/ssl/",
                                              "usr/local/share/ca-certificates/",
                                              "etc/apk/keys/",
                                              "usr/lib/jvm/",
                                              "usr/local/go/",
                                              "usr/lib/go"};

constexpr std::string_view kUnnecessaryParts[] = {".aws", ".cache", ".git", ".hg", ".npm", ".svn"};
constexpr std::string_view kUnnecessaryStarts[] = {
    "var/cache/apt/archives/", "var/lib/apt/lists/", "var/cache/apk/",  "var/cache/yum/",
    "var/cache/dnf/",          "var/cache/libdnf5/", "var/cache/zypp/", "var/cache/pacman/pkg/"};
constexpr std::string_view kUnnecessaryNames[] = {".dockerignore", ".DS_Store",          "Dockerfile",
                                                  "Thumbs.db",     "docker-compose.yml", "docker-compose.yaml",
                                                  "compose.yaml"};

template <std::size_t N>
bool is_one_of(std::string_view text, const std::string_view (&words)[N]) {
  return std::ranges::find(words, text) != std::end(words);
}

void add_program(std::string_view path, std::vector<Kind>& kinds) {
  if (!is_one_of(parent_of(path), kProgramDirectories)) return;
  std::string_view name = last_part(path);
  const auto find = [&] {
    const auto found = std::ranges::lower_bound(kPrograms, name, {}, &Program::name);
    return found != kPrograms.end() && found->name == name ? found : kPrograms.end();
  };
  auto found = find();
  if (found == kPrograms.end()) {  // "gcc-12", "x86_64-linux-gnu-gcc-12", "clang-19", "javac"
    const std::size_t version = name.rfind('-');
    const bool numbered = version != std::string_view::npos && version + 1 < name.size() && name[version + 1] >= '0' &&
                          name[version + 1] <= '9';
    if (!numbered) return;
    name = name.substr(0, version);
    const std::size_t target = name.rfind("-linux-");
    if (target != std::string_view::npos) name = name.substr(name.rfind('-') + 1);
    found = find();
    if (found == kPrograms.end() || found->kind != Kind::compiler) return;
  }
  kinds.push_back(found->kind);
}

bool is_public(std::string_view path, std::string_view name) {
  if (name.ends_with(".pub") || name.find("example") != std::string_view::npos ||
      name.find("sample") != std::string_view::npos)
    return true;
  return std::ranges::any_of(kPublicPlaces, [&](std::string_view place) { return path.starts_with(place); }) ||
         path.find("lib/python") != std::string_view::npos || path.find("/site-packages/") != std::string_view::npos ||
         path.find("/node_modules/") != std::string_view::npos ||
         path.find("/dist-packages/") != std::string_view::npos;
}

bool is_secret(std::string_view path) {
  const std::string_view name = last_part(path);
  if (is_public(path, name)) return false;
  if (is_one_of(name, kSecretNames)) return true;
  if (name.starts_with(".env.") && name != ".env.template" && name != ".env.dist") return true;
  const auto ends = [&](std::string_view end) {
    return path.ends_with(end) && (path.size() == end.size() || path[path.size() - end.size() - 1] == '/');
  };
  if (std::ranges::any_of(kSecretEnds, ends)) return true;
  return std::ranges::any_of(kSecretExtensions, [&](std::string_view end) { return name.ends_with(end); });
}

bool is_unnecessary(std::string_view path) {
  const std::string_view name = last_part(path);
  if (is_one_of(name, kUnnecessaryNames)) return true;
  for (const std::string_view start : kUnnecessaryStarts) {
    if (path.starts_with(start)) return name != "lock" && name != ".empty";
  }
  std::string_view rest = parent_of(path);
  while (!rest.empty()) {
    const std::string_view part = next_field(rest, '/');
    if (part.starts_with('.') && is_one_of(part, kUnnecessaryParts)) return true;
  }
  return false;
}

}  // namespace

void kinds_of_path(std::string_view path, bool symlink, std::vector<Kind>& kinds) {
  add_program(path, kinds);
  if (symlink) return;
  if (is_secret(path)) kinds.push_back(Kind::secret_name);
  if (is_unnecessary(path)) kinds.push_back(Kind::unnecessary);
}

void kinds_of_mode(std::uint32_t mode, bool capabilities, std::vector<Kind>& kinds) {
  if ((mode & 04000) != 0) kinds.push_back(Kind::setuid);
  // Without the group's execute bit it asks for mandatory locks and gives no rights.
  if ((mode & 02010) == 02010) kinds.push_back(Kind::setgid);
  if ((mode & 0002) != 0) kinds.push_back(Kind::world_writable);
  if (capabilities) kinds.push_back(Kind::capability);
}

}  // namespace oakum::image
