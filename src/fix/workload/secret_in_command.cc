#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

Planned plan(const Finding&, const Context&) {
  return refuse(
      "which program reads it from where cannot be told from here: put the value into a file that is "
      "mounted as a secret, and give the program the option that names a file");
}

}  // namespace

extern constinit const Remedy secret_in_command{"secret-in-command", plan};

}  // namespace oakum::fix::workload
