#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

struct Known {
  std::string_view prefix;
  Severity severity;
  std::string_view what;
};

constexpr Known kKnown[] = {
    {"/dev/mem", Severity::critical, "the host's memory"},
    {"/dev/kmem", Severity::critical, "the kernel's memory"},
    {"/dev/port", Severity::critical, "the host's ports"},
    {"/dev/mapper", Severity::critical, "disks of the host"},
    {"/dev/disk", Severity::critical, "disks of the host"},
    {"/dev/sd", Severity::critical, "a disk of the host"},
    {"/dev/hd", Severity::critical, "a disk of the host"},
    {"/dev/vd", Severity::critical, "a disk of the host"},
    {"/dev/xvd", Severity::critical, "a disk of the host"},
    {"/dev/nvme", Severity::critical, "a disk of the host"},
    {"/dev/dm-", Severity::critical, "a disk of the host"},
    {"/dev/md", Severity::critical, "a disk of the host"},
    {"/dev/loop", Severity::high, "a loop device"},
    {"/dev/kmsg", Severity::high, "the kernel's log"},
    {"/dev/vfio", Severity::high, "hardware by direct access"},
    {"/dev/uinput", Severity::high, "the host's input"},
    {"/dev/input", Severity::high, "the host's input"},
    {"/dev/fuse", Severity::low, "file systems in user space"},
    {"/dev/net/tun", Severity::low, "tunnels"},
    {"/dev/dri", Severity::low, "the graphics card"},
    {"/dev/snd", Severity::low, "sound"},
    {"/dev/tty", Severity::low, "a terminal or serial line"},
};

void check(const Workload& workload, Judge& judge) {
  for (const Stated<Device>& item : workload.devices) {
    if (!item.known) continue;
    const std::string& name = item.value.host;
    const Known* known = std::ranges::find_if(kKnown, [&](const Known& row) { return name.starts_with(row.prefix); });
    const bool all = clean_path(name) == "/dev";
    const bool told = known != std::end(kKnown);
    Finding& finding =
        judge.found(workload, item.origin,
                    all ? std::string("is given every device of the host")
                        : join({"is given the device ", quoted(name), told ? ": " : "", told ? known->what : ""}));
    if (told) finding.severity = known->severity;
    if (all) finding.severity = Severity::critical;
    for_surface(finding, workload);
  }
}

}  // namespace

extern constinit const Rule devices{
    .info = checked({
        .id = "devices",
        .title = "a device of the host is given to the container",
        .severity = Severity::medium,
        .practice = Practice::not_privileged,
        .surfaces = "CRL",
        .aliases = "CIS-5.18 CL-0016",
        .fix = FixSafety::advice,
        .fix_summary = "remove it if the program works without; else give only the rights it needs (r, w, m)",
        .why = "A device file is the kernel's driver behind it. With a disk a container reads and writes every file "
               "of the host whatever the mounts say; with /dev/mem it reads memory; lesser devices still widen what "
               "an attacker can reach.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    devices:\n"
                "      - /dev/sda:/dev/sda\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"},
        .references = "https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
