#include "advisories/update.h"

#include <algorithm>
#include <mutex>

#include <unistd.h>

#include "advisories/builder.h"
#include "base/fd.h"
#include "base/parallel.h"

namespace oakum::advisories {

namespace {

// Holds the digest of the database that was built from the mirror as it is; gone as soon as the mirror changes.
std::string stamp_path(const std::string& folder) { return folder + "/.state/built"; }

bool is_current(const std::string& folder, const std::string& output) {
  const auto stamp = read_file(stamp_path(folder), 4096);
  const auto database = stamp ? Database::open(output) : Result<Database>(std::unexpected(Error{}));
  return database && database->info().digest == *stamp;
}

constexpr std::size_t kMaxIndexDepth = 4;  // mirror.list, repomd.xml
constexpr std::uint64_t kMaxIndexBytes = 16U << 20;
constexpr std::size_t kMaxIndexed = 10'000;  // files that one index names

struct Job {
  const Feed* feed;
  Download what;
};

struct IndexJob {
  const Feed* feed;
  DownloadIndex what;
};

Status check_names(std::span<const Feed> feeds, const UpdateOptions& options) {
  for (const std::string& name : options.only) {
    if (std::ranges::find(feeds, name, &Feed::name) == feeds.end()) {
      return fail(ErrorCode::usage, "feed " + name, "there is no such feed", "`oakum db info` lists them");
    }
  }
  return {};
}

// One run: indexes level by level, then the files.
class Fetching {
 public:
  Fetching(std::span<const Feed> feeds, const std::string& folder, const UpdateOptions& options)
      : feeds_(feeds), options_(options) {
    how_.folder = folder;
    how_.mirror_url = options.mirror_url;
    how_.retry = options.retry;
  }

  std::vector<FileUpdate> run() {
    std::vector<IndexJob> indexes;
    for (const Feed& feed : feeds_) {
      if (!is_wanted(feed)) continue;
      if (feed.downloads != nullptr) add(feed, feed.downloads());
      if (feed.indexes == nullptr) continue;
      for (const DownloadIndex& index : feed.indexes()) indexes.push_back({&feed, index});
    }
    for (std::size_t depth = 0; depth < kMaxIndexDepth && !indexes.empty(); ++depth) indexes = read_indexes(indexes);
    for (const IndexJob& job : indexes) {
      refused_.push_back({job.feed, failed(*job.feed, job.what.path,
                                           {ErrorCode::limit, job.what.url, "is an index too many levels down", {}})});
    }
    return fetch_files();
  }

 private:
  struct Refused {
    const Feed* feed;
    FileUpdate file;
  };

  bool is_wanted(const Feed& feed) const {
    return options_.only.empty() || std::ranges::find(options_.only, feed.name) != options_.only.end();
  }

  void add(const Feed& feed, std::span<const Download> files) {
    for (const Download& what : files) jobs_.push_back({&feed, what});
  }

  static FileUpdate failed(const Feed& feed, const std::string& path, Error error) {
    return {std::string(feed.name), path, std::nullopt, std::move(error).in("feed " + std::string(feed.name))};
  }

  void tell(const Feed& feed, const std::string& path) {
    if (!options_.fetching) return;
    const std::lock_guard lock(mutex_);
    options_.fetching(feed.name, path);
  }

  Result<IndexContent> read_index(const IndexJob& job) {
    tell(*job.feed, job.what.path);
    DownloadOptions how = how_;
    how.max_bytes = kMaxIndexBytes;
    OAKUM_CHECK(download({job.what.url, job.what.path, {}, {}}, how));
    OAKUM_TRY(const std::string bytes, read_file(how_.folder + "/" + job.what.path, kMaxIndexBytes));
    OAKUM_TRY(IndexContent content, job.what.read(bytes, job.what));
    if (content.files.size() + content.indexes.size() > kMaxIndexed) {
      return fail(ErrorCode::limit, job.what.url, "names more than 10,000 files");
    }
    return content;
  }

