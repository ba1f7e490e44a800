#include "fix/write/compose_text.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "fix/kit/text.h"
#include "fix/write/statements.h"

namespace oakum::fix::compose {

namespace {

const ComposeProject* project_of(const Subjects& subjects, const Workload& workload) {
  const auto index = static_cast<std::size_t>(&workload - subjects.workloads.data());
  const auto found = std::ranges::find_if(subjects.projects, [&](const ComposeProject& project) {
    return std::ranges::find(project.services, index) != project.services.end();
  });
  return found == subjects.projects.end() ? nullptr : &*found;
}

std::string normal(const std::filesystem::path& path) { return path.lexically_normal().string(); }

// The files whose services that one extends, and those it includes.
void add_bases(const std::string& name, const yaml::Node& root, std::set<std::string>& bases) {
  const std::filesystem::path directory = std::filesystem::path(name).parent_path();
  const auto add = [&](const yaml::Node* path) {
    if (path == nullptr) return;
    for (const std::string& text : path->strings()) bases.insert(normal(directory / text));
  };
  if (const yaml::Node* services = root.find("services")) {
    for (const yaml::Member& service : services->members) {
      if (const yaml::Node* extends = service.value.find("extends")) add(extends->find("file"));
    }
  }
  if (const yaml::Node* include = root.find("include")) {
    add(include);
    for (const yaml::Node& item : include->items) add(item.find("path"));
  }
}

const yaml::Node* service_in(const yaml::Documents& documents, const std::string& name) {
  for (const yaml::Node& root : documents.roots) {
    const yaml::Node* services = root.find("services");
    if (services != nullptr && services->member(name) != nullptr) return services->find(name);
  }
  return nullptr;
}

// From the first file that states the service on: those merged onto it. Not those it extends, which hold others'
// statements too.
std::vector<std::uint32_t> own_sources(const Subjects& subjects, ParsedTexts& texts, const Workload& workload,
                                       const ComposeProject* project) {
  std::vector<std::uint32_t> result{workload.origin.source};
  if (project == nullptr || project->sources.size() < 2) return result;
  std::set<std::string> bases;
  std::vector<std::uint32_t> defining;
  for (const std::uint32_t number : project->sources) {
    const Source* source = subjects.source(number);
    const auto parsed = source == nullptr ? std::unexpected(Error{}) : texts.whole(*source);
    if (!parsed) continue;
    const yaml::Documents& documents = (*parsed)->documents;
    for (const yaml::Node& root : documents.roots) add_bases(source->name, root, bases);
    if (!source->derived && service_in(documents, workload.name) != nullptr) defining.push_back(number);
  }
  auto from = std::ranges::find(defining, workload.origin.source);
  for (; from != defining.end(); ++from) {
    if (*from == workload.origin.source || bases.contains(normal(subjects.source(*from)->name))) continue;
    result.push_back(*from);
  }
  return result;
}

// The first byte of the service in a file that is merged onto another.
std::size_t offset_in(ParsedTexts& texts, const Source& source, const std::string& name) {
  const auto parsed = texts.whole(source);
  const yaml::Node* service = parsed ? service_in((*parsed)->documents, name) : nullptr;
  return service == nullptr ? 0 : service->span.begin;
}

}  // namespace

Place Place::with(std::initializer_list<YamlStep> below) const {
  Place place = *this;
  place.path.insert(place.path.end(), below.begin(), below.end());
  return place;
}

std::expected<Text, Refusal> Text::open(const Subjects& subjects, ParsedTexts& texts, const Workload& workload) {
  Text text;
  text.subjects_ = &subjects;
  text.texts_ = &texts;
  text.workload_ = &workload;
  text.service_ = {"services", workload.name};
  text.own_ = own_sources(subjects, texts, workload, project_of(subjects, workload));
  for (const std::uint32_t number : text.own_) {
    const Source* source = subjects.source(number);
    if (source == nullptr) return refuse("its text is not at hand");
    const bool first = number == workload.origin.source;
    const std::size_t offset = first ? workload.origin.span.begin : offset_in(texts, *source, workload.name);
    const auto editor = text.editor(number, offset);
    if (!editor) return std::unexpected(editor.error());
    if ((*editor)->find(text.service_) == nullptr) return refuse("the service is not in \"" + source->name + "\"");
  }
  return text;
}

std::expected<YamlEditor*, Refusal> Text::editor(std::uint32_t number, std::size_t offset) {
  if (const auto found = editors_.find(number); found != editors_.end()) return &found->second;
  const Source* source = subjects_->source(number);
  if (source == nullptr || source->text.empty()) return refuse("its text is not at hand");
  if (source->derived)
    return refuse("\"" + source->name + "\" was made by another program: change what it is made from");
  auto editor = YamlEditor::open(texts_->whole(*source), offset);
  if (!editor) return std::unexpected(std::move(editor.error()));
  return &editors_.emplace(number, std::move(*editor)).first->second;
}

Place Text::key(std::initializer_list<YamlStep> below) {
  Place place = Place{&editors_.at(own_.front()), service_}.with(below);
  const Place top = Place{nullptr, service_}.with({*below.begin()});
  for (const std::uint32_t number : own_) {
    YamlEditor& editor = editors_.at(number);
    if (editor.find(top.path) != nullptr) place.editor = &editor;
  }
  return place;
}

std::expected<Place, Refusal> Text::place(const Origin& at) {
  const auto opened = editor(at.source, at.span.begin);
  if (!opened) return std::unexpected(opened.error());
  YamlEditor* found = *opened;
  auto path = found->path_of(at.span);
  if (!path || path->size() < 2) return refuse("it is stated in a way that cannot be edited");
  return Place{found, std::move(*path)};
}

bool Text::is_shared_by_others(Key key, const Origin& at) const {
  const auto image = [](const Workload& one) { return one.image ? one.image->text : std::string(); };
  return std::ranges::any_of(subjects_->workloads, [&](const Workload& other) {
    const auto place = where_stated(other, key);
    return place && place->source == at.source && place->span == at.span && image(other) != image(*workload_);
  });
}

std::vector<Edit> Text::edits() const {
  std::vector<Edit> result;
  for (const auto& [number, editor] : editors_) std::ranges::move(editor.edits(), std::back_inserter(result));
  return result;
}

Done take_away(const Place& place) {
  // A service stays, also an empty one; and so does what has an anchor, which others name.
  const bool in_service = place.path.size() > 2 && place.path.front() == YamlStep("services");
  return place.editor->remove(place.path, in_service ? 2 : place.path.size() - 1, Shared::allow);
}

Done check_no_variable(const Place& place) {
  const yaml::Node* node = place.node();
  if (node == nullptr) return {};
  const std::string_view text = node->text();
  for (std::size_t i = text.find('$'); i != std::string_view::npos; i = text.find('$', i + 1)) {
    if (text.substr(i).starts_with("$$")) {
      ++i;
      continue;
    }
    return refuse("\"" + std::string(text) + "\" comes from a variable: change that, or write the value out here");
  }
  return {};
}

Done take_away_stated(const Place& place) {
  if (auto done = check_no_variable(place); !done) return done;
  return take_away(place);
}

Done check_no_reset(const Place& place) {
  const yaml::Node* node = place.node();
  if (node == nullptr || node->tag.view() != "!reset") return {};
  return refuse("\"" + std::string(place.key()) +
                "\" is taken back by !reset, and so would be what is added: take that out");
}

Done put(Text& text, const std::optional<Origin>& at, const Place& own, const YamlValue& value) {
  if (!at) return own.editor->set(own.path, value);
  const auto place = text.place(*at);
  if (!place) return std::unexpected(place.error());
  if (auto done = check_no_variable(*place); !done) return done;
  return place->editor->set(place->path, value, Shared::allow);
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '$' ? std::string("$$") : std::string(1, c);
  return result;
}

}  // namespace oakum::fix::compose
