#include "rules/build/unpinned.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace oakum::rules {

namespace {

bool has_any(std::string_view text, std::string_view bytes) {
  return text.find_first_of(bytes) != std::string_view::npos;
}
bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool ends_in(std::string_view text, std::string_view endings) {
  for (; !endings.empty(); endings.remove_prefix(std::min(endings.size(), endings.find(' ') + 1))) {
    const std::size_t end = endings.find(' ');
    if (text.ends_with(endings.substr(0, end))) return true;
    if (end == std::string_view::npos) break;
  }
  return false;
}

bool is_path(std::string_view text) {
  return text == "." || text == ".." || text.starts_with(".[") || text.starts_with("./") || text.starts_with("../") ||
         text.starts_with('/') || text.starts_with("~/") || text.starts_with("file:");
}

// name-1.2, as yum and dnf take it.
bool has_dashed_version(std::string_view text) {
  for (std::size_t at = text.find('-'); at != std::string_view::npos; at = text.find('-', at + 1)) {
    if (at + 1 < text.size() && text[at + 1] >= '0' && text[at + 1] <= '9') return true;
  }
  return false;
}

bool apt_pinned(std::string_view text) {
  return has_any(text, "=/") || ends_in(text, ".deb") || text.ends_with('-');  // "name-" removes
}

bool apk_pinned(std::string_view text) {
  return has_any(text, "=<>~") || ends_in(text, ".apk") || text.starts_with('.') || text.starts_with('!');
}

bool rpm_pinned(std::string_view text) {
  return has_dashed_version(text) || has(text, ":") || ends_in(text, ".rpm") || is_path(text) || text.starts_with('@');
}

bool zypper_pinned(std::string_view text) { return has_any(text, "=<>") || ends_in(text, ".rpm") || is_path(text); }

bool pip_pinned(std::string_view text) {
  if (has(text, "://")) return has(text, "@") || !text.starts_with("git+");
  return has_any(text, "=<>~!") || has(text, "@") || is_path(text) || ends_in(text, ".whl .tar.gz .zip .tar.bz2") ||
         has(text, "/");
}

bool npm_pinned(std::string_view text) {
  if (is_path(text) || ends_in(text, ".tar .tar.gz .tgz")) return true;
  if (has(text, "://") || text.starts_with("git@") || text.starts_with("github:")) return has(text, "#");
  const std::size_t at = text.find('@', 1);  // a scope begins with '@'
  if (at == std::string_view::npos) return false;
  const std::string_view version = text.substr(at + 1);
  return !version.empty() && version != "latest" && version != "next";
}

bool gem_pinned(std::string_view text) { return has(text, ":") || ends_in(text, ".gem") || is_path(text); }

bool cargo_pinned(std::string_view text) { return has(text, "@") || is_path(text); }

bool composer_pinned(std::string_view text) { return has_any(text, ":=") || is_path(text); }

bool conda_pinned(std::string_view text) {
  return has_any(text, "=<>") || is_path(text) || ends_in(text, ".conda .tar.bz2");
}

// A package of another module: its first part is a host name.
bool go_pinned(std::string_view text) {
  if (is_path(text) || ends_in(text, ".go") || !has(text.substr(0, text.find('/')), ".")) return true;
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && text.substr(at) != "@latest";
}

// Extensions that PHP itself brings have PHP's version.
bool php_pinned(std::string_view text) {
  constexpr std::string_view kBundled =
      "bcmath bz2 calendar ctype curl dba dom enchant exif ffi fileinfo filter ftp gd gettext gmp hash iconv imap "
      "interbase intl json ldap mbstring mysqli oci8 odbc opcache openssl pcntl pcre pdo pdo_dblib pdo_firebird "
      "pdo_mysql pdo_oci pdo_odbc pdo_pgsql pdo_sqlite pgsql phar posix pspell readline recode session shmop simplexml "
      "snmp soap sockets sodium sqlite3 sysvmsg sysvsem sysvshm tidy tokenizer xml xmlreader xmlrpc xmlwriter xsl zip";
  return is_listed(kBundled, text) || has_dashed_version(text) || has_any(text, "^@/");
}

struct Row {
  Manager manager;
  bool (*pinned)(std::string_view);
};
constexpr Row kRows[] = {
    {Manager::apk, apk_pinned},     {Manager::apt, apt_pinned},
    {Manager::cargo, cargo_pinned}, {Manager::composer, composer_pinned},
    {Manager::conda, conda_pinned}, {Manager::dnf, rpm_pinned},
    {Manager::gem, gem_pinned},     {Manager::go, go_pinned},
    {Manager::npm, npm_pinned},     {Manager::php_extensions, php_pinned},
    {Manager::pip, pip_pinned},     {Manager::yarn, npm_pinned},
    {Manager::yum, rpm_pinned},     {Manager::zypper, zypper_pinned},
};
static_assert(std::ranges::is_sorted(kRows, {}, &Row::manager));

// Options that give the versions of everything, or take the packages from elsewhere.
bool versions_elsewhere(const PackageCommand& call) {
  const Options& arguments = call.arguments;
  switch (call.manager) {
    case Manager::pip:
      return arguments.has({"r", "requirement", "c", "constraint", "e", "editable", "group"});
    case Manager::gem:
      return arguments.has({"v", "version", "g", "file"});
    case Manager::cargo:
      return arguments.has({"version", "vers", "path", "rev", "tag"});
    case Manager::conda:
      return arguments.has({"file"});
    case Manager::go:
      return arguments.has({"modfile"});
    case Manager::apk:
    case Manager::apt:
    case Manager::composer:
    case Manager::dnf:
    case Manager::npm:
    case Manager::php_extensions:
    case Manager::yarn:
    case Manager::yum:
    case Manager::zypper:
      return false;
  }
  return false;
}

}  // namespace

std::vector<const shell::Word*> unpinned(const PackageCommand& call) {
  std::vector<const shell::Word*> result;
  if (versions_elsewhere(call)) return result;
  const Row& row = *std::ranges::lower_bound(kRows, call.manager, {}, &Row::manager);
  for (const shell::Word* word : call.arguments.operands) {
    if (!word->text.empty() && !word->expands && !row.pinned(word->text)) result.push_back(word);
    if (call.manager == Manager::go && call.subcommand == "run") break;  // the program's own arguments follow
  }
  // `composer require vendor/name 1.2`: the version is a word of its own.
  if (call.manager == Manager::composer) {
    const bool own_word = std::ranges::any_of(call.arguments.operands, [](const shell::Word* word) {
      return has_any(word->text.substr(0, 1), "0123456789^~*<>v") && !has(word->text, "/");
    });
    if (own_word) result.clear();
  }
  return result;
}

}  // namespace oakum::rules
