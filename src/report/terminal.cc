#include "report/terminal.h"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "report/group.h"
#include "report/layout.h"
#include "report/select.h"
#include "report/terminal_findings.h"

namespace oakum::report {

namespace {

constexpr std::size_t kShownActions = 5;
constexpr std::size_t kShownRows = 12;  // of one group, unless --verbose
constexpr std::size_t kShownUnevaluated = 5;
constexpr std::size_t kNarrowestStatus = 20;

std::string short_digest(const Digest& digest) {
  return std::string(digest.algorithm()) + ":" + std::string(digest.hex().substr(0, 12)) + "…";
}

class TerminalReport {
 public:
  TerminalReport(const Report& report, const ReportOptions& options)
      : report_(report), options_(options), style_(options.colour), width_(std::max<std::size_t>(options.width, 40)) {}

  std::string render() {
    for (const Target& target : report_.targets) {
      if (&target != &report_.targets.front()) line("");
      render_target(target);
    }
    return std::move(out_);
  }

 private:
  void line(std::string_view text) {
    out_ += text;
    out_ += '\n';
  }

  void render_target(const Target& target) {
    groups_ = group_by_source(target);
    headline(target);
    if (nothing_known(target)) return;
    const Counts counts = count(target);
    if (counts.total == 0) {
      good_news(target, counts);
    } else {
      summary(target, counts);
      actions(target);
      for (const Group& group : groups_) group_table(target, group);
    }
    if (options_.show_suppressed) suppressed(target);
    if (options_.list_packages) packages(target);
    unevaluated(target);
    errors(target);
    line("");
    closing(target, counts);
  }

  void headline(const Target& target) {
    std::vector<std::string> parts{style_.bold(printable(target.name))};
    if (target.distribution) {
      parts.push_back(
          printable(target.distribution->name.empty() ? target.distribution->id : target.distribution->name));
    }
    if (target.image) {
      if (!target.image->platform.os.empty()) parts.push_back(target.image->platform.text());
      if (!target.image->id.empty()) parts.push_back(short_digest(target.image->id));
      parts.push_back(plural(target.image->layers.size(), "layer"));
    }
    parts.push_back(plural(target.packages.size(), "package"));
    line(wrapped(parts, " · ", width_));
    if (!target.end_of_life.empty() && target.past_end_of_life) {
      line(paragraph(style_.severity(Severity::high, "end of life since " + target.end_of_life) +
                         ": its vendor publishes no more fixes; what follows is the last that was known",
                     width_));
    }
  }

  // Nothing *known* reads differently from nothing found.
  bool nothing_known(const Target& target) {
    const Unevaluated* reason = not_judged(target);
    if (reason == nullptr || !target.vulnerabilities.empty()) return false;
    line("");
    const std::string what = printable(reason->subject) + ": " + printable(reason->detail);
    line(paragraph(style_.bold("cannot judge") + ": " + what, width_));
    errors(target);
    if (options_.list_packages) packages(target);
    return true;
  }

  std::string database_words() const {
    if (!report_.database) return "no advisories";
    std::vector<std::string> names;
    for (const FeedInfo& feed : report_.database->feeds) names.push_back(feed.name);
    const std::string date = report_.database->built.substr(0, 10);
    const std::string feeds = names.size() > 5 ? plural(names.size(), "feed") : joined(names, ", ");
    return fmt::format("advisories of {} ({})", date.empty() ? "unknown date" : date, feeds);
  }

  void good_news(const Target& target, const Counts& counts) {
    line("");
    std::vector<std::string> parts;
    const std::string name = target.distribution ? printable(target.distribution->name) : "";
    parts.push_back(fmt::format("no known vulnerabilities in {} ({}{}{})", plural(target.packages.size(), "package"),
                                name, name.empty() ? "" : "; ", database_words()));
    if (counts.suppressed != 0) parts.push_back(plural(counts.suppressed, "suppressed", "suppressed"));
    parts.push_back(fmt::format("{} not evaluated", target.unevaluated.size()));
    line(wrapped(parts, " · ", width_));
  }

