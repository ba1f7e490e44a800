// `healthcheck:`, `restart:` and `logging:`.
#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "fix/write/compose_text.h"

namespace oakum::fix::compose {

namespace {

YamlValue test_of(const CommandLine& command) {
  YamlValue test = YamlValue::list({command.shell_form ? "CMD-SHELL" : "CMD"});
  for (const std::string& argument : command.arguments) test.items.emplace_back(escaped(argument));
  return test;
}

// What is found fault with where it stands is mended there, whoever uses it.
Shared shared_by(const Change& change) { return change.at ? Shared::allow : Shared::refuse; }

// The mapping `name` that a statement is in, else the service's own.
Place mapping_at(Text& text, const std::optional<Origin>& at, std::string_view name) {
  const auto place = at ? text.place(*at) : std::unexpected(Refusal{});
  if (!place) return text.key({name});
  Place whole = *place;
  const auto found = std::ranges::find(whole.path, YamlStep(name));
  if (found == whole.path.end()) return text.key({name});
  whole.path.erase(std::next(found), whole.path.end());
  return whole;
}

Done set_healthcheck(const Place& own, const HealthCheck& check, Shared shared) {
  const auto set = [&](std::string_view name, const YamlValue& value) {
    return own.editor->set(own.with({name}).path, value, shared);
  };
  if (auto done = own.editor->remove(own.with({"disable"}).path, own.path.size(), shared); !done) return done;
  if (check.disabled) return set("disable", YamlValue::boolean(true));
  if (auto done = set("test", test_of(check.test)); !done) return done;
  const std::pair<std::string_view, const std::string&> times[] = {{"interval", check.interval},
                                                                   {"timeout", check.timeout},
                                                                   {"start_period", check.start_period},
                                                                   {"start_interval", check.start_interval}};
  for (const auto& [name, value] : times) {
    if (value.empty()) continue;
    if (auto done = set(name, YamlValue(value)); !done) return done;
  }
  return check.retries ? set("retries", YamlValue::integer(*check.retries)) : Done();
}

Outcome write_healthcheck(Text& text, const Change& change) {
  if (change.act != Change::Act::remove) {
    const auto* check = std::get_if<HealthCheck>(&change.value);
    return check == nullptr ? Done(refuse("this is no health check"))
                            : set_healthcheck(mapping_at(text, change.at, "healthcheck"), *check, shared_by(change));
  }
  if (!change.at) return take_away(text.key({"healthcheck"}));
  const auto place = text.place(*change.at);
  return place ? take_away_stated(*place) : Done(std::unexpected(place.error()));
}

// `deploy.restart_policy` in words of its own.
Done set_restart_policy(const Place& condition, std::string_view policy) {
  Place all = condition;
  all.path.pop_back();
  const std::string_view name = next_field(policy, ':');
  const std::string_view word = name == "no" ? "none" : name == "on-failure" ? name : "any";
  if (auto done = check_no_variable(condition); !done) return done;
  if (auto done = condition.editor->set(condition.path, YamlValue(word), Shared::allow); !done) return done;
  if (policy.empty()) return {};
  return all.editor->set(all.with({"max_attempts"}).path, YamlValue::plain(std::string(policy)), Shared::allow);
}

Outcome write_restart(Text& text, const Change& change) {
  const Place own = text.key({"restart"});
  if (change.act == Change::Act::remove && !change.at) return take_away(own);
  const auto* policy = std::get_if<std::string>(&change.value);
  if (change.at) {
    const auto place = text.place(*change.at);
    if (!place) return Done(std::unexpected(place.error()));
    if (change.act == Change::Act::remove) return take_away(*place);
    if (policy != nullptr && place->path.back() == YamlStep("condition")) return set_restart_policy(*place, *policy);
  }
  if (policy == nullptr) return Done(refuse("this is no restart policy"));
  return put(text, change.at, own, YamlValue(*policy));
}

// `logging: *shared` is mended where the anchor is.
Place behind_alias(Place place) {
  const yaml::Node* node = place.node();
  if (node == nullptr || node->alias.empty()) return place;
  if (auto path = place.editor->path_of_anchor(node->alias.view())) place.path = std::move(*path);
  return place;
}

// Options of another driver would be none of this one's.
Done set_logging(const Place& own, const Logging& logging, const Field<Logging>& old, Shared shared) {
  const auto set = [&](std::initializer_list<YamlStep> below, std::string_view value) {
    const Place place = own.with(below);
    if (auto done = check_no_variable(place); !done) return done;
    return own.editor->set(place.path, YamlValue(escaped(value)), shared);
  };
  const Place driver = own.with({"driver"});
  const bool other = driver.node() != nullptr && driver.node()->text() != logging.driver && !logging.driver.empty();
  if (other) {
    if (auto done = check_no_variable(driver); !done) return done;
    const Place options = own.with({"options"});
    if (auto done = own.editor->remove(options.path, own.path.size(), shared); !done) return done;
  }
  if (other || (!logging.driver.empty() && driver.node() == nullptr)) {
    if (auto done = set({"driver"}, logging.driver); !done) return done;
  }
  for (const KeyValue& option : logging.options) {
    // As it is, with the variables that are in it.
    if (!other && old && std::ranges::find(old->options, option) != old->options.end()) continue;
    if (auto done = set({"options", option.key}, option.value); !done) return done;
  }
  return {};
}

Outcome write_logging(Text& text, const Change& change) {
  if (change.act != Change::Act::remove) {
    const auto* logging = std::get_if<Logging>(&change.value);
    return logging == nullptr ? Done(refuse("this is no logging driver"))
                              : set_logging(behind_alias(mapping_at(text, change.at, "logging")), *logging,
                                            text.workload().logging, shared_by(change));
  }
  if (!change.at) return take_away(text.key({"logging"}));
  const auto place = text.place(*change.at);
  return place ? take_away(*place) : Done(std::unexpected(place.error()));
}

}  // namespace

Outcome write_life(Text& text, const Change& change) {
  if (change.key == Key::healthcheck) return write_healthcheck(text, change);
  if (change.key == Key::restart) return write_restart(text, change);
  if (change.key == Key::logging) return write_logging(text, change);
  return std::nullopt;
}

}  // namespace oakum::fix::compose
