#include "cli/fix_text.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "report/layout.h"

namespace oakum::cli {

namespace {

using report::Style;

constexpr std::size_t kShownRefusals = 10;

class Writer {
 public:
  Writer(const fix::Outcome& outcome, const FixText& how, const report::ReportOptions& options)
      : outcome_(outcome), how_(how), options_(options), style_(options.colour) {}

  std::string write() {
    fixed();
    refused();
    summary();
    return std::move(out_);
  }

 private:
  void line(std::string_view text) {
    out_ += text;
    out_ += '\n';
  }

  // Hanging under what stands before it.
  void hanging(const std::string& lead, std::size_t lead_width, const std::string& body) {
    std::string text = report::paragraph(body, options_.width - std::min(options_.width - 20, lead_width + 2));
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
      text.insert(at + 1, lead_width > 2 ? lead_width - 2 : 0, ' ');
    line(lead + text);
  }

  void fixed() {
    std::map<std::string, std::vector<const Finding*>> by_path;
    for (const Finding& finding : outcome_.fixed) by_path[finding.path].push_back(&finding);
    for (auto& [path, findings] : by_path) {
      std::ranges::stable_sort(findings, {}, [](const Finding* f) { return f->origin.span.line; });
      line(style_.bold(printable(path)));
      std::size_t width = 0;
      for (const Finding* finding : findings) width = std::max(width, finding->rule.size());
      for (const Finding* finding : findings) row(*finding, width);
      line("");
    }
  }

  void row(const Finding& finding, std::size_t width) {
    const std::string safety(finding.fix.safety == FixSafety::safe ? "      " : "unsafe");
    const std::string lead = fmt::format("  {}  {}  ", report::pad_right(finding.rule, width), safety);
    hanging(lead, report::display_width(lead),
            printable(finding.subject.empty() ? finding.message : finding.subject + ": " + finding.message));
    if (!finding.fix.plan->note.empty()) hanging("    = ", 6, printable(finding.fix.plan->note));
  }

  void refused() {
    const auto& all = outcome_.refused;
    if (all.empty()) return;
    line(style_.bold("left as they are"));
    const std::size_t shown = options_.verbose ? all.size() : std::min(all.size(), kShownRefusals);
    for (std::size_t i = 0; i < shown; ++i) {
      const Finding& finding = all[i];
      hanging("  ", 2,
              fmt::format("{}:{}: {}: {}", printable(finding.path), shown_line(outcome_, finding, how_.written),
                          finding.rule, printable(finding.fix.plan->refused)));
    }
    if (shown < all.size()) line(style_.dim(fmt::format("  {} more (--verbose shows them)", all.size() - shown)));
    line("");
  }

  void summary() {
    const auto unsafe = static_cast<std::size_t>(std::ranges::count_if(
        outcome_.fixed, [](const Finding& finding) { return finding.fix.safety == FixSafety::unsafe; }));
    std::vector<std::string> parts;
    if (outcome_.fixed.empty()) {
      parts.emplace_back("nothing to fix");
    } else {
      const std::string_view done = how_.written ? "fixed" : "can be fixed";
      parts.push_back(fmt::format("{} {} in {}{}", outcome_.fixed.size(), done,
                                  report::plural(outcome_.files.size(), "file"),
                                  unsafe == 0 ? "" : fmt::format(" ({} unsafe)", unsafe)));
    }
    if (!outcome_.refused.empty()) parts.push_back(fmt::format("{} left", outcome_.refused.size()));
    if (!outcome_.unsafe.empty()) parts.push_back(fmt::format("{} more with --unsafe", outcome_.unsafe.size()));
    line(report::wrapped(parts, " · ", options_.width));
    next();
  }

  void next() {
    if (!how_.written && !outcome_.fixed.empty())
      return line("next: " + how_.command + (how_.unsafe ? " --unsafe" : ""));
    if (!outcome_.unsafe.empty()) line("next: " + how_.command + " --unsafe --diff");
  }

  const fix::Outcome& outcome_;
  const FixText& how_;
  const report::ReportOptions& options_;
  Style style_;
  std::string out_;
};

}  // namespace

std::uint32_t shown_line(const fix::Outcome& outcome, const Finding& finding, bool written) {
  const std::uint32_t line = finding.origin.span.line;
  if (written) return line;
  std::optional<std::uint32_t> nearest;  // several may be called alike
  const auto distance = [&](std::uint32_t other) { return other > line ? other - line : line - other; };
  for (const Target& target : outcome.before) {
    for (const Finding& before : target.findings) {
      if (before.rule != finding.rule || fix::id_of(before) != fix::id_of(finding)) continue;
      if (!nearest || distance(before.origin.span.line) < distance(*nearest)) nearest = before.origin.span.line;
    }
  }
  return nearest.value_or(line);
}

std::string fix_text(const fix::Outcome& outcome, const FixText& how, const report::ReportOptions& options) {
  return Writer(outcome, how, options).write();
}

}  // namespace oakum::cli
