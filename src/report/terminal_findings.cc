#include "report/terminal_findings.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/parallel.h"
#include "base/text.h"
#include "report/finding_count.h"
#include "report/layout.h"

namespace oakum::report {

namespace {

constexpr std::size_t kShownRemedies = 3;
constexpr std::size_t kShownNotEvaluated = 5;
constexpr std::size_t kShownAliases = 4;

// Tabs as one space, so that the caret stands where the text does.
std::string shown_line(std::string_view line) {
  std::string text(line);
  std::ranges::replace(text, '\t', ' ');  // before printable(), which would spell them out
  return printable(text, 1000);
}

class FindingsReport {
 public:
  FindingsReport(const Report& report, const ReportOptions& options)
      : report_(report), options_(options), style_(options.colour), width_(std::max<std::size_t>(options.width, 40)) {}

  std::string render() {
    const std::vector<std::string> parts = targets_texts();
    std::size_t bytes = 4096;  // and what follows
    for (const std::string& part : parts) bytes += part.size();
    out_.reserve(bytes);
    for (const std::string& part : parts) out_ += part;
    not_evaluated();
    errors();
    do_first();
    closing();
    return std::move(out_);
  }

 private:
  // Each target by itself, several at once.
  std::vector<std::string> targets_texts() const {
    std::vector<std::string> parts(report_.targets.size());
    parallel_for(parts.size(), hardware_threads(), [&](std::size_t i) {
      FindingsReport part(report_, options_);
      part.blocks(report_.targets[i]);
      parts[i] = std::move(part.out_);
    });
    return parts;
  }

  void blocks(const Target& target) {
    for (const Finding& finding : target.findings) {
      if (!finding.suppressed || options_.show_suppressed) block(target, finding);
    }
  }

  void line(std::string_view text) {
    out_ += text;
    out_ += '\n';
  }

  static std::string place(const Target& target, const Finding& finding) {
    std::string text = printable(finding.path.empty() ? target.name : finding.path);
    const Span& span = finding.origin.span;
    if (span.line != 0) text += ":" + std::to_string(span.line) + ":" + std::to_string(span.column);
    return text;
  }

  void block(const Target& target, const Finding& finding) {
    const std::string at = place(target, finding);
    std::string head = style_.bold(at) + ": ";
    head += style_.severity(finding.severity, to_string(finding.severity)) + ": ";
    head += printable(finding.message) + " ";
    head += style_.dim("[" + finding.rule + "]");
    line(paragraph(head, width_));
    // Several rules often speak of one place, a service for example: its line is shown once.
    const bool shown = at == last_place_ && finding.origin.span.end == last_end_;
    details(finding, shown ? margin_of(finding) : excerpt(finding));
    line("");
    last_place_ = at;
    last_end_ = finding.origin.span.end;
  }

  static std::size_t margin_of(const Finding& finding) {
    return finding.origin.span.line == 0 ? 0 : std::to_string(finding.origin.span.line).size() + 1;
  }

  // The line and a caret under the place; returns the width of the margin.
  std::size_t excerpt(const Finding& finding) {
    const Span& span = finding.origin.span;
    const std::size_t margin = margin_of(finding);
    if (margin == 0 || span.column > finding.excerpt.size() + 1) return margin;  // no text, or too deep in a long line
    const std::string number = std::to_string(span.line);
    const std::string bar = std::string(margin, ' ') + " |";
    line(style_.dim(bar));
    const auto [text, caret, length] = window(finding, width_ - std::min(width_, margin + 4));
    line(style_.dim(" " + number + " |") + " " + text);
    line(style_.dim(bar) + " " + std::string(caret, ' ') +
         style_.severity(finding.severity, std::string(std::max<std::size_t>(length, 1), '^')));
    return margin;
  }

  // The part of the line that fits and holds the place: text, columns before the caret, carets.
  static std::tuple<std::string, std::size_t, std::size_t> window(const Finding& finding, std::size_t width) {
    const Span& span = finding.origin.span;
    const std::string_view whole = finding.excerpt;
    const std::size_t first = std::min<std::size_t>(span.column - 1, whole.size());
    const std::size_t last =
        span.end_line == span.line ? std::clamp<std::size_t>(span.end_column - 1, first, whole.size()) : whole.size();
    std::size_t from = 0;
    if (display_width(shown_line(whole.substr(0, last))) > width && first > width / 3) {
      from = first - width / 3;
      while (from < first && (static_cast<unsigned char>(whole[from]) & 0xC0) == 0x80) ++from;
    }
    const std::string lead = from == 0 ? "" : "…";
    const std::string before = lead + shown_line(whole.substr(from, first - from));
    const std::string marked = shown_line(whole.substr(first, last - first));
    const std::string text = cut(before + marked + shown_line(whole.substr(last)), width);
    const std::size_t caret = std::min(display_width(before), width);
    return {text, caret, std::min(display_width(marked), display_width(text) - std::min(display_width(text), caret))};
  }

  void details(const Finding& finding, std::size_t margin) {
    const std::string lead = std::string(margin == 0 ? 2 : margin + 1, ' ') + "= ";
    const std::size_t room = width_ - std::min(width_ - 20, lead.size() + 2);
    const auto put = [&](std::string_view body) {
      out_ += style_.dim(lead);
      for (;;) {
        line(next_field(body, '\n'));
        if (body.empty()) return;
        out_.append(lead.size() - 2, ' ');
      }
    };
    const auto detail = [&](const std::string& text) { put(paragraph(text, room)); };
    if (!finding.evidence.empty()) detail(printable(finding.evidence));
    for (const RelatedPlace& related : finding.related) {
      const Span& span = related.origin.span;
      detail(span.line == 0 ? printable(related.message)
                            : fmt::format("line {}: {}", span.line, printable(related.message)));
    }
    if (!finding.fix.summary.empty())
      detail("fix (" + std::string(to_string(finding.fix.safety)) + "): " + printable(finding.fix.summary));
    if (finding.suppressed) {
      detail(fmt::format("suppressed by {}{}{}", finding.suppressed->by, finding.suppressed->reason.empty() ? "" : ": ",
                         printable(finding.suppressed->reason)));
    }
    put(wrapped(names(finding), " ", room));
  }

