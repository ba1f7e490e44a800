#include "fix/build/digest.h"

namespace oakum::fix::build {

extern constinit const Remedy image_no_digest{"image-no-digest", at_place<pin_base>};

}  // namespace oakum::fix::build
