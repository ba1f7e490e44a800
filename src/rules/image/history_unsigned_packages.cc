#include <string_view>

#include "rules/image/history.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

struct Flag {
  std::string_view program;
  std::string_view flag;
};

constexpr Flag kFlags[] = {
    {"apk", "--allow-untrusted"},
    {"apt", "--allow-unauthenticated"},
    {"apt-get", "--allow-unauthenticated"},
    {"apt-get", "--force-yes"},
    {"dnf", "--nogpgcheck"},
    {"microdnf", "--nogpgcheck"},
    {"rpm", "--nodigest"},
    {"rpm", "--nosignature"},
    {"rpm", "--noverify"},
    {"tdnf", "--nogpgcheck"},
    {"yum", "--nogpgcheck"},
    {"zypper", "--no-gpg-checks"},
};

void check(const ImageFacts& image, Judge& judge) {
  for (const HistoryStep& step : image.history) {
    for (const HistoryCommand& command : commands_of(step)) {
      for (const Flag& flag : kFlags) {
        if (command.program == flag.program && command.has(flag.flag))
          judge.found(image, join({quoted(command.text), " takes packages unsigned"}));
      }
    }
  }
}

}  // namespace

extern constinit const Rule history_unsigned_packages{
    .info = checked({
        .id = "history-unsigned-packages",
        .title = "packages were installed without checking signatures",
        .severity = Severity::high,
        .practice = Practice::build_hygiene,
        .surfaces = "I",
        .aliases = "CIS-4.11",
        .fix = FixSafety::advice,
        .fix_summary = "drop the flag, and add the key of the repository instead",
        .why =
            "The signature is what tells the distribution's packages from anybody's. A step that ignores it installs "
            "whatever the mirror, or somebody before it, sends.",
        .bad = {Surface::image,
                R"({"config": {"history": [{"created_by": "RUN /bin/sh -c apk add --allow-untrusted /tmp/x.apk"}]}})"},
        .good = {Surface::image, R"({"config": {"history": [{"created_by": "RUN /bin/sh -c apk add /tmp/x.apk"}]}})"},
        .references = "https://www.cisecurity.org/benchmark/docker https://man7.org/linux/man-pages/man8/rpm.8.html",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
