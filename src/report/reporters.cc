#include <algorithm>
#include <iterator>

#include "report/grype.h"
#include "report/json.h"
#include "report/lint_formats.h"
#include "report/reporter.h"
#include "report/sarif.h"
#include "report/terminal.h"
#include "report/trivy.h"

namespace oakum::report {

namespace {

constexpr Reporter kReporters[] = {
    {"checkstyle", "Checkstyle's XML", render_checkstyle},
    {"compact", "a line each, for editors and grep", render_compact},
    {"github", "workflow commands of GitHub Actions", render_github},
    {"gitlab", "GitLab's Code Quality report", render_gitlab},
    {"grype", "Grype's JSON, for pipelines that read it", render_grype},
    {"hadolint", "hadolint's JSON, for pipelines that read it", render_hadolint},
    {"json", "oakum's own JSON (docs/report.schema.json)", render_json},
    {"junit", "JUnit's XML, for build servers", render_junit},
    {"sarif", "SARIF 2.1.0, for code scanning", render_sarif},
    {"table", "the same as terminal, by the peers' name", render_terminal},
    {"terminal", "for people; the default", render_terminal},
    {"trivy", "Trivy's JSON, for pipelines that read it", render_trivy},
};
static_assert(std::ranges::is_sorted(kReporters, {}, &Reporter::name));

}  // namespace

std::span<const Reporter> reporters() { return kReporters; }

const Reporter* find_reporter(std::string_view name) {
  const auto* found = std::ranges::find(kReporters, name, &Reporter::name);
  return found == std::end(kReporters) ? nullptr : found;
}

}  // namespace oakum::report
