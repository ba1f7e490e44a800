// rpmdb.sqlite (rpm's lib/backend/sqlite.c): table Packages, a row per package, its header in column `blob`.
//
// The database is hostile, and SQLite runs what a schema says: views, triggers and virtual tables are off, functions in
// the schema are not trusted (sqlite.org/security.html), and the steps a query may take are counted, for pages that
// name each other as children make a table of more rows than any file has.
#include <cstdint>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/text.h"
#include "packages/rpm_database.h"
#include "packages/rpm_memory_vfs.h"

namespace oakum::packages {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kMagic = "SQLite format 3\0"sv;
constexpr int kMaxRow = 260 << 20;  // rpm's largest header (256 MiB) and what is around it in a row
constexpr int kMaxSql = 64 << 10;   // of a statement in the schema
constexpr int kSteps = 1000;        // between two calls of count_steps
constexpr int kMaxCalls = 5000;     // some million rows

struct CloseConnection {
  void operator()(sqlite3* connection) const { sqlite3_close(connection); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Connection = std::unique_ptr<sqlite3, CloseConnection>;
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

std::unexpected<Error> sqlite_error(sqlite3* connection, int status) {
  const std::string why = printable(connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(status), 200);
  if (status == SQLITE_INTERRUPT) {
    return fail(ErrorCode::limit, "", "SQLite tables of more rows than their file can hold");
  }
  return fail(status == SQLITE_TOOBIG || status == SQLITE_NOMEM ? ErrorCode::limit : ErrorCode::invalid, "",
              "not readable as SQLite: " + why);
}

int count_steps(void* calls) { return ++*static_cast<int*>(calls) > kMaxCalls ? 1 : 0; }

struct Switch {
  int option;
  int value;
};
constexpr Switch kSwitches[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},   {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
    {SQLITE_DBCONFIG_ENABLE_VIEW, 0}, {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
};
constexpr Switch kLimits[] = {
    {SQLITE_LIMIT_LENGTH, kMaxRow},  {SQLITE_LIMIT_SQL_LENGTH, kMaxSql}, {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_EXPR_DEPTH, 20},   {SQLITE_LIMIT_COLUMN, 100},         {SQLITE_LIMIT_COMPOUND_SELECT, 3},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 1}, {SQLITE_LIMIT_WORKER_THREADS, 0},
};

Result<Connection> open_connection(const MemoryVfs& vfs, int* calls) {
  sqlite3* raw = nullptr;
  const int status = sqlite3_open_v2("rpmdb", &raw, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, vfs.name());
  Connection connection(raw);
  if (status != SQLITE_OK) return sqlite_error(raw, status);
  for (const Switch& s : kSwitches) sqlite3_db_config(raw, s.option, s.value, nullptr);
  for (const Switch& s : kLimits) sqlite3_limit(raw, s.option, s.value);
  sqlite3_progress_handler(raw, kSteps, count_steps, calls);
  const std::string pragmas =
      fmt::format("PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-1024; PRAGMA mmap_size={};",
                  vfs.bytes().size());
  if (const int set = sqlite3_exec(raw, pragmas.c_str(), nullptr, nullptr, nullptr); set != SQLITE_OK) {
    return sqlite_error(raw, set);
  }
  return connection;
}

Result<Statement> prepare(sqlite3* connection, std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const int status = sqlite3_prepare_v2(connection, sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
  Statement statement(raw);
  if (status != SQLITE_OK) return sqlite_error(connection, status);
  return statement;
}

// A virtual table or a view has no root page.
Status require_table(sqlite3* connection) {
  OAKUM_TRY(const Statement statement, prepare(connection,
                                               "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND "
                                               "name = 'Packages' AND rootpage > 0"));
  const int status = sqlite3_step(statement.get());
  if (status == SQLITE_ROW) return {};
  if (status != SQLITE_DONE) return sqlite_error(connection, status);
  return fail(ErrorCode::invalid, "", "an SQLite database without rpm's table Packages");
}

Status read_rows(sqlite3* connection, HeaderSink& sink) {
  OAKUM_TRY(const Statement statement, prepare(connection, "SELECT hnum, blob FROM Packages"));
  int status = sqlite3_step(statement.get());
  for (; status == SQLITE_ROW; status = sqlite3_step(statement.get())) {
    const auto number = static_cast<std::uint64_t>(sqlite3_column_int64(statement.get(), 0));
    if (sqlite3_column_type(statement.get(), 1) != SQLITE_BLOB) {
      if (!sink.reserve(0)) return {};
      sink.error(number, Error{ErrorCode::invalid, "", "its header is not a blob", ""});
      continue;
    }
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement.get(), 1));
    if (!sink.reserve(size)) return {};
    const void* const data = sqlite3_column_blob(statement.get(), 1);
    if (size > 0 && data == nullptr) return sqlite_error(connection, SQLITE_NOMEM);
    sink.header(number, std::string_view(static_cast<const char*>(data), size));
  }
  return status == SQLITE_DONE ? Status() : sqlite_error(connection, status);
}

}  // namespace

bool is_sqlite(std::string_view bytes) { return bytes.starts_with(kMagic); }

Status read_rpm_sqlite(std::string_view bytes, HeaderSink& sink) {
  int calls = 0;
  const MemoryVfs vfs(bytes);
  if (vfs.status() != SQLITE_OK) return sqlite_error(nullptr, vfs.status());
  OAKUM_TRY(const Connection connection, open_connection(vfs, &calls));
  OAKUM_CHECK(require_table(connection.get()));
  return read_rows(connection.get(), sink);
}

}  // namespace oakum::packages
