// `extends`: https://github.com/compose-spec/compose-spec/blob/main/05-services.md#extends
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "read/compose/paths.h"
#include "read/compose/project_loader.h"

namespace oakum::compose {

namespace {

std::string quoted(std::string_view text) { return "\"" + printable(text, 200) + "\""; }

const Value* service_of(const Value& document, std::string_view name) {
  const Value* services = document.find("services");
  return services == nullptr ? nullptr : services->find(name);
}

}  // namespace

void ProjectLoader::apply_extends(Value& document, const std::string& name) {
  Value* services = document.find("services");
  if (services == nullptr) return;
  std::vector<std::pair<std::size_t, Value>> resolved;
  for (std::size_t i = 0; i < services->members.size(); ++i) {
    const Entry& entry = services->members[i];
    if (entry.value.find("extends") == nullptr) continue;
    Steps steps;
    Value result;
    // What could not be read stays: the service may be more than what is here.
    if (resolve(document, name, entry.name, entry.value, steps, result)) {
      remove(result, "extends");
    } else {
      result = entry.value;
    }
    resolved.emplace_back(i, std::move(result));
  }
  for (auto& [place, value] : resolved) services->members[place].value = std::move(value);
}

std::string ProjectLoader::chain_text(const Steps& steps, const Step& last) const {
  std::string result;
  for (const Step& step : steps) result += quoted(step.service) + " (" + step.file + ") → ";
  return result + quoted(last.service) + " (" + last.file + ")";
}

// Once for each circle, whichever of its services is looked at.
void ProjectLoader::tell_circle(const Steps& steps, Steps::const_iterator first, const Step& last, const Value& asked) {
  if (circles_.insert(*std::min_element(first, steps.end())).second)
    context_.error(asked, "services extend each other in a circle: " + chain_text(steps, last));
}

bool ProjectLoader::resolve(const Value& document, const std::string& file, const std::string& name, const Value& asked,
                            Steps& steps, Value& result) {
  const Step step{file, name};
  if (const auto first = std::ranges::find(std::as_const(steps), step); first != steps.end()) {
    tell_circle(steps, first, step, asked);
    return false;
  }
  if (steps.size() >= kMaxLevels) {
    context_.error(asked, "more than 20 levels of extends: " + chain_text(steps, step), {}, ErrorCode::limit);
    return false;
  }
  const Value* service = service_of(document, name);
  if (service == nullptr) {
    context_.error(asked, "no service " + quoted(name) + " to extend in " + file, {}, ErrorCode::not_found);
    return false;
  }
  if (!context_.may_copy(*service)) return false;
  result = *service;
  const Value* extends = service->find("extends");
  if (extends == nullptr) return true;
  steps.push_back(step);
  Value base;
  const bool found = resolve_base(document, file, *extends, steps, base);
  steps.pop_back();
  if (!found) return false;
  remove(result, "extends");
  std::vector<Conflict> conflicts;
  const Span key = result.key;
  const Span span = result.span;
  const std::uint32_t source = result.source;
  result = merge(std::move(base), std::move(result), {"services", name}, conflicts);
  result.key = key;
  result.span = span;
  result.source = source;
  context_.conflicts(conflicts);
  return true;
}

bool ProjectLoader::resolve_base(const Value& document, const std::string& file, const Value& extends, Steps& steps,
                                 Value& base) {
  const Value* service = extends.is_scalar() ? &extends : extends.find("service");
  if (service == nullptr || !service->is_scalar()) {
    context_.error(extends, "\"extends\" names no service");
    return false;
  }
  const Value* other = extends.find("file");
  bool found = false;
  if (other == nullptr || !other->is_scalar()) {
    found = resolve(document, file, service->text, *service, steps, base);
  } else {
    const std::string path = resolve_path(context_.directory(other->source), other->text);
    const Value* root = extended_file(path, *other);
    found = root != nullptr && resolve(*root, path, service->text, *service, steps, base);
  }
  remove(base, "extends");
  drop_resets(base);
  return found;
}

const Value* ProjectLoader::extended_file(const std::string& path, const Value& asked) {
  const auto known = extended_.find(path);
  if (known != extended_.end()) return known->second.is_null() ? nullptr : &known->second;
  Value& place = extended_[path];
  if (!asked.known) {
    context_.error(asked, "the file to extend depends on a variable without a value");
  } else if (is_remote(path)) {
    context_.error(asked, "a remote file is not read", {}, ErrorCode::unsupported);
  } else if (auto documents = context_.file(path, directory_of(path), environment_, asked)) {
    std::vector<Conflict> conflicts;
    for (Value& document : *documents) {
      place = place.is_null() ? std::move(document) : merge(std::move(place), std::move(document), {}, conflicts);
    }
    context_.conflicts(conflicts);
  }
  return place.is_null() ? nullptr : &place;
}

}  // namespace oakum::compose
