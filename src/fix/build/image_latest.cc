#include "fix/build/digest.h"

namespace oakum::fix::build {

extern constinit const Remedy image_latest{"image-latest", at_place<pin_base>};

}  // namespace oakum::fix::build
