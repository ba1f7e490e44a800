#include "advisories/archive_release.h"

#include <array>

#include "advisories/dates.h"
#include "advisories/deb822.h"
#include "base/fd.h"
#include "base/process.h"
#include "base/text.h"
#include "model/distribution.h"

namespace oakum::advisories {

namespace {

constexpr std::uint64_t kMaxRelease = 16U << 20;
constexpr std::size_t kMaxIndexFiles = 200'000;

constexpr const char* kKeyrings[] = {
    "/usr/share/keyrings/debian-archive-keyring.gpg", "/usr/share/keyrings/debian-archive-keyring.pgp",
    "/usr/share/keyrings/debian-archive-removed-keys.gpg", "/usr/share/keyrings/ubuntu-archive-keyring.gpg"};

std::vector<std::string_view> words(std::string_view line) {
  std::vector<std::string_view> out;
  for (const std::string_view part : split(line, ' ')) {
    if (!trim(part).empty()) out.push_back(trim(part));
  }
  return out;
}

std::vector<IndexFile> index_files(std::string_view lines) {
  std::vector<IndexFile> files;
  while (const auto line = next_line(lines)) {
    const auto parts = words(*line);
    if (parts.size() != 3 || parts[0].size() != 64 || !is_safe_path(parts[2])) continue;
    const auto size = parse_number<std::uint64_t>(parts[1]);
    if (!size || files.size() >= kMaxIndexFiles) continue;
    files.push_back({std::string(parts[2]), std::string(parts[0]), *size});
  }
  return files;
}

std::vector<std::string> keyring_arguments(const std::string& keyring) {
  std::vector<std::string> arguments;
  const auto add = [&](const std::string& path) {
    if (!path_exists(path)) return;
    arguments.emplace_back("--keyring");
    arguments.push_back(path);
  };
  if (!keyring.empty()) {
    add(keyring);
  } else {
    for (const char* path : kKeyrings) add(path);
  }
  return arguments;
}

// A word of gpgv's status lines (GnuPG's doc/DETAILS, "Format of the --status-fd output"), and what follows it.
std::optional<std::string_view> status_line(std::string_view output, std::string_view keyword) {
  while (const auto line = next_line(output)) {
    std::string_view rest = *line;
    if (next_field(rest, ' ') == "[GNUPG:]" && next_field(rest, ' ') == keyword) return rest;
  }
  return std::nullopt;
}

SignedRelease unverified(std::string text, std::string why) {
  return {std::move(text), false, "signature not verified: " + std::move(why)};
}

Result<SignedRelease> verify(const std::string& message, std::string_view name, const std::string& keyring) {
  OAKUM_TRY(std::string text, clear_signed_text(message, name));
  const std::vector<std::string> keyrings = keyring_arguments(keyring);
  if (keyrings.empty()) {
    if (!keyring.empty()) return fail(ErrorCode::not_found, printable(keyring), "the keyring does not exist");
    return unverified(std::move(text), "no archive keyring is installed");
  }
  std::vector<std::string> command = {"gpgv", "--status-fd", "2", "--output", "-"};
  command.insert(command.end(), keyrings.begin(), keyrings.end());
  auto result = run_process(command, message, {.output_bytes = kMaxRelease, .time = std::chrono::seconds(30)});
  if (!result) return unverified(std::move(text), "gpgv did not run");
  if (status_line(result->errors, "BADSIG")) {
    return fail(ErrorCode::integrity, std::string(name), "its signature is wrong: the file was changed on the way",
                "use another mirror");
  }
  const auto signer = status_line(result->errors, "GOODSIG");
  if (!signer || !status_line(result->errors, "VALIDSIG")) {
    return unverified(std::move(text), "none of its keys is in the keyring");
  }
  // What gpgv wrote is what was signed; text around the armour never gets here.
  return SignedRelease{std::move(result->output), true, "signed by " + printable(*signer, 200)};
}

}  // namespace

Result<ArchiveRelease> parse_release(std::string_view text, std::string_view name) {
  ParagraphReader reader(text);
  Paragraph paragraph;
  if (!reader.next(paragraph)) return fail(ErrorCode::invalid, std::string(name), "has no fields");
  ArchiveRelease release;
  release.origin = paragraph.get("Origin");
  release.version = paragraph.get("Version");
  release.codename = paragraph.get("Codename");
  release.date = iso_day_of_fixdate(paragraph.get("Date"));
  release.by_hash = paragraph.get("Acquire-By-Hash") == "yes";
  release.files = index_files(paragraph.get("SHA256"));
  if (release.files.empty()) return fail(ErrorCode::invalid, std::string(name), "lists no files with SHA256 checksums");
  return release;
}

std::optional<std::string> ecosystem_of(const ArchiveRelease& release) {
  Distribution distribution;
  distribution.id = to_lower(release.origin);
  distribution.version_id = release.version;
  distribution.codename = release.codename.substr(0, release.codename.find('-'));
  return oakum::ecosystem_of(distribution);
}

Result<std::string> clear_signed_text(std::string_view message, std::string_view name) {
  constexpr std::string_view kBegin = "-----BEGIN PGP SIGNED MESSAGE-----";
  auto line = next_line(message);
  if (!line || trim(*line) != kBegin) return fail(ErrorCode::invalid, std::string(name), "is not a signed message");
  while (line && !trim(*line).empty()) line = next_line(message);  // "Hash: SHA256"
  std::string text;
  while ((line = next_line(message))) {
    if (line->starts_with("-----BEGIN PGP SIGNATURE-----")) return text;
    if (line->starts_with("- ")) line->remove_prefix(2);
    text.append(*line).push_back('\n');
  }
  return fail(ErrorCode::invalid, std::string(name), "the signed message is cut short");
}

Result<SignedRelease> fetch_release(const PackageMirror& mirror, std::string_view suite, const std::string& keyring) {
  const std::string path = "dists/" + std::string(suite) + "/InRelease";
  OAKUM_TRY(const std::string message, mirror.get(path, kMaxRelease));
  return verify(message, mirror.base() + "/" + path, keyring);
}

}  // namespace oakum::advisories
