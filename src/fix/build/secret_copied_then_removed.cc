#include "fix/build/copied_secret.h"

namespace oakum::fix::build {

extern constinit const Remedy secret_copied_then_removed{"secret-copied-then-removed", at_place<mount_copied_secret>};

}  // namespace oakum::fix::build
