// oakum db update: from the upstream feeds, or from nothing but a mirror of the distribution's packages.
#include "cli/db_update.h"

#include <algorithm>
#include <memory>
#include <set>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "advisories/debian_archive.h"
#include "advisories/feed.h"
#include "advisories/location.h"
#include "advisories/update.h"
#include "advisories/updateinfo_mirror.h"
#include "base/fd.h"
#include "base/text.h"
#include "cli/console.h"
#include "cli/database_path.h"
#include "cli/progress.h"
#include "read/image/scan.h"
#include "read/image/source.h"

namespace oakum::cli {

namespace {

struct UpdateArguments {
  std::string database;
  std::string folder;
  std::string mirror_url;
  std::string archive;
  std::string image;  // whose packages the archive is asked about
  std::vector<std::string> feeds;
  std::vector<std::string> suites;
  std::vector<std::string> repositories;  // PATH=URL
  int attempts = 4;
  std::size_t threads = 0;
  bool quiet = false;
};

int report_failure(const Error& error) {
  complain(error);
  return kCouldNot;
}

struct Places {
  std::string database;
  std::string folder;
};

Result<Places> resolve(const UpdateArguments& arguments) {
  Places places;
  OAKUM_TRY(places.database, database_path(arguments.database));
  places.folder = arguments.folder;
  if (places.folder.empty()) {
    OAKUM_TRY(places.folder, advisories::default_mirror_path());
  }
  OAKUM_CHECK(make_directories(places.folder));
  OAKUM_CHECK(check_feed_names(arguments.feeds));
  return places;
}

// Fetched files that failed are told one by one; the database is built from what is there.
bool tell_files(const std::vector<advisories::FileUpdate>& files, bool quiet) {
  std::size_t updated = 0;
  bool failed = false;
  for (const advisories::FileUpdate& file : files) {
    if (file.fetched == advisories::Fetched::updated) ++updated;
    if (!file.error) continue;
    failed = true;
    Error error = *file.error;
    if (error.todo.empty()) error.todo = "what was there before is kept";
    complain(std::move(error).in("feed " + file.feed));
  }
  if (!quiet) note(fmt::format("{} of {} files are new", updated, files.size()));
  return failed;
}

int update_from_feeds(const UpdateArguments& arguments, const Places& places) {
  ProgressLine progress(!arguments.quiet && is_terminal(2));
  advisories::UpdateOptions options;
  options.only = arguments.feeds;
  options.mirror_url = arguments.mirror_url;
  options.retry.attempts = arguments.attempts;
  options.fetching = [&](std::string_view feed, std::string_view path) {
    progress.show(fmt::format("fetching  {}  {}", feed, path));
  };
  options.build.threads = arguments.threads;
  options.build.progress = [&](std::string_view feed, std::string_view path) {
    progress.show(fmt::format("reading  {}  {}", feed, path));
  };
  const auto result = advisories::update_database(places.folder, places.database, options);
  progress.clear();
  if (!result) return report_failure(result.error());
  bool failed = tell_files(result->files, arguments.quiet);
  failed = failed || (result->build && result->build->failed_files != 0);
  if (result->build && !arguments.quiet) tell_built(*result->build, places.database);
  if (!result->build && !arguments.quiet) note(places.database + " is up to date");
  return failed ? kCouldNot : kClean;
}

int build_from_folder(const UpdateArguments& arguments, const Places& places) {
  advisories::BuildOptions options;
  options.threads = arguments.threads;
  const auto built = advisories::build_database(places.folder, places.database, options);
  if (!built) return report_failure(built.error());
  if (!arguments.quiet) tell_built(*built, places.database);
  return built->failed_files == 0 ? kClean : kCouldNot;
}

Result<packages::Assembled> packages_of(const std::string& target) {
  OAKUM_TRY(const auto source, image::open_source(target, {}));
  image::ImageContents contents = image::scan_image(*source, {});
  if (!contents.complete) {
    Error error =
        contents.errors.empty() ? Error{ErrorCode::io, target, "could not be read whole", {}} : contents.errors.front();
    return std::unexpected(std::move(error));
  }
  return std::move(contents.assembled);
}

std::string architecture_of(const packages::Assembled& contents) {
  for (const Package& package : contents.packages) {
    if (package.arch != "all" && !package.arch.empty()) return package.arch;
  }
  return "amd64";
}

Result<advisories::ArchiveRequest> archive_request(const UpdateArguments& arguments, const Places& places) {
  if (arguments.image.empty()) {
    return fail(ErrorCode::usage, "--archive", "needs an image whose packages to ask about", "add --for IMAGE");
  }
  OAKUM_TRY(const packages::Assembled contents, packages_of(arguments.image));
  advisories::ArchiveRequest request;
  request.mirror = arguments.archive;
  request.output = places.folder;
  request.architecture = architecture_of(contents);
  request.suites = arguments.suites;
  if (request.suites.empty() && contents.distribution && !contents.distribution->codename.empty()) {
    request.suites.push_back(contents.distribution->codename + "-security");
  }
  if (request.suites.empty()) {
    return fail(ErrorCode::usage, arguments.image, "does not say its release's codename",
                "name the suite: --suite bookworm-security");
  }
  std::set<std::pair<std::string, std::string>> sources;
  for (const Package& package : contents.packages) {
    if (package.ecosystem == "deb") sources.emplace(package.source.name, package.source.version);
  }
  if (sources.empty())
    return fail(ErrorCode::usage, arguments.image, "has no Debian packages",
                "--archive serves Debian and Ubuntu images");
  for (const auto& [name, version] : sources) request.packages.push_back({name, version});
  return request;
}

void tell_suite(const advisories::SuiteReport& suite) {
  for (const Error& problem : suite.problems) complain(problem);
  note(fmt::format(
      "{}: {} of the image's source packages are newer there; {} changelogs fetched ({}), {} kept; index {}",
      suite.suite, suite.newer, suite.fetched, human_bytes(suite.bytes), suite.reused, suite.verification));
}

int update_from_archive(const UpdateArguments& arguments, const Places& places) {
  auto request = archive_request(arguments, places);
  if (!request) return report_failure(request.error());
  ProgressLine progress(!arguments.quiet && is_terminal(2));
  request->progress = [&](std::string_view what, std::size_t done, std::size_t total) {
    progress.show(fmt::format("fetching  {}/{}  {}", done, total, what));
  };
  const auto report = advisories::fetch_debian_archive(*request);
  progress.clear();
  if (!report) return report_failure(report.error());
  bool failed = !report->failed.empty();
  for (const Error& error : report->failed) complain(error);
  for (const advisories::SuiteReport& suite : report->suites) {
    failed = failed || !suite.problems.empty();
    if (!arguments.quiet) tell_suite(suite);
  }
  const int built = build_from_folder(arguments, places);
  return built == kClean && failed ? kCouldNot : built;
}

int update_from_repositories(const UpdateArguments& arguments, const Places& places) {
  bool failed = false;
  for (const std::string& repository : arguments.repositories) {
    const std::size_t equals = repository.find('=');
    if (equals == std::string::npos) {
      return report_failure(Error{ErrorCode::usage, "--yum-repository " + repository, "names no address",
                                  "write PATH=URL, as rocky/9/BaseOS/x86_64=https://…"});
    }
    const auto fetched = advisories::fetch_updateinfo(
        {.mirror = repository.substr(equals + 1), .path = repository.substr(0, equals), .output = places.folder});
    if (!fetched) complain(fetched.error());
    failed = failed || !fetched;
  }
  const int built = build_from_folder(arguments, places);
  return built == kClean && failed ? kCouldNot : built;
}

int run_update(const UpdateArguments& arguments) {
  const auto places = resolve(arguments);
  if (!places) return report_failure(places.error());
  if (!arguments.archive.empty()) return update_from_archive(arguments, *places);
  if (!arguments.repositories.empty()) return update_from_repositories(arguments, *places);
  return update_from_feeds(arguments, *places);
}

}  // namespace

void add_db_update(CLI::App& db, Run& run) {
  auto arguments = std::make_shared<UpdateArguments>();
  CLI::App* command = db.add_subcommand("update", "fetch what changed upstream, then build");
  command->add_option("--db,--output", arguments->database,
                      "the database; else $OAKUM_DB, else in the cache directory");
  command->add_option("--mirror-dir", arguments->folder, "where the feeds' files are kept between updates");
  command->add_option("--feed", arguments->feeds, "fetch only these feeds")->allow_extra_args(false);
  command->add_option("--mirror", arguments->mirror_url,
                      "a mirror that has the feeds' files, instead of their own sites");
  command->add_option("--archive", arguments->archive,
                      "a Debian or Ubuntu package mirror: learn from its changelogs instead of feeds");
  command->add_option("--for", arguments->image, "with --archive: the image whose packages to ask about")
      ->needs("--archive");
  command->add_option("--suite", arguments->suites, "with --archive: its suites; else CODENAME-security")
      ->needs("--archive")
      ->allow_extra_args(false);
  command
      ->add_option("--yum-repository", arguments->repositories,
                   "PATH=URL: learn from a yum repository's updateinfo, kept at PATH")
      ->allow_extra_args(false);
  command->add_option("--attempts", arguments->attempts, "tries per file")->check(CLI::Range(1, 20));
  command->add_option("--threads", arguments->threads, "threads for building; 0: as many as the machine has")
      ->check(CLI::Range(0, 256));
  command->add_flag("-q,--quiet", arguments->quiet, "no progress, no notes");
  command->callback([arguments, &run] { run = [arguments] { return run_update(*arguments); }; });
}

}  // namespace oakum::cli
