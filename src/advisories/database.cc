#include "advisories/database.h"

#include <array>
#include <atomic>
#include <mutex>

#include "advisories/lmdb.h"
#include "advisories/record.h"
#include "advisories/texts.h"
#include "advisories/trailer.h"

namespace oakum::advisories {

struct Database::State {
  std::string path;
  Environment environment;
  Transaction transaction;
  std::array<MDB_dbi, kTables> tables{};
  Header header;
  std::string_view dictionary;
  mutable std::mutex mutex;  // a transaction of LMDB is for one thread at a time
  mutable std::once_flag expander_made;
  mutable std::optional<TextExpander> expander;
  mutable std::atomic<bool> damaged = false;

  // Counts a value that does not decode: callers must not take it for an absence.
  template <class Value>
  std::optional<Value> checked(std::optional<Value> value) const {
    if (!value) damaged = true;
    return value;
  }

  // Lives as long as the map; empty optional when there is no such key.
  std::optional<std::string_view> find(Table table, std::string_view key) const {
    MDB_val name = to_value(key);
    MDB_val value{};
    const std::lock_guard lock(mutex);
    const int result = mdb_get(transaction.get(), tables[static_cast<std::size_t>(table)], &name, &value);
    if (result == MDB_SUCCESS) return to_view(value);
    if (result != MDB_NOTFOUND && result != MDB_BAD_VALSIZE) damaged = true;
    return std::nullopt;
  }

  const TextExpander& texts() const {
    std::call_once(expander_made, [this] { expander.emplace(dictionary); });
    return *expander;
  }

  Status open_environment();
  Status read_header();
};

// The pages that the file says it has must be there: a map of a shorter file ends the process with SIGBUS.
Status Database::State::open_environment() {
  MDB_env* raw = nullptr;
  OAKUM_CHECK(lmdb_status(mdb_env_create(&raw), path, "cannot make an LMDB environment"));
  environment.reset(raw);
  OAKUM_CHECK(lmdb_status(mdb_env_set_maxdbs(raw, kTables), path, "cannot open"));
  constexpr unsigned kFlags = MDB_RDONLY | MDB_NOLOCK | MDB_NOSUBDIR | MDB_NORDAHEAD | MDB_NOTLS;
  OAKUM_CHECK(lmdb_status(mdb_env_open(raw, path.c_str(), kFlags, 0644), path, "cannot open"));
  OAKUM_TRY(const Trailer trailer, read_trailer(path));
  MDB_envinfo info{};
  MDB_stat stat{};
  OAKUM_CHECK(lmdb_status(mdb_env_info(raw, &info), path, "cannot open"));
  OAKUM_CHECK(lmdb_status(mdb_env_stat(raw, &stat), path, "cannot open"));
  const bool whole = stat.ms_psize != 0 && info.me_last_pgno < trailer.bytes / stat.ms_psize;
  return lmdb_status(whole ? MDB_SUCCESS : MDB_INVALID, path, "cannot open");
}

Status Database::State::read_header() {
  MDB_txn* raw = nullptr;
  OAKUM_CHECK(lmdb_status(mdb_txn_begin(environment.get(), nullptr, MDB_RDONLY, &raw), path, "cannot read"));
  transaction.reset(raw);
  for (std::size_t i = 0; i < kTables; ++i) {
    OAKUM_CHECK(lmdb_status(mdb_dbi_open(raw, kTableNames[i], 0, &tables[i]), path, "cannot read"));
  }
  const auto bytes = find(Table::header, "header");
  auto decoded = bytes ? decode_header(*bytes) : std::nullopt;
  if (!decoded) return lmdb_status(MDB_CORRUPTED, path, "cannot read");
  header = std::move(*decoded);
  dictionary = find(Table::header, "dictionary").value_or(std::string_view());
  return {};
}

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::string& path) {
  auto state = std::make_unique<State>();
  state->path = path;
  // First, since it tells a missing file, another format and a cut one apart.
  if (auto trailer = read_trailer(path); !trailer) {
    Error error = std::move(trailer.error());
    if (error.code == ErrorCode::not_found) error.todo = "get one with `oakum db update`, or name one with OAKUM_DB";
    return std::unexpected(std::move(error));
  }
  OAKUM_CHECK(state->open_environment());
  OAKUM_CHECK(state->read_header());
  return Database(std::move(state));
}

DatabaseInfo Database::info() const {
  DatabaseInfo info;
  info.path = state_->path;
  info.built = state_->header.built;
  info.digest = state_->header.digest;
  for (const StoredFeed& feed : state_->header.feeds) info.feeds.push_back({feed.name, feed.date, feed.records});
  return info;
}

std::vector<std::string> Database::ecosystems() const {
  std::vector<std::string> names;
  const std::lock_guard lock(state_->mutex);
  MDB_cursor* raw = nullptr;
  const MDB_dbi table = state_->tables[static_cast<std::size_t>(Table::ecosystems)];
  if (mdb_cursor_open(state_->transaction.get(), table, &raw) != MDB_SUCCESS) return names;
  const Cursor cursor(raw);
  MDB_val key{};
  MDB_val value{};
  while (mdb_cursor_get(raw, &key, &value, MDB_NEXT) == MDB_SUCCESS) names.emplace_back(to_view(key));
  return names;
}

bool Database::damaged() const { return state_->damaged; }

std::vector<std::string> Database::covered_by(std::string_view ecosystem) const {
  std::vector<std::string> feeds;
  const auto bytes = state_->find(Table::ecosystems, ecosystem);
  if (!bytes) return feeds;
  return state_->checked(decode_coverage(*bytes)).value_or(feeds);
}

bool Database::covers(std::string_view ecosystem) const { return !covered_by(ecosystem).empty(); }

std::vector<StoredClaim> Database::claims(std::string_view ecosystem, std::string_view package) const {
  const auto bytes = state_->find(Table::claims, database_key(ecosystem, package));
  if (!bytes) return {};
  auto claims = state_->checked(decode_claims(*bytes, state_->header.feeds));
  return claims ? std::move(*claims) : std::vector<StoredClaim>();
}

std::string Database::canonical(std::string_view id) const {
  const auto found = state_->find(Table::aliases, id);
  return std::string(found.value_or(id));
}

std::optional<VulnerabilitySummary> Database::summary(std::string_view id) const {
  const auto bytes = state_->find(Table::vulnerabilities, canonical(id));
  return bytes ? state_->checked(decode_summary(*bytes)) : std::nullopt;
}

std::optional<VulnerabilityDetails> Database::details(std::string_view id) const {
  const auto bytes = state_->find(Table::details, canonical(id));
  if (!bytes) return std::nullopt;
  const auto text = state_->texts().expand(*bytes);
  return state_->checked(text ? decode_details(*text) : std::nullopt);
}

std::optional<LifecycleRecord> Database::lifecycle(std::string_view product, std::string_view cycle) const {
  const auto bytes = state_->find(Table::lifecycle, database_key(product, cycle));
  return bytes ? state_->checked(decode_lifecycle(*bytes)) : std::nullopt;
}

}  // namespace oakum::advisories
