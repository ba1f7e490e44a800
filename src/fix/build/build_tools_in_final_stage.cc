#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fix/build/accounts.h"
#include "fix/build/artefact.h"
#include "fix/build/chain.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"
#include "fix/kit/text.h"
#include "model/image_reference.h"

namespace oakum::fix::build {

namespace {

// Says how the image is run, and so belongs into the last stage.
bool is_about_running(const Instruction& one) {
  constexpr std::array kKinds = {InstructionKind::cmd,   InstructionKind::entrypoint,  InstructionKind::expose,
                                 InstructionKind::label, InstructionKind::stopsignal,  InstructionKind::volume,
                                 InstructionKind::user,  InstructionKind::healthcheck, InstructionKind::env};
  return std::ranges::find(kKinds, one.kind) != kKinds.end();
}

// A RUN behind the build that only makes an account or directories for it: a number needs none.
bool only_makes_accounts(const Instruction& run) {
  constexpr std::array<std::string_view, 7> kPrograms = {"addgroup", "adduser", "chown",  "groupadd",
                                                         "install",  "mkdir",   "useradd"};
  return run.kind == InstructionKind::run && run.script && !run.script->commands.empty() &&
         std::ranges::all_of(run.script->commands, [&](const shell::Command& command) {
           return std::ranges::find(kPrograms, command.name()) != kPrograms.end();
         });
}

bool is_for_building(std::string_view variable) {
  constexpr std::array<std::string_view, 11> kStarts = {"CARGO", "CGO",  "DEBIAN_", "GO",   "GRADLE", "MAVEN",
                                                        "MVN",   "NPM_", "PIP_",    "RUST", "YARN_"};
  return std::ranges::any_of(kStarts, [&](std::string_view start) { return variable.starts_with(start); });
}

bool all_for_building(const Instruction& env) {
  return std::ranges::all_of(env.assignments, [](const Assignment& one) { return is_for_building(one.key.value); });
}

std::string raw_lines(const Place& place, const Instruction& one) {
  std::string text(place.raw(one.span));
  std::erase(text, '\r');
  return text;
}

// How the instructions are shared out between both stages.
struct Shared {
  std::vector<std::string> lines;             // of the last stage, of instructions that stand before the build
  std::vector<const Instruction*> gone;       // those, and accounts
  const Instruction* first_behind = nullptr;  // the first that stays where it is, in the last stage
  std::string user;                           // as USER says; "" none
};

std::expected<Shared, Refusal> share_out(const Place& place, const Artefact& artefact) {
  Shared shared;
  for (const Instruction& one : instructions_of(*place.file, *place.stage)) {
    if (&one == artefact.run || one.kind == InstructionKind::from) continue;
    const bool behind = one.span.begin > artefact.run->span.begin;
    if (one.kind == InstructionKind::user) shared.user = one.arguments.empty() ? "" : one.arguments.front().value;
    if (behind && (artefact.goes_on || is_about_running(one))) {
      if (shared.first_behind == nullptr) shared.first_behind = &one;
    } else if (behind && only_makes_accounts(one)) {
      shared.gone.push_back(&one);
    } else if (behind) {
      return refuse("line " + std::to_string(one.span.line) +
                    " does something behind the build: write a second FROM by hand, and share it out");
    } else if (is_about_running(one) && one.kind != InstructionKind::user &&
               !(one.kind == InstructionKind::env && all_for_building(one))) {
      if (place.raw(one.span).find('$') != std::string_view::npos)
        return refuse("line " + std::to_string(one.span.line) + " depends on a variable: write a second FROM by hand");
      shared.lines.push_back(raw_lines(place, one));
      if (one.kind != InstructionKind::env) shared.gone.push_back(&one);  // the build may need it
    }
  }
  return shared;
}

bool needs_shell(const Place& place) {
  return std::ranges::any_of(instructions_of(*place.file, *place.stage), [](const Instruction& one) {
    return one.kind == InstructionKind::healthcheck && one.healthcheck_type == "CMD";
  });
}

std::expected<std::string, Refusal> pinned(const std::string& image, const Context& context) {
  if (image == "scratch" || !context.options.digest_of) return image;
  const auto digest = context.options.digest_of(parse_image_reference(image));
  if (!digest) return refuse(digest.error().message());
  return image + "@" + *digest;
}

std::string stage_lines(const Place& place, const Artefact& artefact, const Shared& shared, const std::string& base,
                        const std::string& name) {
  std::string lines = "FROM " + base;
  if (place.stage->end.workdir) lines += "\nWORKDIR " + *place.stage->end.workdir;
  constexpr std::string_view kCertificates = "/etc/ssl/certs/ca-certificates.crt";
  if (artefact.certificates)
    lines += "\nCOPY --from=" + name + " " + std::string(kCertificates) + " " + std::string(kCertificates);
  lines += "\nCOPY --from=" + name + " " + artefact.from + " " + artefact.to;
  for (const std::string& path : artefact.more) lines += "\nCOPY --from=" + name + " " + path + " " + path;
  for (const std::string& line : shared.lines) lines += "\n" + line;
  if (shared.user.empty() && !artefact.user.empty()) lines += "\nUSER " + artefact.user;
  return lines;
}

bool is_behind_empty_line(std::string_view text, std::size_t at) {
  const std::size_t begin = line_begin(text, at);
  return begin > 0 && trim(text.substr(line_begin(text, begin - 1), begin - line_begin(text, begin - 1))).empty();
}

Planned plan(const Place& place, const Finding&, const Context& context) {
  if (place.at->kind != InstructionKind::from)
    return refuse("build in a stage of its own: write a second FROM, and COPY --from the first what was built");
  const auto artefact = artefact_of(place, context);
  if (!artefact) return std::unexpected(artefact.error());
  if (!artefact->goes_on && needs_shell(place))
    return refuse("its HEALTHCHECK may need programs of this image: write a second FROM by hand");
  const auto shared = share_out(place, *artefact);
  if (!shared) return std::unexpected(shared.error());
  const bool user_known =
      artefact->goes_on || shared->user.empty() || is_number(shared->user.substr(0, shared->user.find(':')));
  if (!user_known) return refuse("USER is a name, which the small image does not know: write its number first");
  const auto base = pinned(artefact->base, context);
  if (!base) return std::unexpected(base.error());
  const std::string name = place.stage->name.empty() ? "build" : place.stage->name;
  const std::string lines = stage_lines(place, *artefact, *shared, *base, name);
  std::vector<Edit> edits;
  if (place.stage->name.empty()) edits.push_back(put_after(place, place.at->arguments.front().span, " AS build"));
  for (const Instruction* one : shared->gone) edits.push_back(without(place, *one));
  std::expected<Edit, Refusal> stage = shared->first_behind != nullptr
                                           ? lines_above(place, *shared->first_behind, lines)
                                           : lines_after(place, *artefact->run, lines);
  if (!stage) return std::unexpected(std::move(stage.error()));
  if (!is_behind_empty_line(place.source->text, stage->span.begin))
    stage->text.insert(0, line_end_of(place.source->text));  // an empty line between the stages
  edits.push_back(std::move(*stage));
  return answer(std::move(edits),
                "what else it reads when it runs (templates, configuration, time zones) has to be copied into the last "
                "stage too");
}

}  // namespace

extern constinit const Remedy build_tools_in_final_stage{"build-tools-in-final-stage", at_place<plan>};

}  // namespace oakum::fix::build
