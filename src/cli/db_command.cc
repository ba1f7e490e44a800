// oakum db: build, info, verify, push, pull; update is in db_update.cc.
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "advisories/artifact.h"
#include "advisories/database.h"
#include "advisories/feed.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/database_path.h"
#include "cli/db_update.h"
#include "cli/progress.h"
#include "net/reference.h"

namespace oakum::cli {

namespace {

constexpr std::size_t kShownProblems = 10;

struct DbArguments {
  std::string database;
  std::string from;
  std::string reference;
  std::string format = "text";
  std::string username;
  std::vector<std::string> feeds;
  std::size_t threads = 0;
  bool insecure = false;
  bool password_stdin = false;
  bool quiet = false;
};

int report_failure(const Error& error) {
  complain(error);
  return kCouldNot;
}

// Feeds need not say of which day they are.
std::string day_words(const DatabaseInfo& info) {
  return info.built.empty() ? "an unknown day" : info.built.substr(0, 10);
}

int print_result(std::string_view text) {
  const Status printed = print(text);
  return printed ? kClean : report_failure(printed.error());
}

int run_build(const DbArguments& arguments) {
  if (auto known = check_feed_names(arguments.feeds); !known) return report_failure(known.error());
  ProgressLine progress(!arguments.quiet && is_terminal(2));
  advisories::BuildOptions options;
  options.only = arguments.feeds;
  options.threads = arguments.threads;
  options.progress = [&](std::string_view feed, std::string_view path) {
    progress.show(fmt::format("reading  {}  {}", feed, path));
  };
  const auto built = advisories::build_database(arguments.from, arguments.database, options);
  progress.clear();
  if (!built) return report_failure(built.error());
  if (!arguments.quiet) tell_built(*built, arguments.database);
  return built->failed_files == 0 ? kClean : kCouldNot;
}

std::string info_text(const DatabaseInfo& info, std::size_t ecosystems) {
  std::string out = fmt::format("{}\n  advisories of  {}\n  digest         {}\n  ecosystems     {}\n\n", info.path,
                                info.built.empty() ? day_words(info) : info.built, info.digest, ecosystems);
  out += fmt::format("  {:16} {:10} {:>12}  {}\n", "feed", "date", "records", "what, and under which licence");
  for (const FeedInfo& feed : info.feeds) {
    const advisories::Feed* known = advisories::find_feed(feed.name);
    out += fmt::format("  {:16} {:10} {:>12}  {}\n", feed.name, feed.date.substr(0, 10), with_thousands(feed.records),
                       known != nullptr ? fmt::format("{}; {}", known->title, known->licence) : "");
  }
  return out;
}

std::string info_json(const DatabaseInfo& info, const std::vector<std::string>& ecosystems) {
  nlohmann::ordered_json feeds = nlohmann::ordered_json::array();
  for (const FeedInfo& feed : info.feeds)
    feeds.push_back({{"name", feed.name}, {"date", feed.date}, {"records", feed.records}});
  const nlohmann::ordered_json document = {{"path", info.path},
                                           {"built", info.built},
                                           {"digest", info.digest},
                                           {"ecosystems", ecosystems},
                                           {"feeds", std::move(feeds)}};
  return document.dump(2) + "\n";
}

int run_info(const DbArguments& arguments) {
  const auto database = advisories::Database::open(arguments.database);
  if (!database) return report_failure(database.error());
  const auto ecosystems = database->ecosystems();
  const DatabaseInfo info = database->info();
  return print_result(arguments.format == "json" ? info_json(info, ecosystems) : info_text(info, ecosystems.size()));
}

int run_verify(const DbArguments& arguments) {
  if (const auto sound = advisories::verify_database(arguments.database); !sound) return report_failure(sound.error());
  return print_result(arguments.database + ": sound\n");
}

int run_transfer(const DbArguments& arguments, bool push) {
  const auto reference = net::parse_reference(arguments.reference);
  if (!reference) return report_failure(reference.error());
  net::RegistryOptions options;
  options.insecure = arguments.insecure;
  options.username = arguments.username;
  if (arguments.password_stdin) options.password = read_password();
  const std::string& path = arguments.database;
  const auto digest = push ? advisories::push_database(path, *reference, options)
                           : advisories::pull_database(path, *reference, options);
  if (!digest) return report_failure(digest.error());
  if (!arguments.quiet)
    note(fmt::format("{} {} {} ({})", push ? "pushed" : "pulled", path, push ? "to" : "from", reference->text()));
  return print_result(digest->text() + "\n");
}

struct Verb {
  const char* name;
  const char* summary;
  int (*run)(const DbArguments&);
  bool builds;     // --from, --feed, --threads
  bool transfers;  // REFERENCE, --insecure, --username, --password-stdin
};

constexpr Verb kVerbs[] = {
    {"build", "build it from feeds on disk, in their native files", run_build, true, false},
    {"info", "what it holds, of which day", run_info, false, false},
    {"verify", "check structure, checksums and every record", run_verify, false, false},
    {"push", "store it in a registry, as an OCI artifact", [](const DbArguments& a) { return run_transfer(a, true); },
     false, true},
    {"pull", "fetch it from a registry", [](const DbArguments& a) { return run_transfer(a, false); }, false, true},
};

// Every verb works on one database: its path is settled here.
int run_verb(DbArguments arguments, const Verb& verb) {
  auto path = database_path(arguments.database);
  if (!path) return report_failure(path.error());
  arguments.database = std::move(*path);
  return verb.run(arguments);
}

void add_verb(CLI::App& db, const Verb& verb, Run& run) {
  auto arguments = std::make_shared<DbArguments>();
  CLI::App* command = db.add_subcommand(verb.name, verb.summary);
  command->add_option("--db,--output", arguments->database,
                      "the database; else $OAKUM_DB, else in the cache directory");
  command->add_flag("-q,--quiet", arguments->quiet, "no progress, no notes");
  if (verb.builds) {
    command->add_option("--from", arguments->from, "directory of feeds")->required();
    command->add_option("--feed", arguments->feeds, "only these feeds")->allow_extra_args(false);
    command->add_option("--threads", arguments->threads, "threads; 0: as many as the machine has")
        ->check(CLI::Range(0, 256));
  }
  if (verb.transfers) {
    command->add_option("reference", arguments->reference, "HOST/REPOSITORY[:TAG]")->required();
    command->add_flag("--insecure", arguments->insecure, "plain HTTP and unverified TLS");
    command->add_option("--username", arguments->username, "registry user")->envname("OAKUM_USERNAME");
    command->add_flag("--password-stdin", arguments->password_stdin, "read the password from standard input");
  }
  if (std::string_view(verb.name) == "info") {
    command->add_option("-f,--format", arguments->format, "text or json")->check(CLI::IsMember({"text", "json"}));
  }
  command->callback([arguments, &run, &verb] { run = [arguments, &verb] { return run_verb(*arguments, verb); }; });
}

}  // namespace

Status check_feed_names(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (advisories::find_feed(name) != nullptr) continue;
    std::vector<std::string_view> known;
    for (const advisories::Feed& feed : advisories::feeds()) known.push_back(feed.name);
    const std::string_view near = nearest(name, known);
    std::string todo = "use one of:";
    for (const std::string_view each : known) todo += " " + std::string(each);
    return fail(ErrorCode::usage, "--feed", "unknown feed \"" + printable(name, 80) + "\"",
                near.empty() ? todo : "did you mean \"" + std::string(near) + "\"?");
  }
  return {};
}

void tell_built(const advisories::BuildResult& built, const std::string& path) {
  for (std::size_t i = 0; i < std::min(built.problems.size(), kShownProblems); ++i) complain(built.problems[i]);
  if (built.problem_count > kShownProblems) {
    note(fmt::format("{} more records could not be read", with_thousands(built.problem_count - kShownProblems)));
  }
  std::uint64_t records = 0;
  for (const FeedInfo& feed : built.info.feeds) records += feed.records;
  const std::size_t feeds = built.info.feeds.size();
  note(fmt::format("{}: {} records of {} {}, advisories of {}", path, with_thousands(records), feeds,
                   feeds == 1 ? "feed" : "feeds", day_words(built.info)));
}

void add_db(CLI::App& app, Run& run) {
  CLI::App* db = app.add_subcommand("db", "the advisory database");
  db->require_subcommand(1);
  add_db_update(*db, run);
  for (const Verb& verb : kVerbs) add_verb(*db, verb, run);
}

}  // namespace oakum::cli
