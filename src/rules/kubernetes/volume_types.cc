#include <algorithm>
#include <string>
#include <string_view>

#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

// What the restricted standard leaves to pods; the others reach storage of the node or the network past the cluster's
// own objects.
constexpr std::string_view kAllowed[] = {"configMap", "csi",   "downwardAPI",           "emptyDir",
                                         "ephemeral", "image", "persistentVolumeClaim", "projected",
                                         "secret"};

// Where the path is there to read host-path judges it, and tells this with it.
bool is_told_as_host_path(const Stated<Mount>& volume) {
  return volume.value.kind == MountKind::bind && volume.known && volume.value.source.starts_with('/');
}

void check(const KubernetesObject& object, Judge& judge) {
  for (const Workload* pod : pods_of(object, judge.subjects())) {
    for (const auto& volume : pod->pod->volumes) {
      const std::string& type = volume.value.type;
      if (std::ranges::find(kAllowed, type) != std::end(kAllowed) || is_told_as_host_path(volume)) continue;
      Finding& finding = judge.found(object, volume.origin,
                                     join({"the volume ", quoted(volume.value.name), " is of type ", quoted(type)}));
      if (type != "flexVolume") std::erase(finding.aliases, "gatekeeper:K8sPSPFlexVolumes");
    }
  }
}

}  // namespace

extern constinit const Rule volume_types{
    .info = checked({
        .id = "volume-types",
        .title = "a volume is of a type that pods should not use",
        .severity = Severity::medium,
        .practice = Practice::data_volumes,
        .surfaces = "K",
        .aliases = "KSV-0028 gatekeeper:K8sPSPFlexVolumes gatekeeper:K8sPSPVolumeTypes "
                   "pss-restricted:restrictedVolumes",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "use a persistentVolumeClaim, csi or ephemeral volume",
        .why = "Volumes that name a disk, a server or a driver directly bypass what the cluster "
               "decides through storage classes and claims; gitRepo clones with the node's rights and "
               "flexVolume runs a program on the node. The restricted standard leaves nine types that "
               "do not.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  volumes:\n"
                "    - name: data\n"
                "      nfs:\n"
                "        server: files.internal\n"
                "        path: /exports\n"
                "  containers:\n"
                "    - name: app\n"
                "      image: nginx:1.27\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Pod\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  volumes:\n"
                 "    - name: data\n"
                 "      persistentVolumeClaim:\n"
                 "        claimName: data\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"},
        .references = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
