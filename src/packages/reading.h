// What the readers of package databases share: limits, errors with line numbers, and judgement of names and versions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "packages/analyser.h"

namespace oakum::packages {

inline constexpr std::size_t kMaxPackages = 1'000'000;           // in one database
inline constexpr std::size_t kMaxFiles = 4'000'000;              // listed by one database or file list
inline constexpr std::size_t kMaxLine = std::size_t{1} << 20;    // bytes of one line
inline constexpr std::size_t kMaxStanza = std::size_t{4} << 20;  // bytes of one entry
inline constexpr std::size_t kMaxErrors = 100;                   // of one file; the last one says that there were more

// Notes what is wrong at `offset` of the file; the place becomes "path:line".
void note(Finding& finding, ErrorCode code, std::string_view bytes, std::size_t offset, std::string why);

// Notes what is wrong with the file as a whole.
void note(Finding& finding, ErrorCode code, std::string why, std::string todo = {});

// True while there is room for one more package or file; the first time there is none, says so in the errors.
bool room_for_package(Finding& finding);
bool room_for_file(Finding& finding, std::size_t count);

// Non-empty, printable ASCII, no white space: what every name and version of these databases must be.
bool is_token(std::string_view text);

// Free text from a database (a maintainer, a licence): as it is when it is clean UTF-8, else made so.
std::string clean(std::string_view text);

// The digits before the first ':' of "1:2.36-9"; empty without.
std::string_view epoch_of(std::string_view version);

std::string_view base_name(std::string_view path);
std::string_view directory_of(std::string_view path);  // without the slash

// One reader for each format, in the file named after the package manager. `finding.path` is set already.
void read_dpkg_status(std::string_view bytes, Finding& finding);
void read_dpkg_files(std::string_view bytes, Finding& finding);
void read_chisel_manifest(std::string_view bytes, Finding& finding);
void read_apk_installed(std::string_view bytes, Finding& finding);
void read_apk_repositories(std::string_view bytes, Finding& finding);
void read_pacman_desc(std::string_view bytes, Finding& finding);
void read_pacman_files(std::string_view bytes, Finding& finding);
void read_opkg_status(std::string_view bytes, Finding& finding);
void read_opkg_files(std::string_view bytes, Finding& finding);
void read_os_release(std::string_view bytes, Finding& finding);
void read_ubuntu_pro(std::string_view bytes, Finding& finding);
void read_redhat_content(std::string_view bytes, Finding& finding);

}  // namespace oakum::packages
