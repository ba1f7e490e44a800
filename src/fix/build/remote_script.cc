#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "fix/build/base.h"
#include "fix/build/chain.h"
#include "fix/build/edit.h"
#include "fix/build/mounts.h"
#include "fix/build/place.h"
#include "model/image_reference.h"

namespace oakum::fix::build {

namespace {

// Installers of what the official image already is: the step is not needed.
struct Installer {
  std::string_view host;  // with the start of the path, where others are there too
  std::string_view image;
  std::string_view packages;  // what else of the installer's repository a later RUN may want
};
constexpr Installer kInstallers[] = {
    {"bootstrap.pypa.io/get-pip.py", "docker.io/library/python", ""},
    {"deb.nodesource.", "docker.io/library/node", "nodejs"},
    {"get.docker.com", "docker.io/library/docker", ""},
    {"getcomposer.org/installer", "docker.io/library/composer", ""},
    {"rpm.nodesource.", "docker.io/library/node", "nodejs"},
    {"sh.rustup.rs", "docker.io/library/rust", ""},
};

const Installer* installer_of(const shell::Command& download, std::string_view image) {
  for (const shell::Word& word : download.words) {
    const std::string_view url = word.text;
    const std::size_t at = url.find("://");
    if (at == std::string_view::npos || word.expands) continue;
    const auto* found = std::ranges::find_if(kInstallers, [&](const Installer& row) {
      return row.image == image && url.substr(at + 3).starts_with(row.host);
    });
    if (found != std::end(kInstallers)) return found;
  }
  return nullptr;
}

bool is_wanted_later(const Place& place, const Installer& installer) {
  return !installer.packages.empty() && std::ranges::any_of(instructions_behind(place), [&](const Instruction* run) {
    return run->kind == InstructionKind::run && run->text.find(installer.packages) != std::string::npos;
  });
}

Planned plan(const Place& place, const Finding& finding, const Context&) {
  const shell::Command* download = command_at(place, finding.origin.span);
  if (place.stage == nullptr || place.at != place.outer || download == nullptr)
    return refuse("no command stands at this place");
  const Stage* root = root_of(*place.file, *place.stage);
  const std::string image = root->image_known && !root->image.variable ? root->image.canonical_name() : "";
  const Installer* installer = installer_of(*download, image);
  if (installer == nullptr || is_wanted_later(place, *installer))
    return refuse(
        "what the script should be is not known here: look at one release, write its checksum into "
        "`ADD --checksum=sha256:… URL /tmp/install.sh`, and run that file");
  const auto& all = place.at->script->commands;
  const bool alone =
      std::ranges::all_of(all, [&](const shell::Command& command) { return command.pipeline == download->pipeline; });
  if (!alone)
    return refuse("\"" + std::string(installer->image) +
                  "\" has what the script installs: take both commands out by hand");
  return answer({without(place, *place.outer)},
                "the base image has what the script installs; a package of its repository is not found any more");
}

}  // namespace

extern constinit const Remedy remote_script{"remote-script", at_place<plan>};

}  // namespace oakum::fix::build
