#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

Planned plan(const Finding&, const Context&) {
  return refuse(
      "the Dockerfile has to ask for it: use `RUN --mount=type=secret,id=NAME` there and `secrets:` "
      "below `build:` here, and change the secret, for the history holds it");
}

}  // namespace

extern constinit const Remedy secret_in_build_arg{"secret-in-build-arg", plan};

}  // namespace oakum::fix::workload
