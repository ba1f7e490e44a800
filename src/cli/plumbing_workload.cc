#include "cli/plumbing_workload.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/fd.h"
#include "base/text.h"
#include "cli/check_targets.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/workload_json.h"
#include "read/image/facts.h"
#include "read/image/target.h"
#include "read/runcmd/runcmd.h"

namespace oakum::cli {

namespace {

using Json = nlohmann::ordered_json;

Json error_json(const Error& error) {
  return {{"path", error.what}, {"message", error.message()}, {"code", to_string(error.code)}};
}

// A bare name, which `check` would take for an image and ask a registry for.
bool is_bare(const std::string& target) {
  if (target == "-" || target == "containers" || target.starts_with('.') || target.starts_with('/')) return false;
  if (path_exists(target) || target.starts_with("container:") || target.starts_with("image:")) return false;
  if (target.find(' ') != std::string::npos && runcmd::mentions_run(target)) return false;
  const auto parsed = image::parse_target(target);
  return parsed && parsed->scheme == image::Scheme::none;
}

// What an image says of the containers that are made from it.
Workload workload_of(const ImageFacts& image) {
  const Origin origin{.surface = Surface::image, .source = image.origin.source};
  const ImageConfig& config = image.image.config;
  Workload workload;
  workload.surface = Surface::image;
  workload.name = image.name;
  workload.subject = "image \"" + printable(image.name, 200) + "\"";
  workload.origin = origin;
  workload.image.state(parse_image_reference(image.name), origin);
  if (!config.entrypoint.empty()) workload.entrypoint.state({.arguments = config.entrypoint}, origin);
  if (!config.cmd.empty()) workload.command.state({.arguments = config.cmd}, origin);
  if (!config.working_dir.empty()) workload.working_dir.state(config.working_dir, origin);
  if (!config.user.empty()) workload.user.state(config.user.substr(0, config.user.find(':')), origin);
  if (const auto colon = config.user.find(':'); colon != std::string::npos)
    workload.group.state(config.user.substr(colon + 1), origin);
  for (std::string_view entry : config.env) {
    const std::string name(next_field(entry, '='));
    workload.environment.add({.name = name, .value = std::string(entry), .reference = {}}, origin);
  }
  for (const auto& [key, value] : config.labels) workload.labels.add({key, value}, origin);
  for (const std::string& volume : config.volumes) workload.mounts.add({.type = "volume", .target = volume}, origin);
  if (image.healthcheck) workload.healthcheck.state(*image.healthcheck, origin);
  if (!image.stop_signal.empty()) workload.stop_signal.state(image.stop_signal, origin);
  return workload;
}

Json document_of(Json workloads, Json errors) {
  return {{"workloads", std::move(workloads)}, {"errors", std::move(errors)}};
}

int print_document(const Json& document) {
  if (auto status = print(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"); !status) {
    complain(status.error());
    return kCouldNot;
  }
  return document["errors"].empty() ? kClean : kCouldNot;
}

// Of an image in a store of this machine. Only what names its registry (registry:NAME) is fetched from one.
int show_local_image(const std::string& name) {
  auto facts = image::find_local_image(parse_image_reference(name), {}, false);
  if (!facts) {
    const Error error{ErrorCode::not_found, printable(name, 200),
                      "there is no such file, and no engine or store on this machine has an image of that name",
                      "give a path, container:NAME, or registry:NAME to fetch the image"};
    return print_document(document_of(Json::array(), Json::array({error_json(error)})));
  }
  Subjects subjects;
  facts->origin.source = subjects.add_source(name, {});
  return print_document(document_of(Json::array({workload_json(workload_of(*facts), subjects)}), Json::array()));
}

}  // namespace

int plumbing_workload(const std::string& path) {
  if (is_bare(path)) return show_local_image(path);
  CheckArguments arguments;
  arguments.targets = {path};
  CheckTargets targets = gather(arguments);
  Json workloads = Json::array();
  Json errors = Json::array();
  for (const Error& error : targets.errors) errors.push_back(error_json(error));
  std::uint32_t index = 0;
  for (check::Pending& pending : targets.pending) {
    Subjects& subjects = pending.unit.subjects;
    if (pending.kind != check::FileKind::none) {
      subjects.first_source = index * check::kSourcesPerUnit;
      check::read_unit(pending.unit, pending.kind, {});
    }
    ++index;
    for (const Workload& workload : subjects.workloads) workloads.push_back(workload_json(workload, subjects));
    for (const ImageFacts& image : subjects.images) workloads.push_back(workload_json(workload_of(image), subjects));
    for (const Error& error : subjects.errors) errors.push_back(error_json(error));
  }
  return print_document(document_of(std::move(workloads), std::move(errors)));
}

}  // namespace oakum::cli
