#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

extern constinit const Remedy sensitive_volume{"sensitive-volume", at_place<drop_argument>};

}  // namespace oakum::fix::build
