#include "check/unit.h"

#include "base/fd.h"
#include "check/context.h"
#include "read/compose/compose.h"
#include "read/dockerfile/dockerfile.h"
#include "read/engine/engine.h"
#include "read/kubernetes/kubernetes.h"
#include "read/runcmd/env_files.h"
#include "read/runcmd/runcmd.h"

namespace oakum::check {

namespace {

// What stands in a file, or is to be taken for it.
Result<std::string> text_of(const std::string& path, const ReadOptions& options) {
  if (options.texts != nullptr) {
    if (const auto text = options.texts->find(path); text != options.texts->end()) return text->second;
  }
  return read_file(path, kMaxFileBytes);
}

// Files as Compose asks for them.
class ComposeFiles final : public compose::Files {
 public:
  explicit ComposeFiles(const ReadOptions& options) : options_(options) {}
  Result<std::string> read(const std::string& path) const override { return text_of(path, options_); }

 private:
  const ReadOptions& options_;
};

std::string directory_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash == 0 ? 1 : slash);
}

// What could not be read was not judged either: never a pass. What the builder alone refuses is a rule's to tell.
void tell_problems(const std::string& name, const Dockerfile& file, Subjects& subjects) {
  for (const SyntaxProblem& problem : file.problems) {
    if (!problem.unread) continue;
    subjects.errors.push_back(
        {ErrorCode::invalid,
         name + ":" + std::to_string(problem.span.line) + ":" + std::to_string(problem.span.column),
         problem.message,
         {}});
  }
}

void look_around(const std::string& directory, const std::string& name, const ReadOptions& options, Subjects& subjects,
                 Dockerfile& file) {
  auto text = look_at_context(directory, name, options.contexts, options.texts, file);
  if (text) file.ignore_source = subjects.add_source(file.ignore_file, std::move(*text));
}

void read_dockerfile(const std::string& name, std::string text, const ReadOptions& options, Subjects& subjects) {
  const std::uint32_t number = subjects.add_source(name, std::move(text));
  Dockerfile file = dockerfile::read(subjects.sources.back().text, number, {options.build_args, options.target});
  if (options.context) look_around(directory_of(name), name, options, subjects, file);
  tell_problems(name, file, subjects);
  subjects.dockerfiles.push_back(std::move(file));
}

void read_compose(const std::vector<compose::Input>& inputs, const ReadOptions& options, Subjects& subjects) {
  const std::size_t first = subjects.dockerfiles.size();
  compose::read(inputs, ComposeFiles(options), {.environment = options.environment}, subjects);
  if (!options.context) return;
  for (std::size_t i = first; i < subjects.dockerfiles.size(); ++i) {
    Dockerfile& file = subjects.dockerfiles[i];
    const Source* source = subjects.source(file.source);
    if (file.context.empty() || source == nullptr) continue;
    look_around(file.context, std::string(source->name), options, subjects, file);
  }
}

void read_run_lines(const std::string& name, const std::string& text, const ReadOptions& options, Subjects& subjects) {
  const std::size_t first = subjects.workloads.size();
  runcmd::read(name, text, runcmd::carrier_of(name, text), subjects);
  const auto read = [&](const std::string& path) { return text_of(path, options); };
  runcmd::read_env_files(read, directory_of(name), first, subjects);
}

void read_rendered(const Result<std::string>& rendered, const std::string& name, Subjects& subjects) {
  if (rendered) {
    const std::size_t first = subjects.sources.size();
    kubernetes::read(name, *rendered, subjects);
    for (std::size_t i = first; i < subjects.sources.size(); ++i) subjects.sources[i].derived = true;
  } else if (rendered.error().code == ErrorCode::not_found) {
    const std::uint32_t number = subjects.add_source(name, {});
    subjects.not_evaluated.push_back(
        {"kubernetes", name, rendered.error().message(), Origin{Surface::kubernetes, number, {}, {}}});
  } else {
    subjects.errors.push_back(rendered.error());
  }
}

}  // namespace

TargetKind target_kind(FileKind kind) {
  switch (kind) {
    case FileKind::compose:
      return TargetKind::compose;
    case FileKind::kubernetes:
    case FileKind::kustomization:
    case FileKind::helm_chart:
      return TargetKind::kubernetes;
    case FileKind::run_lines:
      return TargetKind::run_command;
    case FileKind::inspect:
      return TargetKind::container;
    case FileKind::dockerfile:
    case FileKind::none:
    case FileKind::unknown:
      return TargetKind::dockerfile;
  }
  return TargetKind::dockerfile;
}

void read_text(FileKind kind, const std::string& name, std::string text, const ReadOptions& options,
               Subjects& subjects) {
  switch (kind) {
    case FileKind::dockerfile:
      return read_dockerfile(name, std::move(text), options, subjects);
    case FileKind::compose:
      return read_compose({{name, std::move(text)}}, options, subjects);
    case FileKind::kubernetes:
      return kubernetes::read(name, text, subjects);
    case FileKind::kustomization:
      return read_rendered(kubernetes::render_kustomization(directory_of(name)), name, subjects);
    case FileKind::helm_chart:
      return read_rendered(kubernetes::render_helm_chart(directory_of(name)), name, subjects);
    case FileKind::run_lines:
      return read_run_lines(name, text, options, subjects);
    case FileKind::inspect:
      return engine::read_inspect(name, text, subjects);
    case FileKind::none:
    case FileKind::unknown:
      break;
  }
}

FileKind read_unit(Unit& unit, FileKind kind, const ReadOptions& options) {
  if (unit.paths.empty()) {
    read_text(kind, unit.name, std::move(unit.text), options, unit.subjects);
    return kind;
  }
  std::vector<compose::Input> inputs;
  for (const std::string& path : unit.paths) {
    auto text = text_of(path, options);
    if (!text) {
      unit.subjects.errors.push_back(std::move(text.error()));
      return kind;
    }
    inputs.push_back({path, std::move(*text)});
  }
  if (kind == FileKind::unknown) {
    kind = detect(inputs.front().name, inputs.front().text, false);
    unit.kind = target_kind(kind);
  }
  if (kind == FileKind::compose) {
    read_compose(inputs, options, unit.subjects);
  } else if (kind != FileKind::none) {
    for (compose::Input& input : inputs) read_text(kind, input.name, std::move(input.text), options, unit.subjects);
  }
  return kind;
}

}  // namespace oakum::check