  void summary(const Target& target, const Counts& counts) {
    line("");
    std::vector<std::string> parts;
    for (const Severity severity : kSeverities) {
      const std::size_t n = counts.of(severity);
      // "0 critical" is news only where every severity is known.
      const bool telling = severity >= Severity::high && counts.of(Severity::unknown) == 0;
      if (n == 0 && !telling) continue;
      const std::string text = severity == Severity::unknown
                                   ? fmt::format("{} of unknown severity", with_thousands(n))
                                   : fmt::format("{} {}", with_thousands(n), to_string(severity));
      parts.push_back(n == 0 ? text : style_.severity(severity, text));
    }
    std::vector<std::string> notes;
    if (counts.fixable != 0) notes.push_back(fmt::format("{} can be fixed", with_thousands(counts.fixable)));
    if (counts.exploited != 0) {
      notes.push_back(style_.bold(
          fmt::format("{} {} exploited in the wild", counts.exploited, counts.exploited == 1 ? "is" : "are")));
    }
    if (counts.suppressed != 0) notes.push_back(fmt::format("{} suppressed", counts.suppressed));
    const std::string left = "  vulnerabilities   " + joined(parts, "  ");
    const std::string right = joined(notes, " · ");
    if (display_width(left) + 4 + display_width(right) <= width_) {
      line(notes.empty() ? left : left + "    " + right);
    } else {
      column_of("  vulnerabilities   ", parts, "  ");
      if (!notes.empty()) column_of("                    ", notes, " · ");
    }
    line(fmt::format("  not evaluated     {}", target.unevaluated.size()));
  }

  // A heading with its parts, on as many lines as they need, one below the other.
  void column_of(std::string_view heading, const std::vector<std::string>& parts, std::string_view separator) {
    const std::size_t indent = display_width(heading);
    std::string text(heading);
    std::size_t column = indent;
    for (const std::string& part : parts) {
      const std::size_t needed = display_width(part) + (column == indent ? 0 : display_width(separator));
      if (column != indent && column + needed > width_) {
        line(text);
        text = std::string(indent, ' ') + part;
        column = indent + display_width(part);
        continue;
      }
      if (column != indent) text += separator;
      text += part;
      column += needed;
    }
    line(text);
  }

  std::string origin(const Target& target, const std::string& diff_id) const {
    const std::size_t number = layer_number(target, diff_id);
    if (number == 0) return {};
    const std::string instruction = printable(instruction_of(target.image->layers[number - 1]));
    std::string text = fmt::format("layer {}", number);
    if (!instruction.empty()) text += " · " + instruction;
    return text;
  }

  void actions(const Target& target) {
    if (target.actions.empty()) return;
    line("");
    line(style_.bold("do first"));
    const std::size_t shown = options_.verbose ? target.actions.size() : std::min(target.actions.size(), kShownActions);
    std::size_t widest = 0;
    std::size_t widest_effect = 0;
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < shown; ++i) {
      const Action& action = target.actions[i];
      texts.push_back(joined(words_of_upgrade(action), " "));
      widest = std::max(widest, display_width(texts.back()));
      widest_effect = std::max(widest_effect, display_width(closes_words(action)));
    }
    // Two columns where they fit; else the effect below its action.
    const bool beside = 5 + widest + 2 + widest_effect <= width_;
    for (std::size_t i = 0; i < shown; ++i) {
      const std::string effect = closes_words(target.actions[i]);
      if (beside) {
        line(fmt::format("  {}  {}  {}", i + 1, pad_right(texts[i], widest), effect));
      } else {
        column_of(fmt::format("  {}  ", i + 1), words_of_upgrade(target.actions[i]), " ");
        line("       " + effect);
      }
    }
    std::size_t rest = 0;
    for (std::size_t i = shown; i < target.actions.size(); ++i) rest += target.actions[i].closes.size();
    if (shown < target.actions.size()) {
      line(style_.dim(fmt::format("     {} close {}", plural(target.actions.size() - shown, "more upgrade"), rest)));
    }
    // A command is there to be copied: whole, on a line of its own where it does not fit.
    if (target.upgrade_all.empty()) return;
    const bool fits = 19 + display_width(target.upgrade_all) <= width_;
    line((fits ? "     all of them:  " : "     all of them:\n") + target.upgrade_all);
  }

