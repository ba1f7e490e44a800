#include "check/shellcheck.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

#include <fcntl.h>
#include <nlohmann/json.hpp>

#include "base/fd.h"
#include "base/process.h"
#include "base/text.h"
#include "read/shell/anchors.h"
#include "rules/kit/judge.h"

namespace oakum::check {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kScriptsPerRun = 200;

Severity severity_of(std::string_view level) {
  if (level == "error") return Severity::medium;
  return level == "warning" ? Severity::low : Severity::info;
}

// The byte of a line and a column, both from 1; columns count characters, as -f json1 has them.
std::size_t offset_of(std::string_view text, std::size_t line, std::size_t column) {
  std::size_t at = 0;
  for (; line > 1; --line) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return text.size();
    at = end + 1;
  }
  for (; column > 1 && at < text.size() && text[at] != '\n'; --column) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  }
  return at;
}

struct Place {
  const Dockerfile& dockerfile;
  const LineIndex& lines;
};

Finding finding_of(const Json& comment, const ShellScript& script, const Place& place) {
  const auto at = [&](const char* line, const char* column) {
    const std::size_t offset =
        offset_of(script.text, comment.value(line, std::size_t{0}), comment.value(column, std::size_t{0}));
    return std::max(offset, script.body) - script.body;
  };
  const std::size_t begin = at("line", "column");
  const std::size_t end = std::max(at("endLine", "endColumn"), begin);
  const std::uint32_t first = shell::outer_offset(script.map, begin);
  const std::uint32_t last = end > begin ? shell::outer_offset(script.map, end - 1) + 1 : first;
  Finding finding;
  finding.rule = "shellcheck";
  finding.title = "ShellCheck finds fault with the script";
  finding.aliases = {"SC" + std::to_string(comment.value("code", 0))};
  finding.severity = severity_of(comment.value("level", std::string()));
  finding.practice = Practice::build_hygiene;
  finding.message = printable(comment.value("message", std::string()), 500);
  finding.subject = rules::stage_name(place.dockerfile, script.stage);
  finding.origin = rules::origin_of(place.dockerfile, place.lines.span(first, last));
  return finding;
}

Status judge(std::span<const ShellScript> scripts, const Place& place, std::vector<Finding>& findings) {
  OAKUM_TRY(const TemporaryDirectory directory, TemporaryDirectory::create("oakum-shellcheck"));
  std::vector<std::string> argv = {"shellcheck", "--norc", "-f", "json1", "-e", "SC1090,SC1091,SC2187"};
  for (std::size_t i = 0; i < scripts.size(); ++i) {
    argv.push_back(directory.path() + "/" + std::to_string(i));
    // Not write_file_atomically: nobody reads them but shellcheck, and hundreds of fsync(2) take seconds.
    OAKUM_TRY(const Fd file, open_file(argv.back(), O_WRONLY | O_CREAT | O_EXCL, 0600));
    OAKUM_CHECK(write_all(file.get(), scripts[i].text, argv.back()));
  }
  const ProcessLimits limits{.output_bytes = std::size_t{32} << 20, .time = std::chrono::minutes(2)};
  OAKUM_TRY(const ProcessResult result, run_process(argv, {}, limits));
  if (result.exit_status > 1)
    return fail(ErrorCode::io, "shellcheck", printable(trim(result.errors), 200),
                "run it by hand to see what is wrong");
  const Json document = Json::parse(result.output, nullptr, false);
  if (!document.is_object() || !document.contains("comments") || !document["comments"].is_array())
    return fail(ErrorCode::invalid, "shellcheck", "its output is not what -f json1 prints", "update shellcheck");
  for (const Json& comment : document["comments"]) {
    if (!comment.is_object()) continue;
    const std::string file = comment.value("file", std::string());
    const auto index = parse_number<std::size_t>(std::string_view(file).substr(file.rfind('/') + 1));
    if (index && *index < scripts.size()) findings.push_back(finding_of(comment, scripts[*index], place));
  }
  return {};
}

}  // namespace

Result<std::vector<Finding>> shellcheck(const Dockerfile& dockerfile, std::string_view text) {
  const std::vector<ShellScript> scripts = shell_scripts(dockerfile, text);
  const LineIndex lines(text);
  const Place place{dockerfile, lines};
  std::vector<Finding> findings;
  try {
    for (std::size_t i = 0; i < scripts.size(); i += kScriptsPerRun) {
      const std::size_t count = std::min(kScriptsPerRun, scripts.size() - i);
      OAKUM_CHECK(judge(std::span(scripts).subspan(i, count), place, findings));
    }
  } catch (const nlohmann::json::exception& error) {
    return fail(ErrorCode::invalid, "shellcheck",
                "its output is not what -f json1 prints: " + std::string(error.what()));
  }
  std::ranges::stable_sort(findings, {}, [](const Finding& finding) { return finding.origin.span.begin; });
  return findings;
}

}  // namespace oakum::check