  std::vector<IndexJob> read_indexes(const std::vector<IndexJob>& indexes) {
    std::vector<Result<IndexContent>> contents(indexes.size());
    in_parallel(indexes.size(), [&](std::size_t i) { contents[i] = read_index(indexes[i]); });
    std::vector<IndexJob> next;
    for (std::size_t i = 0; i < indexes.size(); ++i) {
      const auto& [feed, what] = indexes[i];
      if (!contents[i]) {
        refused_.push_back({feed, failed(*feed, what.path, std::move(contents[i].error()))});
        continue;
      }
      add(*feed, contents[i]->files);
      for (DownloadIndex& index : contents[i]->indexes) next.push_back({feed, std::move(index)});
    }
    return next;
  }

  FileUpdate fetch_file(const Job& job) {
    tell(*job.feed, job.what.path);
    auto fetched = download(job.what, how_);
    if (!fetched) return failed(*job.feed, job.what.path, std::move(fetched.error()));
    if (*fetched == Fetched::updated) ::unlink(stamp_path(how_.folder).c_str());
    return {std::string(job.feed->name), job.what.path, *fetched, std::nullopt};
  }

  std::vector<FileUpdate> fetch_files() {
    std::vector<FileUpdate> fetched(jobs_.size());
    in_parallel(jobs_.size(), [&](std::size_t i) { fetched[i] = fetch_file(jobs_[i]); });
    std::vector<FileUpdate> files;
    for (const Feed& feed : feeds_) {
      for (Refused& item : refused_) {
        if (item.feed == &feed) files.push_back(std::move(item.file));
      }
      for (std::size_t i = 0; i < jobs_.size(); ++i) {
        if (jobs_[i].feed == &feed) files.push_back(std::move(fetched[i]));
      }
    }
    return files;
  }

  template <class Work>
  void in_parallel(std::size_t count, const Work& work) const {
    parallel_for(count, std::max<std::size_t>(options_.connections, 1), work);
  }

  std::span<const Feed> feeds_;
  const UpdateOptions& options_;
  DownloadOptions how_;
  std::mutex mutex_;
  std::vector<Job> jobs_;
  std::vector<Refused> refused_;
};

// Where nothing could be fetched and there is nothing of before, why the first file failed is what helps.
Error nothing_to_build(const std::vector<FileUpdate>& files, Error error) {
  const auto failures = std::ranges::count_if(files, [](const FileUpdate& file) { return file.error.has_value(); });
  if (failures == 0 || error.code != ErrorCode::not_found) return error;
  const auto first = std::ranges::find_if(files, [](const FileUpdate& file) { return file.error.has_value(); });
  return Error(*first->error)
      .in("none of " + std::to_string(files.size()) + (files.size() == 1 ? " file" : " files") + " could be fetched");
}

}  // namespace

Result<std::vector<FileUpdate>> fetch_feeds(std::span<const Feed> feeds, const std::string& folder,
                                            const UpdateOptions& options) {
  OAKUM_CHECK(check_names(feeds, options));
  return Fetching(feeds, folder, options).run();
}

Result<UpdateResult> update_database_of(std::span<const Feed> feeds, const std::string& folder,
                                        const std::string& output, const UpdateOptions& options) {
  UpdateResult result;
  OAKUM_CHECK(make_directories(folder));
  OAKUM_TRY(result.files, fetch_feeds(feeds, folder, options));
  if (is_current(folder, output)) return result;
  auto build = build_database_of(feeds, folder, output, options.build);
  if (!build) return std::unexpected(nothing_to_build(result.files, std::move(build.error())));
  OAKUM_CHECK(make_directories(folder + "/.state"));
  OAKUM_CHECK(write_file_atomically(stamp_path(folder), build->info.digest));
  result.build = std::move(*build);
  return result;
}

}  // namespace oakum::advisories
