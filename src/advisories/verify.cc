#include <functional>

#include "advisories/database.h"
#include "advisories/lmdb.h"
#include "advisories/record.h"
#include "advisories/texts.h"
#include "advisories/trailer.h"
#include "base/digest.h"
#include "base/fd.h"

namespace oakum::advisories {

namespace {

constexpr std::string_view kRebuild = "build it anew with `oakum db update`";

Status check_bytes(const std::string& path) {
  OAKUM_TRY(const Trailer trailer, read_trailer(path));
  OAKUM_TRY(const MappedFile file, MappedFile::open(path));
  const std::string found = Digest::sha256_of(file.bytes().substr(0, trailer.bytes)).text();
  if (found == trailer.digest) return {};
  return fail(ErrorCode::integrity, path,
              "its bytes are not those that were written: " + found + " instead of " + trailer.digest,
              std::string(kRebuild));
}

using Check = std::function<bool(std::string_view key, std::string_view value)>;

struct OpenFile {
  std::string path;
  Environment environment;
  Transaction transaction;

  Result<MDB_dbi> table(Table which) const {
    MDB_dbi handle = 0;
    OAKUM_CHECK(lmdb_status(mdb_dbi_open(transaction.get(), kTableNames[static_cast<std::size_t>(which)], 0, &handle),
                            path, "cannot read"));
    return handle;
  }
  Result<bool> holds(MDB_dbi table, std::string_view key) const {
    MDB_val name = to_value(key);
    MDB_val value{};
    const int result = mdb_get(transaction.get(), table, &name, &value);
    if (result == MDB_NOTFOUND) return false;
    OAKUM_CHECK(lmdb_status(result, path, "cannot read"));
    return true;
  }
};

Result<OpenFile> open_raw(const std::string& path) {
  OpenFile file;
  file.path = path;
  MDB_env* environment = nullptr;
  OAKUM_CHECK(lmdb_status(mdb_env_create(&environment), path, "cannot make an LMDB environment"));
  file.environment.reset(environment);
  OAKUM_CHECK(lmdb_status(mdb_env_set_maxdbs(environment, kTables), path, "cannot open"));
  constexpr unsigned kFlags = MDB_RDONLY | MDB_NOLOCK | MDB_NOSUBDIR | MDB_NOTLS;
  OAKUM_CHECK(lmdb_status(mdb_env_open(environment, path.c_str(), kFlags, 0644), path, "cannot open"));
  MDB_txn* transaction = nullptr;
  OAKUM_CHECK(lmdb_status(mdb_txn_begin(environment, nullptr, MDB_RDONLY, &transaction), path, "cannot read"));
  file.transaction.reset(transaction);
  return file;
}

Status check_table(const OpenFile& file, Table which, const Check& check) {
  OAKUM_TRY(const MDB_dbi table, file.table(which));
  MDB_cursor* raw = nullptr;
  OAKUM_CHECK(lmdb_status(mdb_cursor_open(file.transaction.get(), table, &raw), file.path, "cannot read"));
  const Cursor cursor(raw);
  MDB_val key{};
  MDB_val value{};
  int result = MDB_SUCCESS;
  while ((result = mdb_cursor_get(raw, &key, &value, MDB_NEXT)) == MDB_SUCCESS) {
    if (check(to_view(key), to_view(value))) continue;
    return fail(
        ErrorCode::integrity,
        file.path + ": " + kTableNames[static_cast<std::size_t>(which)] + ": \"" + std::string(to_view(key)) + "\"",
        "does not read", std::string(kRebuild));
  }
  return result == MDB_NOTFOUND ? Status() : lmdb_status(result, file.path, "cannot read");
}

Status check_values(const OpenFile& file, const Header& header, const TextExpander& texts) {
  OAKUM_TRY(const MDB_dbi vulnerabilities, file.table(Table::vulnerabilities));
  const auto known = [&](std::string_view id) { return file.holds(vulnerabilities, id).value_or(false); };
  OAKUM_CHECK(check_table(file, Table::ecosystems,
                          [](auto, std::string_view value) { return decode_coverage(value).has_value(); }));
  OAKUM_CHECK(check_table(file, Table::claims, [&](auto, std::string_view value) {
    const auto claims = decode_claims(value, header.feeds);
    if (!claims) return false;
    for (const StoredClaim& claim : *claims) {
      if (!known(claim.vulnerability)) return false;
    }
    return true;
  }));
  OAKUM_CHECK(check_table(file, Table::vulnerabilities,
                          [](auto, std::string_view value) { return decode_summary(value).has_value(); }));
  OAKUM_CHECK(check_table(file, Table::aliases, [&](auto, std::string_view value) { return known(value); }));
  OAKUM_CHECK(check_table(file, Table::details, [&](std::string_view id, std::string_view value) {
    const auto text = texts.expand(value);
    return text && decode_details(*text) && known(id);
  }));
  return check_table(file, Table::lifecycle,
                     [](auto, std::string_view value) { return decode_lifecycle(value).has_value(); });
}

}  // namespace

Status verify_database(const std::string& path) {
  // Its pages are walked only once they are known to be those that were written.
  OAKUM_CHECK(check_bytes(path));
  OAKUM_TRY(const OpenFile file, open_raw(path));
  Header header;
  std::string dictionary;
  bool found = false;
  OAKUM_CHECK(check_table(file, Table::header, [&](std::string_view key, std::string_view value) {
    if (key == "dictionary") dictionary = value;
    if (key != "header") return true;
    auto decoded = decode_header(value);
    if (!decoded) return false;
    header = std::move(*decoded);
    found = true;
    return true;
  }));
  if (!found) return fail(ErrorCode::integrity, path, "has no header", std::string(kRebuild));
  return check_values(file, header, TextExpander(dictionary));
}

}  // namespace oakum::advisories
