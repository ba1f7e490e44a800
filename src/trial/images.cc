#include "trial/images.h"

#include <chrono>

#include "base/digest.h"
#include "base/text.h"
#include "trial/build_context.h"
#include "trial/classic_dockerfile.h"
#include "trial/identity.h"

namespace oakum::trial {

namespace {

using net::Json;
using Clock = std::chrono::steady_clock;

Client::Query build_query(const Dockerfile& file, const Workload& workload, const std::string& trial) {
  Json arguments = Json::object();
  for (const auto& [name, value] : file.build_args) arguments[name] = value;
  Client::Query query{{"dockerfile", kDockerfileName},
                      {"rm", "1"},
                      {"forcerm", "1"},
                      {"buildargs", arguments.dump(-1, ' ', false, Json::error_handler_t::replace)},
                      {"labels", Json{{kLabel, trial}}.dump()}};
  if (!file.target.empty()) query.emplace_back("target", file.target);
  if (workload.build && !workload.build->network.empty()) query.emplace_back("networkmode", workload.build->network);
  return query;
}

// A service may run what another one builds: both name the image.
const Service* builder_of(const Project& project, const Service& service) {
  if (service.dockerfile || !service.workload.image) return &service;
  for (const Service& other : project.services) {
    if (other.dockerfile && other.workload.image && other.workload.image->text == service.workload.image->text)
      return &other;
  }
  return &service;
}

}  // namespace

Result<std::string> Images::image_of(const Project& project, const Service& service, const check::Texts& texts,
                                     std::vector<std::string>& notes) {
  const auto began = Clock::now();
  const Service* builder = builder_of(project, service);
  auto id = builder->dockerfile ? build(project, *builder, texts, notes) : find_or_pull(service.workload.image->text);
  seconds_ += std::chrono::duration<double>(Clock::now() - began).count();
  return id;
}

Result<std::string> Images::build(const Project& project, const Service& service, const check::Texts& texts,
                                  std::vector<std::string>& notes) {
  const Dockerfile& file = project.subjects.dockerfiles[*service.dockerfile];
  const Source* source = project.subjects.source(file.source);
  if (source == nullptr) return fail(ErrorCode::internal, service.workload.name, "its Dockerfile has no text");
  const ClassicDockerfile classic = for_classic_builder(file, source->text, std::string(kLabel) + "=" + trial_);
  for (const std::string& words : classic.taken_out) notes.push_back("built without \"" + printable(words, 200) + "\"");
  if (!classic.cannot.empty()) {
    return fail(ErrorCode::unsupported, source->name,
                "\"" + printable(classic.cannot, 200) +
                    "\" needs BuildKit, and a trial builds with the engine's classic builder");
  }
  OAKUM_TRY(const std::string tar, pack_context(file, classic.text, texts));
  const Client::Query query = build_query(file, service.workload, trial_);
  std::string key = Digest::sha256_of(tar).text();
  for (const auto& [name, value] : query) key += "\n" + name + "=" + value;
  if (const auto known = built_.find(key); known != built_.end()) return known->second;
  OAKUM_TRY(std::string id, client_.build(tar, query));
  built_[key] = id;
  return id;
}

Result<std::string> Images::find_or_pull(const std::string& name) {
  const std::string path = "/images/" + percent_encoded(name, "/:@") + "/json";
  auto found = client_.get(path);
  if (!found && found.error().code == ErrorCode::not_found) {
    const ImageReference reference = parse_image_reference(name);
    const bool complete = !reference.tag.empty() || !reference.digest.empty();
    OAKUM_CHECK(client_.pull(complete ? name : name + ":latest"));
    found = client_.get(path);
  }
  if (!found) return std::unexpected(std::move(found.error()));
  return net::string_member(*found, "Id");
}

}  // namespace oakum::trial
