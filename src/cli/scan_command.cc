// oakum scan: resolve → open → confine → read layers → match → select → print.
#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "advisories/actions.h"
#include "advisories/database.h"
#include "advisories/match.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/database_path.h"
#include "cli/progress.h"
#include "cli/scan_options.h"
#include "cli/version.h"
#include "read/image/scan.h"
#include "read/image/source.h"
#include "sandbox/sandbox.h"

namespace oakum::cli {

namespace {

using image::ImageSource;

struct Opened {
  std::vector<std::pair<std::string, std::unique_ptr<ImageSource>>> sources;  // with the name as typed
  bool failed = false;
};

Opened open_all(const ScanArguments& arguments, const ScanPlan& plan) {
  image::SourceOptions options;
  options.platform = arguments.platform;
  options.insecure = arguments.insecure;
  options.username = arguments.username;
  options.password = plan.password;
  options.docker_host = arguments.docker_host;
  Opened opened;
  for (const std::string& target : arguments.targets) {
    auto source = image::open_source(target, options);
    if (source) {
      opened.sources.emplace_back(target, std::move(*source));
    } else {
      complain(source.error());
      opened.failed = true;
    }
  }
  return opened;
}

void allow_source(const ImageSource& source, sandbox::Policy& policy) {
  policy.network = policy.network || source.remote();
  std::ranges::move(source.reads(), std::back_inserter(policy.read));
}

Status enter_sandbox(const ScanArguments& arguments, const Opened& opened, const std::string& cache) {
  if (arguments.no_sandbox) return {};
  // The walkers look at their own threads' cpus and nothing else of the host.
  sandbox::Policy policy;
  policy.read.emplace_back("/sys/devices/system/cpu");
  policy.read.emplace_back("/proc/sys/vm/overcommit_memory");  // malloc asks it when it gives memory back
  if (!cache.empty()) policy.write.push_back(cache);
  for (const auto& [target, source] : opened.sources) allow_source(*source, policy);
  OAKUM_TRY(const sandbox::Confinement confinement, sandbox::confine(policy));
  if (!arguments.quiet) {
    for (const std::string& missing : confinement.missing) note("not confined — " + missing);
  }
  return {};
}

std::string progress_text(const image::ScanProgress& progress, double seconds) {
  std::string text = fmt::format("scanning  layer {}/{}  {}", std::min(progress.layers_done + 1, progress.layers),
                                 progress.layers, human_bytes(progress.bytes));
  if (progress.bytes_total != 0) text += " of " + human_bytes(progress.bytes_total);
  if (seconds > 0)
    text +=
        fmt::format("  {}/s", human_bytes(static_cast<std::uint64_t>(static_cast<double>(progress.bytes) / seconds)));
  return text;
}

Target scan_target(const std::string& name, ImageSource& source, const ScanArguments& arguments,
                   const std::string& cache, ProgressLine& progress) {
  image::ScanOptions options;
  options.threads = arguments.threads;
  options.cache_directory = cache;
  options.progress = [&](const image::ScanProgress& now) { progress.show(progress_text(now, progress.seconds())); };
  image::ImageContents contents = image::scan_image(source, options);
  Target target;
  target.name = name;
  const Image& model = source.image();
  target.kind = model.id.empty() && model.manifest.empty() ? TargetKind::rootfs : TargetKind::image;
  if (target.kind == TargetKind::image) target.image = model;
  target.distribution = std::move(contents.assembled.distribution);
  target.ecosystem = std::move(contents.assembled.ecosystem);
  target.packages = std::move(contents.assembled.packages);
  target.errors = std::move(contents.errors);
  std::ranges::move(contents.assembled.errors, std::back_inserter(target.errors));
  return target;
}

bool any_finding(const Report& report) {
  return std::ranges::any_of(report.targets, [](const Target& target) {
    return std::ranges::any_of(target.vulnerabilities, [](const Vulnerability& v) { return !v.suppressed; });
  });
}

int exit_status(const ScanPlan& plan, const Report& report, bool failed) {
  for (const Target& target : report.targets) {
    failed = failed || !target.errors.empty() || report::not_judged(target) != nullptr;
  }
  if (failed) return kCouldNot;
  if (report::fails(plan.fail_on, report) || (plan.any_finding_fails && any_finding(report)))
    return plan.findings_status;
  return kClean;
}

Result<std::unique_ptr<advisories::Database>> open_database(const std::string& typed) {
  OAKUM_TRY(const std::string path, database_path(typed));
  OAKUM_TRY(advisories::Database database, advisories::Database::open(path));
  return std::make_unique<advisories::Database>(std::move(database));
}

int run_scan(const ScanArguments& arguments) {
  auto plan = resolve(arguments);
  if (!plan) {
    complain(plan.error());
    return kCouldNot;
  }
  for (const Error& error : plan->ignore_errors) complain(error);
  auto database = open_database(arguments.database);
  if (!database) {
    complain(database.error());
    return kCouldNot;
  }
  std::string cache = arguments.no_cache                  ? ""
                      : arguments.cache_directory.empty() ? default_cache_directory()
                                                          : arguments.cache_directory;
  if (!cache.empty()) cache += "/layers";
  if (!cache.empty() && !make_directories(cache, 0700)) cache.clear();
  Opened opened = open_all(arguments, *plan);
  if (auto status = enter_sandbox(arguments, opened, cache); !status) {
    complain(status.error());
    return kCouldNot;
  }

  ProgressLine progress(!arguments.quiet && is_terminal(STDERR_FILENO));
  Report report;
  report.tool_version = std::string(kVersion);
  report.database = (*database)->info();
  for (auto& [name, source] : opened.sources) {
    Target target = scan_target(name, *source, arguments, cache, progress);
    advisories::match(**database, {.today = plan->selection.today}, target);
    report.targets.push_back(std::move(target));
  }
  progress.clear();
  const std::vector<std::string> notes = report::apply(plan->selection, report);
  for (Target& target : report.targets) advisories::plan_actions(target);
  if (!arguments.quiet) {
    for (const std::string& text : notes) note(text);
  }
  bool failed = opened.failed || !plan->ignore_errors.empty();
  if (is_terminal(STDOUT_FILENO)) plan->report.seconds = progress.seconds();
  for (const Output& output : plan->outputs) {
    if (report.targets.empty()) break;
    if (auto status = write_output(output, output.reporter->render(report, plan->report)); !status) {
      complain(status.error());
      failed = true;
    }
  }
  return exit_status(*plan, report, failed);
}

void add_options(CLI::App& command, ScanArguments& arguments) {
  command
      .add_option("target", arguments.targets,
                  "an image, archive, OCI layout or root directory; SCHEME:… forces its kind")
      ->required();
  command.add_option("-f,--format", arguments.format, "what to print: terminal, json, sarif, trivy, grype");
  command.add_option("-o,--output", arguments.outputs, "FORMAT=FILE, also several times; or FILE, in --format")
      ->allow_extra_args(false);
  command
      .add_option("-s,--severity", arguments.severity,
                  "show only these (comma-separated): critical,high,medium,low,info,unknown")
      ->allow_extra_args(false);
  command.add_flag("--ignore-unfixed", arguments.ignore_unfixed, "leave out what has no fix");
  command
      .add_option("--ignore-status", arguments.ignore_status,
                  "leave out these statuses (will_not_fix, fix_deferred, …)")
      ->allow_extra_args(false);
  command
      .add_option("--ignorefile", arguments.ignore_files,
                  "ignore file; else .trivyignore, .trivyignore.yaml and .oakum.yaml here")
      ->allow_extra_args(false);
  command.add_flag("--show-suppressed", arguments.show_suppressed, "show what ignore files suppress, and why");
  command.add_option("--fail-on", arguments.fail_on,
                     "exit 1 at: a severity or worse, fixable, kev, eol, unknown (comma-separated)");
  command.add_option("--exit-code", arguments.exit_code, "exit status for findings (with --fail-on: instead of 1)")
      ->check(CLI::Range(0, 125));
  command.add_flag("--list-packages,--list-all-pkgs", arguments.list_packages, "list every package");
  command.add_option("--platform", arguments.platform, "os/architecture[/variant] of a multi-platform image");
  command.add_option("--db", arguments.database, "advisory database; else $OAKUM_DB, else in the cache directory");
  command.add_option("--cache-dir", arguments.cache_directory, "where layers' findings are kept")
      ->envname("OAKUM_CACHE_DIR");
  command.add_flag("--no-cache", arguments.no_cache, "neither use nor write the layer cache");
  command.add_option("--threads", arguments.threads, "threads to use; 0: as many as the machine has")
      ->check(CLI::Range(0, 256));
  command.add_flag("--insecure", arguments.insecure, "plain HTTP and unverified TLS for registries");
  command.add_option("--username", arguments.username, "registry user")->envname("OAKUM_USERNAME");
  command.add_flag("--password-stdin", arguments.password_stdin, "read the registry password from standard input");
  command.add_option("--docker-host", arguments.docker_host, "engine address, instead of DOCKER_HOST and contexts");
  command.add_option("--color,--colour", arguments.colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command.add_flag("-v,--verbose", arguments.verbose, "show all rows and all reasons");
  command.add_flag("-q,--quiet", arguments.quiet, "no progress, no notes");
  command.add_flag("--no-sandbox", arguments.no_sandbox,
                   "do not confine the process (oakum doctor tells what confinement does)");
}

}  // namespace

void add_scan(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<ScanArguments>();
  CLI::App* command = app.add_subcommand("scan", "one image in depth: which packages are vulnerable, and what to do");
  command->alias("image");
  add_options(*command, *arguments);
  command->callback([arguments, &run] { run = [arguments] { return run_scan(*arguments); }; });
}

}  // namespace oakum::cli
