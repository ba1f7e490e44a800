#include "fix/write/quadlet.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "fix/kit/text.h"
#include "fix/write/run_values.h"
#include "fix/write/statements.h"

namespace oakum::fix {

namespace {

using Done = std::expected<void, Refusal>;

// Flags of podman run that [Container] has a key for; others go to PodmanArgs=.
constexpr std::pair<std::string_view, std::string_view> kKeys[] = {
    {"--cap-add", "AddCapability"},
    {"--cap-drop", "DropCapability"},
    {"--env", "Environment"},
    {"--health-cmd", "HealthCmd"},
    {"--health-interval", "HealthInterval"},
    {"--init", "RunInit"},
    {"--log-driver", "LogDriver"},
    {"--pids-limit", "PidsLimit"},
    {"--publish", "PublishPort"},
    {"--pull", "Pull"},
    {"--read-only", "ReadOnly"},
    {"--tmpfs", "Tmpfs"},
    {"--user", "User"},
    {"--volume", "Volume"},
};

std::string entry_of(std::string_view flag) {
  if (flag == "--security-opt=no-new-privileges") return "NoNewPrivileges=true";
  const auto equals = flag.find('=');
  const auto* key =
      std::ranges::find(kKeys, flag.substr(0, equals), &std::pair<std::string_view, std::string_view>::first);
  if (key == std::end(kKeys)) return "PodmanArgs=" + std::string(flag);
  return std::string(key->second) + "=" +
         std::string(equals == std::string_view::npos ? "true" : flag.substr(equals + 1));
}

class QuadletWriter {
 public:
  QuadletWriter(const Source& source, const Workload& workload)
      : source_(source), text_(source.text), workload_(workload) {}

  Written write(const std::vector<Change>& changes) {
    for (const Change& change : changes) {
      if (Done done = take(change); !done) return std::unexpected(std::move(done.error()));
    }
    if (!added_.empty()) edits_.push_back(insert(source_, end_of_section(), lead_ + added_));
    return std::move(edits_);
  }

 private:
  // Behind the last line of [Container] that says something.
  std::size_t end_of_section() {
    std::size_t at = line_end(text_, workload_.origin.span.begin);
    std::size_t end = at;
    bool continued = false;
    while (at < text_.size()) {
      const std::size_t next = line_end(text_, at);
      std::string_view line = text_.substr(at, next - at);
      while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
      if (line.starts_with('[') && !continued) break;
      continued = line.ends_with('\\');
      const bool comment = line.starts_with('#') || line.starts_with(';');
      if (!line.empty() && !comment) end = next;
      at = next;
    }
    if (end == text_.size() && !text_.ends_with('\n')) lead_ = line_end_of(text_);
    return end;
  }

  Done take(const Change& change) {
    const std::optional<Origin> stated = change.at ? change.at : where_stated(workload_, change.key);
    if (change.act == Change::Act::remove) return stated ? drop(*stated) : Done(refuse("it is not stated here"));
    if (change.key == Key::image || (change.act == Change::Act::set && stated && stated->source == source_.number))
      return set(change.key == Key::image ? workload_.image.origin() : *stated, change);
    const std::vector<std::string> flags = flags_of(change);
    if (flags.empty()) return refuse("a quadlet cannot say it");
    for (const std::string& flag : flags) put(entry_of(flag));
    return {};
  }

  void put(const std::string& entry) {
    const bool last_line_open = !text_.ends_with('\n') && end_of_section() == text_.size();
    const std::string_view end = line_end_of(text_);
    added_ += last_line_open && !added_.empty() ? std::string(end) + entry : entry;
    if (!last_line_open) added_ += end;
  }

  // The line's own value alone: an entry with several words keeps the others.
  Done drop(const Origin& at) {
    const std::size_t begin = line_begin(text_, at.span.begin);
    const std::size_t end = line_end(text_, at.span.end);
    const auto equals = text_.find('=', begin);
    if (at.source != source_.number || equals == std::string_view::npos || equals > at.span.begin)
      return refuse("it does not stand in a line of its own: take it out by hand");
    const std::string_view key = text_.substr(begin, equals - begin);
    if (key == "PodmanArgs" ||
        text_.substr(at.span.begin, end - at.span.begin).find_first_of(" \t\\") != std::string_view::npos ||
        text_.substr(equals + 1, at.span.begin - equals - 1).find_first_not_of(" \t\"'") != std::string_view::npos)
      return refuse("its line says more than this: take it out by hand");
    edits_.push_back(remove(source_, begin, end));
    return {};
  }

  Done set(const Origin& at, const Change& change) {
    if (const auto* yes = std::get_if<bool>(&change.value)) {
      edits_.push_back(replace(source_, at.span.begin, at.span.end, *yes ? "true" : "false"));
      return {};
    }
    const std::string old(text_.substr(at.span.begin, at.span.end - at.span.begin));
    const std::string changed =
        change.key == Key::image ? std::get<std::string>(change.value) : changed_value(change, old);
    if (changed.empty()) return drop(at);
    if (changed != old) edits_.push_back(replace(source_, at.span.begin, at.span.end, changed));
    return {};
  }

  const Source& source_;
  const std::string_view text_;
  const Workload& workload_;
  std::string lead_, added_;
  std::vector<Edit> edits_;
};

}  // namespace

bool is_quadlet(const Source& source, const Workload& workload) {
  const Span& span = workload.origin.span;
  return span.end <= source.text.size() && source.text.compare(span.begin, span.end - span.begin, "[Container]") == 0;
}

Written write_quadlet(const Source& source, const Workload& workload, const std::vector<Change>& changes) {
  return QuadletWriter(source, workload).write(changes);
}

}  // namespace oakum::fix
