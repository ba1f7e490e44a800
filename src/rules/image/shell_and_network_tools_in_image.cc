#include "rules/image/files.h"

namespace oakum::rules {

namespace {

void check(const ImageFacts& image, Judge& judge) {
  if (!files_known(image, judge)) return;
  if (const auto shells = visible_files(image, FileFact::Kind::shell); !shells.empty()) {
    Finding& finding = judge.found(image, listed("shell", shells));
    only_aliases(finding, {});
    finding.evidence = all_paths(shells);
  }
  if (const auto tools = visible_files(image, FileFact::Kind::network_tool); !tools.empty()) {
    Finding& finding = judge.found(image, listed("network tool", tools));
    finding.severity = Severity::low;
    finding.evidence = all_paths(tools);
  }
}

}  // namespace

extern constinit const Rule shell_and_network_tools_in_image{
    .info = checked({
        .id = "shell-and-network-tools-in-image",
        .title = "shells and network tools are shipped",
        .severity = Severity::info,
        .practice = Practice::minimal_base,
        .surfaces = "I",
        .aliases = "CIS-4.3",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "build on a base without them (distroless, scratch), or copy only what runs into the last stage",
        .why = "Most attacks on a service end in a shell, and go on with curl, wget or nc from there. An image that "
               "has only "
               "what it runs leaves a successful exploit with nothing to use.",
        .bad = {Surface::image, R"({"files": [{"path": "/bin/sh", "mode": "0755", "content": "x"}]})"},
        .good = {Surface::image, R"({"files": [{"path": "/app/server", "mode": "0755", "content": "x"}]})"},
        .references = "https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages "
                      "https://github.com/GoogleContainerTools/distroless",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