  static std::vector<std::string> words_of_upgrade(const Action& action) {
    return {"upgrade " + printable(action.package) + " " + printable(action.from), "→ " + printable(action.to)};
  }

  std::string closes_words(const Action& action) const {
    std::string text = fmt::format("closes {}", action.closes.size());
    for (const Severity severity : {Severity::critical, Severity::high}) {
      const auto n = action.by_severity[static_cast<std::size_t>(severity)];
      if (n != 0) text += ", " + style_.severity(severity, fmt::format("{} {}", n, to_string(severity)));
    }
    if (action.kev) text += ", " + style_.bold("exploited");
    return text;
  }

  void group_table(const Target& target, const Group& group) {
    line("");
    std::vector<std::string> head{style_.bold(printable(group.source) + " " + printable(group.version))};
    if (group.binaries.size() > 1 || group.binaries.front() != group.source)
      head.push_back(binary_words(group.binaries));
    const std::string where = origin(target, group.layer);
    if (!where.empty()) head.push_back(cut(where, width_ - 2));
    line(wrapped(head, " · ", width_));
    const std::size_t shown = options_.verbose ? group.rows.size() : std::min(group.rows.size(), kShownRows);
    Columns columns;
    for (std::size_t i = 0; i < shown; ++i) columns.fit(*group.rows[i], *this);
    // What is left of the width for the status; its reason is what gives way.
    const std::size_t rest = 14 + columns.id + (columns.flags == 0 ? 0 : columns.flags + 2);
    columns.status = std::min(columns.status, width_ > rest + kNarrowestStatus ? width_ - rest : kNarrowestStatus);
    for (std::size_t i = 0; i < shown; ++i) row(*group.rows[i], columns);
    if (shown < group.rows.size()) {
      line(style_.dim(fmt::format("  {} in this package (--verbose shows them)",
                                  plural(group.rows.size() - shown, "more", "more"))));
    }
  }

  std::string binary_words(const std::vector<std::string>& binaries) const {
    constexpr std::size_t kShown = 4;
    std::vector<std::string> shown;
    for (const std::string& name : binaries) {
      if (shown.size() == kShown && binaries.size() > kShown + 1) {
        return joined(shown, ", ") + fmt::format(" and {} more", binaries.size() - kShown);
      }
      shown.push_back(printable(name));
    }
    return joined(shown, ", ");
  }

  struct Columns {
    std::size_t id = 0;
    std::size_t status = 0;
    std::size_t flags = 0;
    void fit(const Vulnerability& vulnerability, const TerminalReport& report) {
      id = std::max(id, display_width(vulnerability.id));
      status = std::max(status, display_width(report.status_words(vulnerability)));
      flags = std::max(flags, display_width(report.flag_words(vulnerability)));
    }
  };

  std::string status_words(const Vulnerability& vulnerability) const {
    if (vulnerability.status == FixStatus::fixed) return "fixed in " + printable(vulnerability.fixed);
    std::string words;
    switch (vulnerability.status) {
      case FixStatus::will_not_fix:
        words = "will not be fixed";
        break;
      case FixStatus::fix_deferred:
        words = "fix postponed";
        break;
      case FixStatus::end_of_life:
        words = "end of life";
        break;
      case FixStatus::under_investigation:
        words = "under investigation";
        break;
      case FixStatus::unknown:
        words = "status unknown";
        break;
      case FixStatus::not_affected:
        words = "not affected";
        break;
      case FixStatus::fixed:
      case FixStatus::affected:
        words = "no fix yet";
        break;
    }
    if (!vulnerability.status_reason.empty()) words += " (" + cut(printable(vulnerability.status_reason), 40) + ")";
    return words;
  }

  std::string flag_words(const Vulnerability& vulnerability) const {
    std::vector<std::string> flags;
    if (vulnerability.kev) flags.push_back(style_.bold("exploited"));
    if (vulnerability.epss) flags.push_back(fmt::format("epss {:.2f}", *vulnerability.epss));
    return joined(flags, " · ");
  }

