#include "fix/build/copied_secret.h"

namespace oakum::fix::build {

extern constinit const Remedy secret_file_copied{"secret-file-copied", at_place<mount_copied_secret>};

}  // namespace oakum::fix::build
