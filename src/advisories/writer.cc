#include "advisories/writer.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "advisories/record.h"
#include "advisories/trailer.h"
#include "base/digest.h"

namespace oakum::advisories {

namespace {

constexpr std::uint64_t kSpareRoom = 256ULL << 20;
constexpr std::uint64_t kMapUnit = 1ULL << 20;

Status clear_folder(const std::string& path) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    std::filesystem::remove_all(entry.path(), error);
    if (error) break;
  }
  if (error) return fail_errno(error.value(), path, "cannot empty the folder in which the database is built");
  return {};
}

Result<std::string> digest_of_file(const std::string& path) {
  OAKUM_TRY(const MappedFile file, MappedFile::open(path));
  return Digest::sha256_of(file.bytes()).text();
}

Status sync(int fd, const std::string& path) {
  if (fsync(fd) != 0) return fail_errno(errno, path, "cannot write to disk");
  return {};
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace

Result<Workshop> Workshop::open(const std::string& output) {
  const std::string path = output + ".building";
  OAKUM_CHECK(make_directories(path));
  OAKUM_TRY(Fd lock, open_file(path, O_RDONLY | O_DIRECTORY));
  if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    return fail(ErrorCode::io, output, "another oakum is building it", "wait for that one, then try again");
  }
  OAKUM_CHECK(clear_folder(path));
  return Workshop(path, std::move(lock));
}

Workshop::~Workshop() {
  if (!lock_) return;
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Result<DatabaseWriter> DatabaseWriter::create(const Workshop& workshop, std::uint64_t bytes) {
  DatabaseWriter writer;
  writer.folder_ = workshop.path();
  const std::string path = writer.folder_ + "/loose";
  MDB_env* environment = nullptr;
  OAKUM_CHECK(lmdb_status(mdb_env_create(&environment), path, "cannot make an LMDB environment"));
  writer.environment_.reset(environment);
  // Pages are not quite full, and the map's size is written to the file: it depends on the data alone.
  const std::uint64_t room = (bytes * 2 + kSpareRoom) / kMapUnit * kMapUnit;
  OAKUM_CHECK(lmdb_status(mdb_env_set_mapsize(environment, room), path, "cannot reserve room"));
  OAKUM_CHECK(lmdb_status(mdb_env_set_maxdbs(environment, kTables), path, "cannot create"));
  constexpr unsigned kFlags = MDB_NOSUBDIR | MDB_NOLOCK | MDB_NOSYNC | MDB_NORDAHEAD;
  OAKUM_CHECK(lmdb_status(mdb_env_open(environment, path.c_str(), kFlags, 0644), path, "cannot create"));
  MDB_txn* transaction = nullptr;
  OAKUM_CHECK(lmdb_status(mdb_txn_begin(environment, nullptr, 0, &transaction), path, "cannot write"));
  writer.transaction_.reset(transaction);
  for (std::size_t i = 0; i < kTables; ++i) {
    OAKUM_CHECK(
        lmdb_status(mdb_dbi_open(transaction, kTableNames[i], MDB_CREATE, &writer.tables_[i]), path, "cannot write"));
  }
  return writer;
}

Status DatabaseWriter::put(Table table, std::string_view key, std::string_view value) {
  MDB_val name = to_value(key);
  MDB_val content = to_value(value);
  const auto index = static_cast<std::size_t>(table);
  return lmdb_status(mdb_put(transaction_.get(), tables_[index], &name, &content, MDB_APPEND), folder_,
                     std::string("cannot write to ") + kTableNames[index]);
}

Status DatabaseWriter::publish(const std::string& output) {
  OAKUM_CHECK(lmdb_status(mdb_txn_commit(transaction_.release()), folder_, "cannot write"));
  const std::string compact = folder_ + "/compact";
  OAKUM_TRY(const Fd file, open_file(compact, O_RDWR | O_CREAT | O_TRUNC, 0644));
  OAKUM_CHECK(lmdb_status(mdb_env_copyfd2(environment_.get(), file.get(), MDB_CP_COMPACT), compact, "cannot write"));
  environment_.reset();

  OAKUM_TRY(const std::uint64_t bytes, file_size(file.get(), compact));
  OAKUM_TRY(std::string digest, digest_of_file(compact));
  if (lseek(file.get(), 0, SEEK_END) < 0) return fail_errno(errno, compact, "cannot write");
  OAKUM_CHECK(write_all(file.get(), encode(Trailer{kFormat, bytes, std::move(digest)}), compact));
  OAKUM_CHECK(sync(file.get(), compact));
  if (std::rename(compact.c_str(), output.c_str()) != 0)
    return fail_errno(errno, output, "cannot put the database there");
  const std::string folder = folder_of(output);
  OAKUM_TRY(const Fd directory, open_file(folder, O_RDONLY | O_DIRECTORY));
  return sync(directory.get(), folder);
}

}  // namespace oakum::advisories
