#include "model/report.h"

namespace oakum {

std::string_view to_string(TargetKind kind) {
  switch (kind) {
    case TargetKind::dockerfile:
      return "dockerfile";
    case TargetKind::compose:
      return "compose";
    case TargetKind::kubernetes:
      return "kubernetes";
    case TargetKind::run_command:
      return "run-command";
    case TargetKind::image:
      return "image";
    case TargetKind::rootfs:
      return "rootfs";
    case TargetKind::container:
      return "container";
    case TargetKind::host:
      return "host";
    case TargetKind::network:
      return "network";
    case TargetKind::endpoint:
      return "endpoint";
  }
  return "image";
}

}  // namespace oakum
