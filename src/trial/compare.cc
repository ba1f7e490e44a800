#include "trial/compare.h"

#include <algorithm>
#include <set>

namespace oakum::trial {

namespace {

class Comparison {
 public:
  Comparison(const Observation& before, const Observation& after) : before_(before), after_(after) {}

  std::vector<Regression> result() {
    if (!before_.tried || !after_.tried) return {};
    if (before_.failure.empty() && !after_.failure.empty()) {
      add("does not start: " + after_.failure);
      return std::move(found_);
    }
    if (!before_.failure.empty()) return {};
    compare_state();
    compare_ports();
    compare_probes();
    compare_errors();
    return std::move(found_);
  }

 private:
  void add(std::string what) { found_.push_back({before_.service, before_.subject, std::move(what), new_error()}); }

  // The first line of the log that was not there before: most often the cause.
  std::string new_error() const {
    for (const ErrorLine& line : after_.errors) {
      if (is_new(line)) return line.text;
    }
    return {};
  }

  // Times and numbers differ from run to run; what was tried on which path does not.
  bool is_new(const ErrorLine& line) const {
    return std::ranges::none_of(before_.errors, [&](const ErrorLine& known) {
      return known.text == line.text ||
             (known.kind == line.kind && known.path == line.path && known.capabilities == line.capabilities);
    });
  }

  void compare_state() {
    if (before_.state == "running" && after_.state != "running") {
      add(after_.out_of_memory
              ? "was killed: out of memory"
              : (after_.state == "restarting" ? "restarts again and again, status " : "exits, status ") +
                    std::to_string(after_.exit_code));
    } else if (before_.state != "running" && after_.state != "running" && before_.exit_code == 0 &&
               after_.exit_code != 0) {
      add("ends with status " + std::to_string(after_.exit_code) + " instead of 0");
    } else if (after_.restarts > before_.restarts) {
      add("was restarted " + std::to_string(after_.restarts) + " times");
    }
    if (before_.health == "healthy" && !after_.health.empty() && after_.health != "healthy" &&
        after_.state == "running")
      add("is " + (after_.health == "starting" ? std::string("not healthy in time") : after_.health));
  }

  void compare_ports() {
    if (after_.cut_off && !before_.cut_off)
      found_.push_back({before_.service, before_.subject, "publishes no port: all its networks are internal", {}});
    if (!before_.ports || !after_.ports || after_.state != "running") return;
    for (const ListeningPort& port : *before_.ports) {
      if (!std::ranges::binary_search(*after_.ports, port))
        add("does not listen on " + port.protocol + " " + std::to_string(port.port));
    }
  }

  void compare_probes() {
    for (const ProbeResult& was : before_.probes) {
      const auto is = std::ranges::find(after_.probes, was.text, &ProbeResult::text);
      if (was.passed && (is == after_.probes.end() || !is->passed))
        add("probe \"" + was.text + "\" fails: " + (is == after_.probes.end() ? "not asked" : is->said));
    }
  }

  void compare_errors() {
    std::set<std::string> told;
    const std::string cause = found_.empty() ? std::string() : found_.front().cause;
    for (const ErrorLine& line : after_.errors) {
      if (is_new(line) && line.text != cause && told.insert(line.kind + line.path).second)
        found_.push_back({before_.service, before_.subject, "logs what it did not before", line.text});
    }
  }

  const Observation& before_;
  const Observation& after_;
  std::vector<Regression> found_;
};

}  // namespace

std::vector<Regression> compare_service(const Observation& before, const Observation& after) {
  return Comparison(before, after).result();
}

fix::Needs wants_after(const Observation& before, const Observation& after) {
  fix::Needs wants = after.wants;
  const bool read_only =
      std::ranges::any_of(after.errors, [](const ErrorLine& line) { return line.kind == "read-only"; });
  if (read_only && wants.written.empty()) wants.written = before.written;
  return wants;
}

std::vector<Regression> compare(const Side& before, const Side& after) {
  std::vector<Regression> all;
  for (const Observation& was : before.services) {
    const auto is = std::ranges::find(after.services, was.service, &Observation::service);
    if (is == after.services.end()) {
      all.push_back({was.service, was.subject, "is not there any more", {}});
      continue;
    }
    auto found = compare_service(was, *is);
    all.insert(all.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }
  return all;
}

}  // namespace oakum::trial
