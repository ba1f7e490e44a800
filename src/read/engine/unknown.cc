// Members that this reader does not know, kept so that nobody takes them for nothing.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "read/engine/inspect.h"

namespace oakum::engine {

namespace {

using net::Json;

constexpr std::size_t kMaxText = 4096;

// Sorted. Understood, or of no bearing on confinement (sizes of consoles, Windows, what the client attached to).
constexpr auto kHost = std::to_array<std::string_view>({"Annotations",
                                                        "AutoRemove",
                                                        "Binds",
                                                        "BlkioDeviceReadBps",
                                                        "BlkioDeviceReadIOps",
                                                        "BlkioDeviceWriteBps",
                                                        "BlkioDeviceWriteIOps",
                                                        "BlkioWeight",
                                                        "BlkioWeightDevice",
                                                        "CapAdd",
                                                        "CapDrop",
                                                        "Cgroup",
                                                        "CgroupConf",
                                                        "CgroupManager",
                                                        "CgroupMode",
                                                        "CgroupParent",
                                                        "Cgroups",
                                                        "CgroupnsMode",
                                                        "ConsoleSize",
                                                        "ContainerIDFile",
                                                        "CpuCount",
                                                        "CpuPercent",
                                                        "CpuPeriod",
                                                        "CpuQuota",
                                                        "CpuRealtimePeriod",
                                                        "CpuRealtimeRuntime",
                                                        "CpuShares",
                                                        "CpusetCpus",
                                                        "CpusetMems",
                                                        "DeviceCgroupRules",
                                                        "DeviceRequests",
                                                        "Devices",
                                                        "DiskQuota",
                                                        "Dns",
                                                        "DnsOptions",
                                                        "DnsSearch",
                                                        "ExtraHosts",
                                                        "GroupAdd",
                                                        "IDMappings",
                                                        "IOMaximumBandwidth",
                                                        "IOMaximumIOps",
                                                        "Init",
                                                        "IntelRdtClosID",
                                                        "IpcMode",
                                                        "Isolation",
                                                        "KernelMemory",
                                                        "KernelMemoryTCP",
                                                        "Links",
                                                        "LogConfig",
                                                        "MaskedPaths",
                                                        "Memory",
                                                        "MemoryReservation",
                                                        "MemorySwap",
                                                        "MemorySwappiness",
                                                        "Mounts",
                                                        "NanoCpus",
                                                        "NetworkMode",
                                                        "OomKillDisable",
                                                        "OomScoreAdj",
                                                        "PidMode",
                                                        "PidsLimit",
                                                        "PortBindings",
                                                        "Privileged",
                                                        "PublishAllPorts",
                                                        "ReadonlyPaths",
                                                        "ReadonlyRootfs",
                                                        "RestartPolicy",
                                                        "Runtime",
                                                        "SecurityOpt",
                                                        "ShmSize",
                                                        "StorageOpt",
                                                        "Sysctls",
                                                        "Tmpfs",
                                                        "UTSMode",
                                                        "Ulimits",
                                                        "UsernsMode",
                                                        "VolumeDriver",
                                                        "VolumesFrom"});

constexpr auto kConfig = std::to_array<std::string_view>({"Annotations",
                                                          "ArgsEscaped",
                                                          "AttachStderr",
                                                          "AttachStdin",
                                                          "AttachStdout",
                                                          "Cmd",
                                                          "CreateCommand",
                                                          "Domainname",
                                                          "Entrypoint",
                                                          "Env",
                                                          "ExposedPorts",
                                                          "Healthcheck",
                                                          "HealthcheckOnFailureAction",
                                                          "HealthLogDestination",
                                                          "HealthcheckMaxLogCount",
                                                          "HealthcheckMaxLogSize",
                                                          "Hostname",
                                                          "Image",
                                                          "Labels",
                                                          "MacAddress",
                                                          "NetworkDisabled",
                                                          "OnBuild",
                                                          "OpenStdin",
                                                          "Passwd",
                                                          "Shell",
                                                          "StdinOnce",
                                                          "StopSignal",
                                                          "StopTimeout",
                                                          "Timeout",
                                                          "Timezone",
                                                          "Tty",
                                                          "Umask",
                                                          "User",
                                                          "Volumes",
                                                          "WorkingDir",
                                                          "sdNotifyMode"});

bool says_something(const Json& value) {
  if (value.is_null() || value == Json(false) || value == Json("")) return false;
  if (value.is_number()) return value != Json(0);
  return !((value.is_array() || value.is_object()) && value.empty());
}

void keep(const Inspection& from, const Json& object, const std::string& name, std::span<const std::string_view> known,
          Workload& to) {
  if (!object.is_object()) return;
  for (const auto& [key, value] : object.items()) {
    if (std::ranges::find(known, key) != known.end() || !says_something(value)) continue;
    if (to.unmodelled.items.size() == kMaxItems) return;
    const std::string path = name + "." + key;
    std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace).substr(0, kMaxText);
    to.unmodelled.add({path, std::move(text)}, from.at(path));
  }
}

}  // namespace

void keep_unknown(const Inspection& from, Workload& to) {
  keep(from, from.host(), "HostConfig", kHost, to);
  keep(from, from.config(), "Config", kConfig, to);
}

}  // namespace oakum::engine
