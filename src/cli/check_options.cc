#include "cli/check_options.h"

#include <CLI/CLI.hpp>

#include "base/text.h"
#include "cli/console.h"

namespace oakum::cli {

namespace {

std::vector<std::string> words_of(const std::vector<std::string>& typed) {
  std::vector<std::string> words;
  for (const std::string& text : typed) {
    for (const std::string_view word : split(text, ',')) {
      if (!trim(word).empty()) words.emplace_back(trim(word));
    }
  }
  return words;
}

Result<check::Profile> profile_of(const std::string& name) {
  if (const auto profile = check::parse_profile(name)) return *profile;
  std::vector<std::string_view> names;
  std::string list;
  for (const check::ProfileInfo& info : check::profiles()) {
    names.push_back(info.name);
    list += (list.empty() ? "" : ", ") + std::string(info.name);
  }
  const std::string_view near = nearest(name, names);
  return fail(ErrorCode::usage, "--profile " + printable(name, 80), "is no profile",
              near.empty() ? "one of " + list : "did you mean \"" + std::string(near) + "\"?");
}

Result<std::vector<Severity>> severities_of(const std::vector<std::string>& typed) {
  std::vector<Severity> severities;
  for (const std::string& word : words_of(typed)) {
    const auto severity = parse_severity(word);
    if (!severity) {
      return fail(ErrorCode::usage, "--severity " + printable(word, 80), "is no severity",
                  "use critical, high, medium, low or info");
    }
    severities.push_back(*severity);
  }
  return severities;
}

// Unlike a scan, a check is a lint: without --fail-on anything but notes fails it, as with the peers.
Result<std::optional<Severity>> threshold_of(const std::string& typed) {
  if (typed.empty()) return Severity::low;
  if (typed == "none") return std::nullopt;
  if (const auto severity = parse_severity(typed)) return *severity;
  return fail(ErrorCode::usage, "--fail-on " + printable(typed, 80), "is no severity",
              "use critical, high, medium, low, info or none");
}

Result<int> kubernetes_minor(const std::string& typed) {
  if (typed.empty()) return 0;
  std::string_view text = typed;
  if (text.starts_with('v')) text.remove_prefix(1);
  if (text.starts_with("1.")) {
    text.remove_prefix(2);
    if (const auto minor = parse_number<int>(text.substr(0, text.find('.'))); minor && *minor >= 0) return *minor;
  }
  return fail(ErrorCode::usage, "--kubernetes-version " + printable(typed, 40), "is no version", "write it as 1.31");
}

Result<std::pair<std::string, std::string>> build_arg(const std::string& typed) {
  const auto equals = typed.find('=');
  if (equals == 0 || equals == std::string::npos)
    return fail(ErrorCode::usage, "--build-arg " + printable(typed, 80), "has no value", "write NAME=VALUE");
  return std::pair(typed.substr(0, equals), typed.substr(equals + 1));
}

}  // namespace

Result<CheckPlan> resolve(const CheckArguments& arguments, const check::Config& config) {
  CheckPlan plan;
  check::Profile profile = config.profile.value_or(check::Profile::recommended);
  if (!arguments.profile.empty()) {
    OAKUM_TRY(profile, profile_of(arguments.profile));
  }
  const std::vector<std::string> only = arguments.only.empty() ? config.only : words_of(arguments.only);
  OAKUM_TRY(plan.plan.selection, check::select_rules(profile, only, words_of(arguments.skip)));
  OAKUM_TRY(plan.severities, severities_of(arguments.severity));
  OAKUM_TRY(plan.fail_on, threshold_of(arguments.fail_on.empty() ? config.fail_on.value_or("") : arguments.fail_on));
  plan.plan.settings = config.settings;
  if (!arguments.kubernetes_version.empty()) {
    OAKUM_TRY(plan.plan.settings.kubernetes.minor, kubernetes_minor(arguments.kubernetes_version));
  }
  for (const std::string& typed : arguments.build_args) {
    OAKUM_TRY(auto pair, build_arg(typed));
    plan.read.build_args.push_back(std::move(pair));
  }
  plan.read.target = arguments.stage;
  plan.plan.threads = arguments.threads;
  plan.plan.shellcheck = !arguments.no_shellcheck;
  if (arguments.exit_code >= 0) plan.findings_status = arguments.exit_code;
  OAKUM_TRY(plan.outputs, open_outputs(arguments.format, arguments.outputs));
  plan.report.width = terminal_width();
  plan.report.colour = wants_colour(arguments.colour);
  plan.report.verbose = arguments.verbose;
  plan.report.show_suppressed = arguments.show_suppressed;
  return plan;
}

void add_selection_options(CLI::App& command, CheckArguments& arguments) {
  command
      .add_option("--compose-file", arguments.compose_files, "Compose files to merge, in order (as docker compose -f)")
      ->allow_extra_args(false);
  command.add_option("--profile", arguments.profile,
                     "recommended (the default), strict, cis, pss-baseline, pss-restricted or hadolint");
  command.add_option("--rule", arguments.only, "only these rules, by id or a peer's alias (comma-separated)")
      ->allow_extra_args(false);
  command.add_option("--skip", arguments.skip, "without these rules, by id or a peer's alias (comma-separated)")
      ->allow_extra_args(false);
  command.add_option("--changed-since", arguments.changed_since,
                     "of directories, only files that differ from this git revision");
  command.add_option("--config", arguments.config, "configuration; else .oakum.yaml upward from each target");
  command.add_flag("--no-config", arguments.no_config, "heed no configuration and no ignore file");
  command.add_option("--build-arg", arguments.build_args, "NAME=VALUE for ARG of Dockerfiles")->allow_extra_args(false);
  command.add_option("--target", arguments.stage, "the stage of a Dockerfile that is built");
  command.add_option("--kubernetes-version", arguments.kubernetes_version, "judge manifests for this version, as 1.31");
  command.add_option("--image-dir", arguments.image_directories, "look for base images in archives and layouts here")
      ->allow_extra_args(false);
  command.add_flag("--no-base-images", arguments.no_base_images, "look up no base image in local stores");
  command.add_option("--docker-host", arguments.docker_host, "engine address, instead of DOCKER_HOST and contexts");
  command.add_option("--stdin-name", arguments.stdin_name, "the file name that standard input is judged as");
  command.add_option("--threads", arguments.threads, "threads to use; 0: as many as the machine has")
      ->check(CLI::Range(0, 256));
  command.add_option("--color,--colour", arguments.colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command.add_flag("-v,--verbose", arguments.verbose, "show all aliases and all reasons");
  command.add_flag("-q,--quiet", arguments.quiet, "no progress, no notes");
}

void add_check_options(CLI::App& command, CheckArguments& arguments) {
  command.add_option(
      "target", arguments.targets,
      "files, directories, images, containers: container:NAME, containers (all running), - (standard input), or after "
      "-- a docker run line; else the current directory");
  add_selection_options(command, arguments);
  command.add_option("-f,--format", arguments.format, "what to print: terminal, json, sarif, …");
  command.add_option("-o,--output", arguments.outputs, "FORMAT=FILE, also several times; or FILE, in --format")
      ->allow_extra_args(false);
  command
      .add_option("-s,--severity", arguments.severity,
                  "show only these (comma-separated): critical,high,medium,low,info")
      ->allow_extra_args(false);
  command.add_option("--fail-on", arguments.fail_on, "exit 1 at this severity or worse (low), or none");
  command.add_option("--exit-code", arguments.exit_code, "exit status for findings, instead of 1")
      ->check(CLI::Range(0, 125));
  command.add_option("--baseline", arguments.baseline, "what this file lists is known and suppressed");
  command.add_option("--write-baseline", arguments.write_baseline, "write what is found to this file and exit 0");
  command.add_flag("--no-shellcheck", arguments.no_shellcheck, "do not ask shellcheck, where installed, about RUN");
  command.add_flag("--show-suppressed", arguments.show_suppressed,
                   "show what pragmas and ignore files suppress, and why");
  command.add_flag("--fix", arguments.fix, "first fix what can be fixed safely, as oakum fix does");
  command.add_flag("--unsafe", arguments.unsafe, "with --fix: also fixes that may change behaviour");
}

}  // namespace oakum::cli