  void row(const Vulnerability& vulnerability, const Columns& columns) {
    std::string text =
        "  " + style_.severity(vulnerability.severity, pad_right(to_string(vulnerability.severity), 8)) + "  ";
    text += pad_right(printable(vulnerability.id), columns.id) + "  ";
    text += pad_right(cut(status_words(vulnerability), columns.status), columns.status);
    if (columns.flags != 0) text += "  " + pad_left(flag_words(vulnerability), columns.flags);
    const std::size_t taken = display_width(text);
    if (!vulnerability.title.empty() && taken + 14 < width_) {
      text += "  " + cut(printable(vulnerability.title), width_ - taken - 2);
    }
    while (text.ends_with(' ')) text.pop_back();
    line(text);
  }

  void suppressed(const Target& target) {
    const std::vector<Group> groups = group_by_source(target, true);
    if (groups.empty()) return;
    line("");
    line(style_.bold("suppressed"));
    for (const Group& group : groups) {
      for (const Vulnerability* row : group.rows) {
        std::string text =
            fmt::format("  {}  {}  {}", printable(row->id), printable(group.source), row->suppressed->by);
        if (!row->suppressed->reason.empty()) text += ": " + printable(row->suppressed->reason);
        if (!row->suppressed->expires.empty()) text += " (until " + row->suppressed->expires + ")";
        line(cut(text, width_));
      }
    }
  }

  void packages(const Target& target) {
    line("");
    line(style_.bold("packages"));
    std::size_t name = 0;
    for (const Package& package : target.packages)
      name = std::max(name, std::min<std::size_t>(36, display_width(package.name)));
    for (const Package& package : target.packages) {
      std::string text = fmt::format("  {}  {}", pad_right(printable(package.name), name), printable(package.version));
      if (!package.arch.empty()) text += "  " + printable(package.arch);
      if (package.source.name != package.name) text += "  from " + printable(package.source.name);
      line(cut(text, width_));
    }
  }

  void unevaluated(const Target& target) {
    if (target.unevaluated.empty()) return;
    line("");
    line(style_.bold("not evaluated"));
    const std::size_t shown =
        options_.verbose ? target.unevaluated.size() : std::min(target.unevaluated.size(), kShownUnevaluated);
    for (std::size_t i = 0; i < shown; ++i) {
      const std::string text =
          printable(target.unevaluated[i].subject) + ": " + printable(target.unevaluated[i].detail);
      line("  " + (options_.verbose ? paragraph(text, width_ - 2) : cut(text, width_ - 2)));
    }
    if (shown < target.unevaluated.size()) {
      line(style_.dim(
          fmt::format("  {} (--verbose shows them)", plural(target.unevaluated.size() - shown, "more", "more"))));
    }
  }

  void errors(const Target& target) {
    if (target.errors.empty()) return;
    line("");
    line(style_.bold("could not be read"));
    for (const Error& error : target.errors) line("  " + paragraph(printable(error.message()), width_ - 2));
  }

  void closing(const Target& target, const Counts& counts) {
    std::set<std::size_t> affected;
    for (const Vulnerability& vulnerability : target.vulnerabilities) {
      if (!vulnerability.suppressed) affected.insert(vulnerability.package);
    }
    std::vector<std::string> parts;
    if (counts.total != 0) {
      parts.push_back(fmt::format("{} in {} of {}", plural(counts.total, "vulnerability", "vulnerabilities"),
                                  with_thousands(affected.size()), plural(target.packages.size(), "package")));
    }
    if (counts.total != 0) parts.push_back(database_words());
    if (options_.seconds >= 0) parts.push_back(fmt::format("{:.2f} s", options_.seconds));
    if (!parts.empty()) line(wrapped(parts, " · ", width_));
  }

  const Report& report_;
  const ReportOptions& options_;
  Style style_;
  std::size_t width_;
  std::vector<Group> groups_;
  std::string out_;
};

}  // namespace

std::string render_terminal(const Report& report, const ReportOptions& options) {
  if (report.check) return render_findings(report, options);
  return TerminalReport(report, options).render();
}

}  // namespace oakum::report
