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

struct Job {
  const Feed* feed;
  Download what;
};

Result<std::vector<Job>> jobs_of(std::span<const Feed> feeds, const UpdateOptions& options) {
  for (const std::string& name : options.only) {
    if (std::ranges::find(feeds, name, &Feed::name) == feeds.end()) {
      return fail(ErrorCode::usage, "feed " + name, "there is no such feed", "`oakum db info` lists them");
    }
  }
  std::vector<Job> jobs;
  for (const Feed& feed : feeds) {
    const bool wanted = options.only.empty() || std::ranges::find(options.only, feed.name) != options.only.end();
    if (!wanted || feed.downloads == nullptr) continue;
    for (const Download& what : feed.downloads()) jobs.push_back({&feed, what});
  }
  return jobs;
}

}  // namespace

Result<std::vector<FileUpdate>> fetch_feeds(std::span<const Feed> feeds, const std::string& folder,
                                            const UpdateOptions& options) {
  OAKUM_TRY(const std::vector<Job> jobs, jobs_of(feeds, options));
  DownloadOptions how;
  how.folder = folder;
  how.mirror_url = options.mirror_url;
  how.retry = options.retry;
  std::vector<FileUpdate> files(jobs.size());
  std::mutex mutex;
  parallel_for(jobs.size(), std::max<std::size_t>(options.connections, 1), [&](std::size_t i) {
    const Job& job = jobs[i];
    files[i].feed = job.feed->name;
    files[i].path = job.what.path;
    if (options.fetching) {
      const std::lock_guard lock(mutex);
      options.fetching(job.feed->name, job.what.path);
    }
    auto fetched = download(job.what, how);
    if (!fetched) {
      files[i].error = std::move(fetched.error()).in("feed " + files[i].feed);
      return;
    }
    files[i].fetched = *fetched;
    if (*fetched == Fetched::updated) ::unlink(stamp_path(folder).c_str());
  });
  return files;
}

Result<UpdateResult> update_database_of(std::span<const Feed> feeds, const std::string& folder,
                                        const std::string& output, const UpdateOptions& options) {
  UpdateResult result;
  OAKUM_CHECK(make_directories(folder));
  OAKUM_TRY(result.files, fetch_feeds(feeds, folder, options));
  if (is_current(folder, output)) return result;
  OAKUM_TRY(BuildResult build, build_database_of(feeds, folder, output, options.build));
  OAKUM_CHECK(make_directories(folder + "/.state"));
  OAKUM_CHECK(write_file_atomically(stamp_path(folder), build.info.digest));
  result.build = std::move(build);
  return result;
}

}  // namespace oakum::advisories