  // The command is one part: it is there to be copied.
  std::vector<std::string> names(const Finding& finding) const {
    const std::size_t all = finding.aliases.size();
    const std::size_t shown = options_.verbose ? all : std::min(all, kShownAliases);
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < shown; ++i) parts.push_back(finding.aliases[i] + (i + 1 < shown ? "," : " ·"));
    parts.push_back("oakum explain " + finding.rule);
    return parts;
  }

  void not_evaluated() {
    std::vector<const NotEvaluated*> entries;
    std::set<std::tuple<std::string_view, std::string_view>> seen;
    for (const Target& target : report_.targets) {
      for (const NotEvaluated& entry : target.not_evaluated) {
        if (seen.insert({entry.rule, entry.why}).second) entries.push_back(&entry);
      }
    }
    if (entries.empty()) return;
    line(style_.bold("not evaluated"));
    const std::size_t shown = options_.verbose ? entries.size() : std::min(entries.size(), kShownNotEvaluated);
    for (std::size_t i = 0; i < shown; ++i) {
      line("  " + paragraph(entries[i]->rule + ": " + printable(entries[i]->why), width_ - 2));
    }
    if (shown < entries.size())
      line(style_.dim(fmt::format("  {} more (--verbose shows them)", entries.size() - shown)));
    line("");
  }

  void errors() {
    bool any = false;
    for (const Target& target : report_.targets) {
      for (const Error& error : target.errors) {
        if (!any) line(style_.bold("could not be read"));
        any = true;
        line("  " + paragraph(printable(error.message()), width_ - 2));
      }
    }
    if (any) line("");
  }

  void do_first() {
    const std::vector<Remedy> all = remedies(report_);
    if (all.size() < 2) return;
    line(style_.bold("do first"));
    for (std::size_t i = 0; i < std::min(all.size(), kShownRemedies); ++i) {
      const Finding& example = *all[i].example;
      const std::string closes = fmt::format("closes {} {}", with_thousands(all[i].findings),
                                             style_.severity(example.severity, to_string(example.severity)));
      std::string text = paragraph(example.rule + ": " + printable(example.fix.summary), width_ - 6);
      for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
        text.insert(at + 1, 3, ' ');
      line(fmt::format("  {}  {}", i + 1, text));
      const std::vector<std::string> facts = {
          closes + (all[i].targets > 1 ? " in " + plural(all[i].targets, "file") : std::string()),
          (all[i].findings > 1 ? "first at " : "at ") + place(*all[i].target, example)};
      line("       " + wrapped(facts, ", ", width_ - 7));
    }
    line("");
  }

  std::string looked_at() const {
    std::size_t images = 0, containers = 0, files = 0;
    for (const Target& target : report_.targets) {
      images += target.kind == TargetKind::image || target.kind == TargetKind::rootfs ? 1 : 0;
      containers += target.kind == TargetKind::container ? 1 : 0;
    }
    files = report_.targets.size() - images - containers;
    std::vector<std::string> parts;
    if (files != 0) parts.push_back(plural(files, "file"));
    if (images != 0) parts.push_back(plural(images, "image"));
    if (containers != 0) parts.push_back(plural(containers, "container"));
    return parts.empty() ? "nothing to check" : joined(parts, ", ");
  }

  // The worst target's, as a chain is as strong as its weakest link.
  const Target* worst() const {
    const Target* found = nullptr;
    for (const Target& target : report_.targets) {
      if (target.grade && (found == nullptr || target.grade->letter > found->grade->letter)) found = &target;
    }
    return found;
  }

  void closing() {
    const FindingCounts counts = count_findings(report_);
    std::vector<std::string> parts{looked_at()};
    if (counts.total == 0) {
      parts.emplace_back("nothing found");
    } else {
      std::vector<std::string> by_severity;
      for (const Severity severity : kSeverities) {
        if (counts.of(severity) == 0) continue;
        by_severity.push_back(
            style_.severity(severity, fmt::format("{} {}", with_thousands(counts.of(severity)), to_string(severity))));
      }
      parts.push_back(joined(by_severity, ", "));
      if (counts.fixable != 0) parts.push_back(fmt::format("{} fixable ({} safe)", counts.fixable, counts.safe));
    }
    if (counts.suppressed != 0) parts.push_back(fmt::format("{} suppressed", counts.suppressed));
    parts.push_back(fmt::format("{} not evaluated", counts.not_evaluated));
    if (const Target* target = worst()) {
      parts.push_back(report_.targets.size() == 1 ? fmt::format("grade {}", target->grade->letter)
                                                  : fmt::format("worst grade {}", target->grade->letter));
    }
    if (options_.seconds >= 0) parts.push_back(fmt::format("{:.0f} ms", options_.seconds * 1000));
    line(wrapped(parts, " · ", width_));
  }

  const Report& report_;
  const ReportOptions& options_;
  Style style_;
  std::size_t width_;
  std::string last_place_;  // of the finding before
  std::uint32_t last_end_ = 0;
  std::string out_;
};

}  // namespace

std::string render_findings(const Report& report, const ReportOptions& options) {
  return FindingsReport(report, options).render();
}

}  // namespace oakum::report
